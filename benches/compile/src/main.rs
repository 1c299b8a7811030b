//! What an endpoint costs to compile, and what a client costs to build.
//!
//! `cargo run --release -p compile [-- <rounds>]` writes crates of 10, 100 and 400 endpoints in several ways, measures what
//! cargo spends on each of them alone, in turns, and writes the tables of RESULTS.md.

mod cold;
mod generate;
mod measure;
mod table;

use std::path::PathBuf;

type Failure = Box<dyn std::error::Error>;

/// The ways to write the same endpoints; the first has their types alone.
const WAYS: [(&str, &str); 5] = [
    ("types", "the types alone"),
    ("by_hand", "**reqwest by hand**"),
    ("declared", "**`#[api_client]`**"),
    ("pincer", "pincer 0.1.1"),
    ("progenitor", "progenitor 0.15.1"),
];

const SIZES: [usize; 3] = [10, 100, 400];

fn main() -> Result<(), Failure> {
    let rounds = std::env::args().nth(1).map_or(Ok(3), |rounds| rounds.parse())?;
    // Beside the programs of this workspace, so that what is built is kept.
    let place = std::env::current_exe()?.parent().and_then(|place| place.parent()).map(PathBuf::from);
    let place = place.ok_or("this program is nowhere")?.join("compile-bench");
    generate::all(&place)?;
    let costs = measure::all(&place, rounds)?;
    report::write("compile", &table::render(&costs, rounds))?;
    report::write("cold", &cold::run(&place)?)?;
    Ok(())
}
