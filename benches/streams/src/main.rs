//! Reads streams of a gigabyte from a server in its own process. Measures items, seconds and peak
//! memory of the reading process.
//!
//! `cargo run --release -p streams [-- <MiB> <rounds>]` runs each way in its own process, in turns,
//! and writes the medians to RESULTS.md. Each way reads the same bytes and decodes each item into
//! the same struct.

mod read;
mod serve;

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

type Failure = Box<dyn std::error::Error>;

/// Ways to read, with the libraries each uses.
const WAYS: [(&str, &str); 4] = [
    ("events", "`EventStream<T>`"),
    ("events-by-hand", "reqwest, eventsource-stream, serde_json"),
    ("lines", "`JsonLines<T>`"),
    ("lines-by-hand", "reqwest, tokio-util LinesCodec, serde_json"),
];

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["serve"] => serve::run(),
        ["read", way, url] => read::run(way, url),
        [] => compare(1024, 3),
        [mebibytes] => compare(mebibytes.parse()?, 3),
        [mebibytes, rounds] => compare(mebibytes.parse()?, rounds.parse()?),
        _ => Err("usage: streams [<MiB> [<rounds>]]".into()),
    }
}

/// Report of a reader: its items, seconds and peak memory in KiB.
type Figures = (u64, f64, u64);

fn compare(mebibytes: u64, rounds: usize) -> Result<(), Failure> {
    let mut server = own(&["serve"]).stdout(Stdio::piped()).spawn()?;
    let url = first_line(&mut server)?;
    let mut figures: BTreeMap<&str, Vec<Figures>> = BTreeMap::new();
    for _ in 0..rounds {
        for (way, _) in WAYS {
            let kind = way.split('-').next().unwrap_or(way);
            let mut reader = own(&["read", way, &format!("{url}/{kind}/{mebibytes}")])
                .stdout(Stdio::piped())
                .spawn()?;
            let line = first_line(&mut reader)?;
            if !reader.wait()?.success() {
                return Err(format!("{way} failed").into());
            }
            figures.entry(way).or_default().push(parse(&line)?);
        }
    }
    server.kill()?;
    server.wait()?;
    let mut table = format!(
        "{mebibytes} MiB, medians of {rounds} rounds in turns. Peak memory is that of the whole reading process.\n\n\
         | way | items | MiB/s | peak memory, MiB |\n|---|--:|--:|--:|\n"
    );
    for (way, what) in WAYS {
        let (items, seconds, peak) = median(&mut figures.remove(way).unwrap_or_default());
        let (speed, peak) = (mebibytes as f64 / seconds, peak as f64 / 1024.0);
        table.push_str(&format!("| {what} | {items} | {speed:.0} | {peak:.1} |\n"));
    }
    report::write("streams", &table)?;
    Ok(())
}

/// Returns a command that runs another part of this program.
fn own(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap_or_else(|_| "streams".into()));
    command.args(arguments);
    command
}

fn first_line(child: &mut Child) -> Result<String, Failure> {
    let mut line = String::new();
    let output = child.stdout.take().ok_or("no output")?;
    BufReader::new(output).read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

fn parse(line: &str) -> Result<Figures, Failure> {
    let mut words = line.split(' ');
    let mut next = || words.next().ok_or("a figure is missing");
    Ok((next()?.parse()?, next()?.parse()?, next()?.parse()?))
}

fn median(figures: &mut [Figures]) -> Figures {
    figures.sort_by(|a, b| a.1.total_cmp(&b.1));
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}
