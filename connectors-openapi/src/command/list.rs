//! `list`

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{Selection, notice_json, output, style};
use crate::model::{Document, Operation};
use crate::{Generated, Notice, generate, listed};

#[derive(Args, Debug)]
pub(super) struct List {
    #[command(flatten)]
    selection: Selection,
}

pub(super) fn run(arguments: &List) -> Result<ExitCode, String> {
    let selection = &arguments.selection;
    let document = Document::open(&selection.description).map_err(|notice| notice.to_string())?;
    let steering = selection.steering()?;
    let listed = listed(&document, &steering).map_err(|notice| notice.to_string())?;
    let generated = generate(&document, &steering).map_err(|notice| notice.to_string())?;
    let printed = if selection.json {
        format!("{}\n", as_json(&document, &listed, &generated))
    } else {
        text(&document, &listed, &generated)
    };
    output::print(&printed)?;
    Ok(ExitCode::SUCCESS)
}

fn reason<'a>(operation: &Operation, left_out: &'a [Notice]) -> Option<&'a str> {
    let found = left_out.iter().find(|notice| notice.at == operation.at);
    found.map(|notice| notice.message.as_str())
}

fn as_json(
    document: &Document,
    listed: &[(String, &Operation)],
    generated: &Generated,
) -> serde_json::Value {
    let operations = listed.iter().map(|(group, operation)| {
        json!({
            "group": group,
            "operationId": operation.id,
            "method": operation.method,
            "path": operation.path,
            "tags": operation.tags,
            "pointer": operation.at.pointer,
            "left_out": reason(operation, &generated.left_out),
        })
    });
    json!({
        "title": document.title,
        "version": document.version,
        "openapi": document.openapi,
        "operations": operations.collect::<Vec<_>>(),
        "warnings": generated.warnings.iter().map(notice_json).collect::<Vec<_>>(),
    })
}

/// Returns the list for a person. Writing to a text cannot fail.
fn text(document: &Document, listed: &[(String, &Operation)], generated: &Generated) -> String {
    let mut groups: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
    for (group, operation) in listed {
        groups.entry(group).or_default().push(operation);
    }
    let mut text = String::new();
    let title = style::bold(&document.title);
    let _ = writeln!(text, "{title} {} (OpenAPI {})", document.version, document.openapi);
    for (group, operations) in groups {
        let _ = writeln!(text, "\n{} ({})", style::bold(group), operations.len());
        for operation in operations {
            let id = operation.id.as_deref().unwrap_or("");
            let _ = writeln!(text, "  {:<7} {:<48} {id}", operation.method, operation.path);
            if let Some(reason) = reason(operation, &generated.left_out) {
                let _ = writeln!(text, "          {} {reason}", style::yellow("left out:"));
            }
        }
    }
    let (left_out, warnings) = (generated.left_out.len(), generated.warnings.len());
    let counted = |count: usize, what: &str| match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    };
    let _ = writeln!(
        text,
        "\n{}, {left_out} not supported, {}",
        counted(listed.len(), "operation"),
        counted(warnings, "warning")
    );
    for notice in &generated.warnings {
        let _ = writeln!(text, "{} {notice}", style::yellow("warning:"));
    }
    text
}
