//! `generate`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{Selection, notice_json, output, style};
use crate::generate::generate_fragment;
use crate::model::Document;
use crate::{Generated, Notice, Steering, generate, listed};

#[derive(Args, Debug)]
pub(super) struct Generate {
    #[command(flatten)]
    selection: Selection,
    /// The source file to write. Without it, the source is printed. If `--only` names one
    /// operation, that is its trait with its types, to paste into a source.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Writes nothing. The exit code is 1 if the file is not what would be written.
    #[arg(long, requires = "out")]
    check: bool,
    /// The exit code is 1 if an operation is left out.
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(arguments: &Generate) -> Result<ExitCode, String> {
    let selection = &arguments.selection;
    let document = Document::open(&selection.description).map_err(|notice| notice.to_string())?;
    let generated = generated(&document, &selection.steering()?, arguments.out.is_some());
    let generated = generated.map_err(|notice| notice.to_string())?;
    let mut stale = false;
    match &arguments.out {
        Some(path) if arguments.check => {
            let found = std::fs::read_to_string(path).unwrap_or_default();
            stale = found != generated.source;
        }
        Some(path) => std::fs::write(path, &generated.source)
            .map_err(|error| format!("`{}` cannot be written: {error}", path.display()))?,
        None if !selection.json => output::print(&generated.source)?,
        None => {}
    }
    if selection.json {
        output::print(&format!("{}\n", as_json(&generated, arguments, stale)))?;
    } else {
        report(&generated, arguments, stale);
    }
    let failed = stale || (arguments.strict && !generated.left_out.is_empty());
    Ok(ExitCode::from(u8::from(failed)))
}

/// Generates a file, or one operation to paste if the steering names one and no file is written.
fn generated(document: &Document, steering: &Steering, is_file: bool) -> Result<Generated, Notice> {
    let names_one = match steering.only.as_slice() {
        [one] => !one.starts_with("tag:") && !one.starts_with("group:"),
        _ => false,
    };
    if !is_file && names_one && listed(document, steering)?.len() == 1 {
        return generate_fragment(document, steering);
    }
    generate(document, steering)
}

fn as_json(generated: &Generated, arguments: &Generate, stale: bool) -> serde_json::Value {
    let source = arguments.out.is_none().then_some(&generated.source);
    json!({
        "operations": generated.operations,
        "lines": generated.source.lines().count(),
        "crates": generated.crates,
        "left_out": generated.left_out.iter().map(notice_json).collect::<Vec<_>>(),
        "warnings": generated.warnings.iter().map(notice_json).collect::<Vec<_>>(),
        "stale": stale,
        "source": source,
    })
}

/// Prints the summary for a person, to stderr, since the source may go to stdout.
fn report(generated: &Generated, arguments: &Generate, stale: bool) {
    for notice in &generated.warnings {
        output::report(format_args!("{} {notice}", style::yellow("warning:")));
    }
    for notice in &generated.left_out {
        output::report(format_args!("{} {notice}", style::yellow("left out:")));
    }
    let Some(path) = &arguments.out else { return };
    let path = path.display();
    if stale {
        return output::report(format_args!(
            "{} {path} is stale: run the command without `--check`",
            style::red("error:")
        ));
    }
    let lines = generated.source.lines().count();
    let verb = if arguments.check { "is up to date" } else { "written" };
    output::report(format_args!(
        "{} {path} {verb}: {} operations in {lines} lines, {} left out",
        style::green("ok:"),
        generated.operations,
        generated.left_out.len(),
    ));
    if !generated.crates.is_empty() {
        output::report(format_args!("    uses {}", generated.crates.join(", ")));
    }
}
