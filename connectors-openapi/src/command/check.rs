//! `check`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use super::{output, style};
use crate::drift::{Difference, Drift, Report};
use crate::model::Document;
use crate::{Notice, Steering};

#[derive(Args, Debug)]
pub(super) struct Check {
    /// The description: a JSON or YAML file of OpenAPI 3.0, 3.1 or 3.2.
    description: PathBuf,
    /// Rust sources with the traits and their types: files, or folders whose `.rs` files are read.
    #[arg(required = true)]
    sources: Vec<PathBuf>,
    /// Compares only these operations, and tells which of them no endpoint declares: `tag:books`,
    /// `group:Books`, an operationId, `GET /books`, or a JSON pointer. Can be given several times.
    #[arg(long, value_name = "SELECTION")]
    only: Vec<String>,
    /// Leaves these operations out.
    #[arg(long, value_name = "SELECTION")]
    skip: Vec<String>,
    /// A TOML file of `generate`, for what it selects.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Allows differences: a kind (`status`), an endpoint or a type (`Books::list`), an argument or
    /// a field (`Books::list.limit`), or a kind of one (`need:Books::list`). Can be given several
    /// times.
    #[arg(long, value_name = "RULE")]
    allow: Vec<String>,
    /// Also lists what the description offers and the source does not use, such as an optional
    /// parameter. The exit code does not depend on it.
    #[arg(long)]
    additions: bool,
    /// Prints JSON for programs.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Check) -> Result<ExitCode, String> {
    let report = compare(arguments).map_err(|notice| notice.to_string())?;
    if arguments.json {
        output::print(&format!("{}\n", as_json(&report)))?;
    } else {
        print(&report, arguments)?;
    }
    let is_drift = report.differences.iter().any(|difference| !difference.is_addition());
    Ok(ExitCode::from(u8::from(is_drift)))
}

fn compare(arguments: &Check) -> Result<Report, Notice> {
    let document = Document::open(&arguments.description)?;
    let mut drift = Drift::new();
    for rule in &arguments.allow {
        drift = drift.allow(rule);
    }
    if arguments.additions {
        drift = drift.additions();
    }
    drift.select(steering(arguments)?).sources(&document, &arguments.sources)
}

fn steering(arguments: &Check) -> Result<Steering, Notice> {
    let mut steering = match &arguments.config {
        Some(path) => Steering::open(path)?,
        None => Steering::default(),
    };
    if !arguments.only.is_empty() {
        steering.only.clone_from(&arguments.only);
    }
    steering.skip.extend(arguments.skip.iter().cloned());
    Ok(steering)
}

fn print(report: &Report, arguments: &Check) -> Result<(), String> {
    let lines: Vec<String> = report.differences.iter().map(line).collect();
    output::print(&lines.concat())?;
    let additions = report.differences.iter().filter(|one| one.is_addition()).count();
    let differences = report.differences.len() - additions;
    let (endpoints, description) = (report.endpoints, arguments.description.display());
    if !report.unknown_types.is_empty() {
        output::report(format_args!(
            "{} types that are not in these sources and were not compared: {}",
            style::yellow("note:"),
            report.unknown_types.join(", ")
        ));
    }
    let added = if additions > 0 { format!(", {additions} additions") } else { String::new() };
    let compared = format!("{} compared with {description}{added}", counted(endpoints, "endpoint"));
    match differences {
        0 => output::report(format_args!("{} no differences: {compared}", style::green("ok:"))),
        some => output::report(format_args!(
            "{} {}: {compared}",
            style::red("drift:"),
            counted(some, "difference")
        )),
    }
    Ok(())
}

fn counted(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// Returns the line of a difference, with its end. Its beginning is the place in the source, as compilers print
/// it, so that editors find it.
fn line(difference: &Difference) -> String {
    let word = difference.kind().word();
    let word = if difference.is_addition() { style::yellow(word) } else { style::red(word) };
    let place = difference.file().zip(difference.line());
    let place = place.map(|(file, line)| style::bold(&format!("{file}:{line}:")) + " ");
    let item = difference.item().map(|item| format!("`{item}`: ")).unwrap_or_default();
    format!(
        "{}{word}: {}: {item}{} ({})\n",
        place.unwrap_or_default(),
        difference.subject(),
        difference.message(),
        difference.location()
    )
}

fn as_json(report: &Report) -> Value {
    let differences = report.differences.iter().map(|difference| {
        let at = difference.location();
        json!({
            "kind": difference.kind().word(),
            "subject": difference.subject(),
            "item": difference.item(),
            "file": difference.file(),
            "line": difference.line(),
            "message": difference.message(),
            "addition": difference.is_addition(),
            "description": { "file": &*at.file, "line": at.line, "pointer": at.pointer },
        })
    });
    json!({
        "differences": differences.collect::<Vec<_>>(),
        "endpoints": report.endpoints,
        "unknown_types": report.unknown_types,
    })
}
