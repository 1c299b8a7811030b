//! Measures the cost to compile an endpoint and to build a client.
//!
//! `cargo run --release -p compile [-- <rounds>]` writes crates of 10, 100 and 400 endpoints in
//! several ways, measures the time cargo spends on each of them alone, in turns, and writes the
//! tables of RESULTS.md. `-- <rounds> check` measures only that profile (or `debug`, or `release`),
//! and `-- <rounds> check types,by_hand` only these ways. Both only print.

mod cold;
mod generate;
mod measure;
mod table;

use std::path::PathBuf;

type Failure = Box<dyn std::error::Error>;

/// Ways to write the same endpoints. The first has their types alone.
const WAYS: [(&str, &str); 5] = [
    ("types", "the types alone"),
    ("by_hand", "**reqwest by hand**"),
    ("declared", "**`#[api_client]`**"),
    ("pincer", "pincer 0.1.1"),
    ("progenitor", "progenitor 0.15.1"),
];

const SIZES: [usize; 3] = [10, 100, 400];

/// The measurements to make, if not all.
struct Only<'a> {
    profile: Option<&'a str>,
    /// Names, separated by commas.
    ways: Option<&'a str>,
}

impl Only<'_> {
    fn profile(&self, name: &str) -> bool {
        self.profile.is_none_or(|only| only == name)
    }

    fn way(&self, name: &str) -> bool {
        self.ways.is_none_or(|ways| ways.split(',').any(|way| way == name))
    }
}

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let rounds = arguments.next().map_or(Ok(3), |rounds| rounds.parse())?;
    let (profile, ways) = (arguments.next(), arguments.next());
    let only = Only { profile: profile.as_deref(), ways: ways.as_deref() };
    // Next to the programs of this workspace, so that built crates are kept.
    let place =
        std::env::current_exe()?.parent().and_then(|place| place.parent()).map(PathBuf::from);
    let place = place.ok_or("this program has no folder")?.join("compile-bench");
    generate::all(&place)?;
    let costs = measure::all(&place, rounds, &only)?;
    let table = table::render(&costs, rounds);
    if only.profile.is_some() {
        println!("{table}");
        return Ok(());
    }
    report::write("compile", &table)?;
    report::write("cold", &cold::run(&place)?)?;
    Ok(())
}
