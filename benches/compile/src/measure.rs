//! What cargo spends on each crate alone, and what comes out of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use crate::{Failure, Only, SIZES, WAYS};

/// The ways to build: a name, and the arguments of cargo.
pub(crate) const PROFILES: [(&str, &[&str]); 3] =
    [("check", &["check"]), ("debug", &["build"]), ("release", &["build", "--release"])];

/// What a crate cost.
#[derive(Default)]
pub(crate) struct Cost {
    /// User seconds by profile, a figure per round.
    pub(crate) seconds: BTreeMap<&'static str, Vec<f64>>,
    /// Bytes of machine code, and of the program without its symbols, of the release build.
    pub(crate) text: f64,
    pub(crate) stripped: f64,
    /// Milliseconds in which macros are expanded.
    pub(crate) expansion: Vec<f64>,
}

pub(crate) type Costs = BTreeMap<(&'static str, usize), Cost>;

pub(crate) fn all(place: &Path, rounds: usize, only: &Only<'_>) -> Result<Costs, Failure> {
    let mut costs = Costs::new();
    let profiles: Vec<_> = PROFILES.into_iter().filter(|(name, _)| only.profile(name)).collect();
    let ways: Vec<_> = WAYS.into_iter().filter(|(way, _)| only.way(way)).collect();
    // What they depend on is built before the first is measured.
    for (way, _) in &ways {
        for (name, arguments) in &profiles {
            eprintln!("dependencies of {way}, {name}");
            user_seconds(place, way, SIZES[0], arguments)?;
        }
    }
    for round in 0..rounds {
        for (profile, arguments) in &profiles {
            eprintln!("round {} of {rounds}: {profile}", round + 1);
            for size in SIZES {
                for (way, _) in &ways {
                    let cost = costs.entry((*way, size)).or_default();
                    let seconds = if *profile == "check" {
                        let (seconds, expansion) = check(place, way, size)?;
                        cost.expansion.push(expansion);
                        seconds
                    } else {
                        user_seconds(place, way, size, arguments)?
                    };
                    cost.seconds.entry(*profile).or_default().push(seconds);
                }
            }
        }
    }
    if !only.profile("release") {
        return Ok(costs);
    }
    for ((way, size), cost) in &mut costs {
        let program = target(place).join(format!("release/{way}{size}"));
        (cost.text, cost.stripped) = sizes(&program)?;
    }
    Ok(costs)
}

fn cargo(place: &Path, way: &str, size: usize, arguments: &[&str]) -> Result<Command, Failure> {
    let name = format!("{way}{size}");
    fs::File::options()
        .append(true)
        .open(place.join(&name).join("src/main.rs"))?
        .set_modified(SystemTime::now())?;
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(arguments).args(["--quiet", "-p", &name]).current_dir(place);
    cargo.env("CARGO_TARGET_DIR", target(place)).env("CARGO_INCREMENTAL", "0");
    // These crates alone may use what rustc has not promised to keep. It is the same for all, since some crates are built
    // again when it changes.
    let names = WAYS.iter().flat_map(|(way, _)| SIZES.map(|size| format!("{way}{size}")));
    cargo.env("RUSTC_BOOTSTRAP", names.collect::<Vec<_>>().join(","));
    Ok(cargo)
}

/// The same as of the other benches, so that what they depend on is built once.
fn target(place: &Path) -> &Path {
    place.parent().unwrap_or(place)
}

fn user_seconds(place: &Path, way: &str, size: usize, arguments: &[&str]) -> Result<f64, Failure> {
    let before = children()?;
    if !cargo(place, way, size, arguments)?.status()?.success() {
        return Err(format!("{way}{size} cannot be built").into());
    }
    Ok(children()? - before)
}

/// The user seconds of the children that have ended, and of theirs; Linux only.
pub(crate) fn children() -> Result<f64, Failure> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    // Fields are counted from behind the name, which may have spaces; a tick is a hundredth of a second.
    let fields = stat.rsplit_once(')').ok_or("no figures")?.1;
    let ticks: f64 = fields.split_whitespace().nth(13).ok_or("no figures")?.parse()?;
    Ok(ticks / 100.0)
}

/// User seconds of a check, and the milliseconds of it in which rustc expands macros, derives and our own; the macros are
/// built as cargo builds them by default.
fn check(place: &Path, way: &str, size: usize) -> Result<(f64, f64), Failure> {
    let mut cargo = cargo(place, way, size, &["rustc", "--profile", "check"])?;
    cargo.args(["--", "-Ztime-passes", "-Ztime-passes-format=json"]);
    let before = children()?;
    let output = cargo.output()?;
    let seconds = children()? - before;
    let text = String::from_utf8_lossy(&output.stderr);
    let line = text.lines().find(|line| line.contains("\"macro_expand_crate\""));
    let json = line.and_then(|line| line.split_once('{')).map(|(_, json)| format!("{{{json}"));
    let json: serde_json::Value =
        serde_json::from_str(&json.ok_or_else(|| format!("rustc says nothing of macros: {text}"))?)?;
    Ok((seconds, json["time"].as_f64().ok_or("no time")? * 1e3))
}

/// Bytes of the section `.text`, and of all without symbols.
fn sizes(program: &Path) -> Result<(f64, f64), Failure> {
    let output = Command::new("size").arg("-A").arg(program).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find(|line| line.starts_with(".text")).ok_or("no section `.text`")?;
    let bytes: f64 = line.split_whitespace().nth(1).ok_or("no size")?.parse()?;
    let stripped = program.with_extension("stripped");
    if !Command::new("strip").arg("-o").arg(&stripped).arg(program).status()?.success() {
        return Err("strip failed".into());
    }
    #[allow(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
    Ok((bytes, fs::metadata(&stripped)?.len() as f64))
}
