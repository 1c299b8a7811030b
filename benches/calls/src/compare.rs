//! Runs all ways in turns and prints their table.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use calls::{Failure, SILENT};

use report::median;

use crate::instructions;
use crate::picture::{self, Bar};

/// A way: its package, its program and its name in the table.
struct Way(&'static str, &'static str, &'static str);

const WAYS: [Way; 13] = [
    Way("raw-hyper", "raw-hyper", "hyper-util alone"),
    Way("by-hand", "by-hand", "**reqwest by hand**"),
    Way("declared", "declared", "**`#[api_client]`, thin**"),
    Way("declared", "declared-raw", "`#[api_client]`, raw"),
    Way("lean", "lean", "**`#[api_client]`, thin, lean**"),
    Way("lean", "lean-raw", "`#[api_client]`, raw, lean"),
    Way("with-pincer", "with-pincer", "pincer 0.1.1"),
    Way("with-progenitor", "with-progenitor", "progenitor 0.15.1"),
    Way("with-feignhttp", "with-feignhttp", "feignhttp 0.6.3"),
    Way("with-conjure", "with-conjure", "conjure-http 5.20.0"),
    Way("by-hand-blocking", "by-hand-blocking", "reqwest::blocking by hand"),
    Way("declared", "declared-blocking", "`#[api_client]`, blocking"),
    Way("lean", "lean-blocking", "`#[api_client]`, blocking, lean"),
];

/// Way that all ratios refer to.
const BY_HAND: usize = 1;

const OPERATIONS: [&str; 3] = ["get", "create", "list"];

/// The ways of async calls, which can wait for answers in large numbers on one thread.
fn is_async(program: &str) -> bool {
    !program.ends_with("blocking")
}

/// Number of calls that wait for an answer at the same time.
const PENDING: usize = 10_000;

/// Figures of a run, per call. The peak memory is that of the process, in KiB.
#[derive(Clone, Copy)]
struct Figures {
    time: f64,
    cpu: f64,
    allocations: f64,
    bytes: f64,
    peak: f64,
}

/// Figures of one way, operation and concurrency.
type Runs = BTreeMap<(usize, &'static str, usize), Vec<Figures>>;

pub(crate) fn run(rounds: usize) -> Result<(), Failure> {
    let programs = build()?;
    let mut server =
        Command::new(std::env::current_exe()?).arg("serve").stdout(Stdio::piped()).spawn()?;
    let table = measure(&mut server, &programs, rounds);
    server.kill()?;
    server.wait()?;
    report::write("calls", &table?)?;
    Ok(())
}

/// Builds each way separately, into the folder of this program.
fn build() -> Result<Vec<String>, Failure> {
    let place: PathBuf =
        std::env::current_exe()?.parent().ok_or("this program has no folder")?.into();
    let mut programs = Vec::new();
    for Way(package, program, _) in &WAYS {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["build", "--quiet", "--release", "-p", package]);
        // The manifest of this package is one folder below that of the workspace.
        cargo.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
        if let Some(target) = place.parent() {
            cargo.env("CARGO_TARGET_DIR", target);
        }
        if !cargo.status()?.success() {
            return Err(format!("{package} cannot be built").into());
        }
        programs.push(place.join(program).to_string_lossy().into_owned());
    }
    Ok(programs)
}

fn measure(server: &mut Child, programs: &[String], rounds: usize) -> Result<String, Failure> {
    let url = first_line(server)?;
    let mut runs = Runs::new();
    for round in 0..rounds {
        eprintln!("round {} of {rounds}", round + 1);
        for (operation, at_a_time) in
            OPERATIONS.iter().flat_map(|operation| [(operation, 1), (operation, 64)])
        {
            // At least a tenth of a second each, and a multiple of 64.
            let count = if *operation == "list" { 1_280 } else { 12_800 };
            for (way, program) in programs.iter().enumerate() {
                let figures = one(program, &url, operation, at_a_time, count)?;
                runs.entry((way, *operation, at_a_time)).or_default().push(figures);
            }
        }
    }
    let mut instructions = BTreeMap::new();
    for (way, program) in programs.iter().enumerate() {
        eprintln!("instructions of {}", WAYS[way].2);
        for (operation, at_a_time, few, many) in [
            ("get", 1, 100, 600),
            ("create", 1, 100, 600),
            ("list", 1, 20, 60),
            ("get", 64, 1_280, 2_560),
        ] {
            let at = at_a_time.to_string();
            let arguments = [url.as_str(), operation, &at];
            let figure = instructions::per_call(program, &arguments, few, many)?;
            instructions.insert((way, operation, at_a_time), figure);
        }
    }
    report::draw("instructions", &drawn(&instructions))?;
    Ok(table(&runs, &instructions, rounds) + &pending(programs, &url)?)
}

/// Measures the memory of calls that wait, and renders its table.
fn pending(programs: &[String], url: &str) -> Result<String, Failure> {
    let mut text = format!(
        "\n{PENDING} calls that wait for their answers, KiB per call:\n\n\
         | way | heap | resident |\n|---|--:|--:|\n"
    );
    let ways = programs.iter().zip(&WAYS).filter(|(program, _)| is_async(program));
    for (program, Way(_, _, name)) in ways {
        let base = format!("{url}{SILENT}");
        let line = output(program, &[&base, "pending", "1", &PENDING.to_string()])?;
        let figures: Vec<f64> = line.split(' ').map(str::parse).collect::<Result<_, _>>()?;
        let _ = match figures[..] {
            [heap, resident] => {
                writeln!(text, "| {name} | {:.1} | {:.1} |", heap / 1024.0, resident / 1024.0)
            }
            [ended] => writeln!(text, "| {name} | {ended} calls end | |"),
            _ => return Err("a figure is missing".into()),
        };
    }
    Ok(text)
}

/// Draws the instructions of `get`.
fn drawn(instructions: &BTreeMap<(usize, &'static str, usize), f64>) -> String {
    let names = WAYS.map(|Way(_, _, name)| name.replace(['*', '`'], ""));
    let mut bars: Vec<_> = names
        .iter()
        .enumerate()
        .filter_map(|(way, name)| {
            let count = instructions.get(&(way, "get", 1))?;
            let is_ours = name.starts_with("#[api_client]");
            Some(Bar { name, instructions: count / 1e3, is_ours })
        })
        .collect();
    bars.sort_by(|one, other| one.instructions.total_cmp(&other.instructions));
    picture::draw("Instructions per call of get, fewer are better", &bars)
}

fn one(
    program: &str,
    url: &str,
    operation: &str,
    at_a_time: usize,
    count: usize,
) -> Result<Figures, Failure> {
    let line = output(program, &[url, operation, &at_a_time.to_string(), &count.to_string()])?;
    let figures: Vec<f64> = line.split(' ').map(str::parse).collect::<Result<_, _>>()?;
    let [time, cpu, allocations, bytes, peak] = figures[..] else {
        return Err("a figure is missing".into());
    };
    Ok(Figures { time, cpu, allocations, bytes, peak })
}

/// Runs a way and returns the line that it prints.
fn output(program: &str, arguments: &[&str]) -> Result<String, Failure> {
    let mut child = Command::new(program).args(arguments).stdout(Stdio::piped()).spawn()?;
    let line = first_line(&mut child)?;
    if !child.wait()?.success() {
        return Err(format!("{program} failed").into());
    }
    Ok(line)
}

fn first_line(child: &mut Child) -> Result<String, Failure> {
    let mut line = String::new();
    BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

fn table(
    runs: &Runs,
    instructions: &BTreeMap<(usize, &'static str, usize), f64>,
    rounds: usize,
) -> String {
    let middle = |way, operation, at_a_time, what: fn(&Figures) -> f64| {
        median(runs.get(&(way, operation, at_a_time)).into_iter().flatten().map(what).collect())
    };
    let mut text = format!(
        "Per call, medians of {rounds} rounds in turns; `×` is the ratio to reqwest by hand.\n\
         Instructions are counted; all other figures are measured.\n"
    );
    for operation in OPERATIONS {
        let _ = write!(
            text,
            "\n`{operation}`, one after the other:\n\n\
             | way | instructions | × | allocations | × | bytes | CPU, µs | × | time, µs |\n\
             |---|--:|--:|--:|--:|--:|--:|--:|--:|\n"
        );
        for (way, Way(_, _, name)) in WAYS.iter().enumerate() {
            let count = |way| instructions.get(&(way, operation, 1)).copied().unwrap_or(f64::NAN);
            let allocations = |way| middle(way, operation, 1, |figures| figures.allocations);
            let cpu = |way| middle(way, operation, 1, |figures| figures.cpu);
            let _ = writeln!(
                text,
                "| {name} | {:.1} k | {:.3} | {:.0} | {:.2} | {:.0} | {:.1} | {:.2} | {:.1} |",
                count(way) / 1e3,
                count(way) / count(BY_HAND),
                allocations(way),
                allocations(way) / allocations(BY_HAND),
                middle(way, operation, 1, |figures| figures.bytes),
                cpu(way),
                cpu(way) / cpu(BY_HAND),
                middle(way, operation, 1, |figures| figures.time),
            );
        }
    }
    let _ = write!(
        text,
        "\n64 at a time (the blocking ways on 64 threads); the peak memory is the whole process's:\n\n\
         | way | `get`, instructions | × | `get`, CPU, µs | × | `create`, CPU, µs | × | `list`, CPU, µs | × | peak of `get`, MiB | peak of `list`, MiB |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n"
    );
    for (way, Way(_, _, name)) in WAYS.iter().enumerate() {
        let count = |way| instructions.get(&(way, "get", 64)).copied().unwrap_or(f64::NAN);
        let _ = write!(
            text,
            "| {name} | {:.1} k | {:.3} |",
            count(way) / 1e3,
            count(way) / count(BY_HAND)
        );
        for operation in OPERATIONS {
            let cpu = |way| middle(way, operation, 64, |figures| figures.cpu);
            let _ = write!(text, " {:.1} | {:.2} |", cpu(way), cpu(way) / cpu(BY_HAND));
        }
        let peak = |operation| middle(way, operation, 64, |figures| figures.peak) / 1024.0;
        let _ = writeln!(text, " {:.1} | {:.1} |", peak("get"), peak("list"));
    }
    text
}
