//! Careless readers, which take every response to be as expected.

use std::time::Duration;

use connectors_properties::Target;
use serde_json::Value;

/// Readers of the same inputs as the properties with these names.
pub(crate) const READERS: &[Target] = &[
    ("error_bodies", error_bodies),
    ("json_lines", json_lines),
    ("link_header", link_header),
    ("retry_after", retry_after),
    ("server_sent_events", server_sent_events),
];

/// Returns the message of an error, or the beginning of its body.
fn error_bodies(input: &[u8]) {
    let body = input.rsplit(|byte| *byte == 0xff).next().unwrap_or_default();
    let text = String::from_utf8_lossy(body);
    let shown = match serde_json::from_str::<Value>(&text) {
        Ok(value) => value["message"].as_str().unwrap().to_owned(),
        Err(_) => text[..text.len().min(64)].to_owned(),
    };
    println!("{shown}");
}

fn json_lines(input: &[u8]) {
    let text = String::from_utf8_lossy(input.get(2..).unwrap_or_default());
    for line in text.lines() {
        serde_json::from_str::<Value>(line).unwrap();
    }
}

fn link_header(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    for link in text.split(", ") {
        let (target, relation) = link.split_once("; ").unwrap();
        println!("{}: {relation}", &target[1..target.len() - 1]);
    }
}

/// Skips garbage and takes a number for a duration.
fn retry_after(input: &[u8]) {
    let text =
        String::from_utf8_lossy(input.split(|byte| *byte == 0xff).next().unwrap_or_default());
    println!("{:?}", text.trim().parse().ok().map(Duration::from_secs_f64));
}

fn server_sent_events(input: &[u8]) {
    let text = std::str::from_utf8(input.get(2..).unwrap_or_default()).unwrap();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with(':')) {
        let (field, value) = line.split_once(": ").unwrap();
        println!("{field} is {value}");
    }
}
