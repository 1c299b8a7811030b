//! Compares a response with the recorded one.

use serde_json::Value;

use super::cleaner;
use super::entry::{Answer, Content, Entry};
use super::json::Pattern;
use super::matching::{listed, shown};
use super::state::State;
use crate::encode::media_type::MediaType;

/// Compares a response with that of an entry. The error names the differences.
pub(super) fn differences(state: &mut State, index: usize, live: Answer) -> Result<(), String> {
    let recorded = &state.entries[index];
    let mut entry = Entry {
        endpoint: recorded.endpoint.clone(),
        arguments: recorded.arguments.clone(),
        method: recorded.method.clone(),
        url: recorded.url.clone(),
        headers: Vec::new(),
        body: Content::default(),
        response: live,
        is_used: true,
        is_open: false,
    };
    entry.clean(&mut state.cleaner, &state.places);
    let found = of_answers(&state.entries[index].response, &entry.response, &state.varying);
    if found.is_empty() { Ok(()) } else { Err(listed(found, "; ")) }
}

fn of_answers(recorded: &Answer, live: &Answer, varying: &[Pattern]) -> Vec<String> {
    let mut found = Vec::new();
    if recorded.status != live.status {
        found.push(format!("the status is {}, not {}", live.status, recorded.status));
    }
    let media_type = |answer: &Answer| MediaType::parse(&answer.content.mime).name().to_lowercase();
    let (was, is) = (media_type(recorded), media_type(live));
    if was != is {
        found.push(format!("the media type is `{is}`, not `{was}`"));
    }
    let (was, is) = (&recorded.content.bytes, &live.content.bytes);
    match (serde_json::from_slice(was), serde_json::from_slice(is)) {
        (Ok(was), Ok(is)) => {
            Comparison { varying, found: &mut found }.values("", &was, &is);
        }
        _ if was == is => {}
        _ if varying.iter().any(|place| place.holds_pointer("")) => {}
        _ => found.push(of_texts(was, is)),
    }
    found
}

/// Names the first line in which two texts differ.
fn of_texts(was: &[u8], is: &[u8]) -> String {
    let (Ok(was), Ok(is)) = (str::from_utf8(was), str::from_utf8(is)) else {
        return format!("the body has {} bytes, other than the {} recorded", is.len(), was.len());
    };
    let lines = was.lines().zip(is.lines());
    let equal = lines.take_while(|(was, is)| was == is).count();
    let line = |text: &str| shown(&text.lines().nth(equal).unwrap_or_default().into());
    format!("line {} of the body is {}, not {}", equal + 1, line(is), line(was))
}

struct Comparison<'a> {
    varying: &'a [Pattern],
    found: &'a mut Vec<String>,
}

impl Comparison<'_> {
    fn values(&mut self, pointer: &str, was: &Value, is: &Value) {
        match (was, is) {
            (Value::Object(was), Value::Object(is)) => {
                for (name, value) in was {
                    let inner = format!("{pointer}{}", super::form::pointer(name));
                    match is.get(name) {
                        Some(other) => self.values(&inner, value, other),
                        None => self.found.push(format!("`{inner}` is gone")),
                    }
                }
                for name in is.keys().filter(|name| !was.contains_key(*name)) {
                    let inner = format!("{pointer}{}", super::form::pointer(name));
                    self.found.push(format!("`{inner}` is new"));
                }
            }
            (Value::Array(was), Value::Array(is)) => {
                if was.len() != is.len() && !self.varies(pointer) {
                    let (was, is) = (was.len(), is.len());
                    self.found.push(format!("`{pointer}` has {is} items, not {was}"));
                }
                for (index, (was, is)) in was.iter().zip(is).enumerate() {
                    self.values(&format!("{pointer}/{index}"), was, is);
                }
            }
            _ if was == is => {}
            // Decoding has not told yet where the response has its secrets.
            (Value::String(was), Value::String(_)) if cleaner::is_placeholder(was) => {}
            _ if kind(was) == kind(is) && self.varies(pointer) => {}
            _ => {
                let (was, is) = (shown(was), shown(is));
                self.found.push(format!("`{pointer}` is {is}, not {was}"));
            }
        }
    }

    fn varies(&self, pointer: &str) -> bool {
        self.varying.iter().any(|place| place.holds_pointer(pointer))
    }
}

fn kind(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        Value::String(_) => 3,
        Value::Array(_) => 4,
        Value::Object(_) => 5,
    }
}
