//! Measures the time cargo spends on each crate alone, and the size of the result.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use crate::{Failure, Only, SIZES, WAYS};

/// Ways to build: a name and the arguments of cargo.
pub(crate) const PROFILES: [(&str, &[&str]); 3] =
    [("check", &["check"]), ("debug", &["build"]), ("release", &["build", "--release"])];

/// Cost of a crate.
#[derive(Default)]
pub(crate) struct Cost {
    /// User seconds by profile, one figure per round.
    pub(crate) seconds: BTreeMap<&'static str, Vec<f64>>,
    /// Bytes of machine code, and of the program without its symbols, of the release build.
    pub(crate) text: f64,
    pub(crate) stripped: f64,
    /// Milliseconds of macro expansion.
    pub(crate) expansion: Vec<f64>,
}

pub(crate) type Costs = BTreeMap<(&'static str, usize), Cost>;

pub(crate) fn all(place: &Path, rounds: usize, only: &Only<'_>) -> Result<Costs, Failure> {
    let mut costs = Costs::new();
    let profiles: Vec<_> = PROFILES.into_iter().filter(|(name, _)| only.profile(name)).collect();
    let ways: Vec<_> = WAYS.into_iter().filter(|(way, _)| only.way(way)).collect();
    // Build the dependencies before the first measurement.
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
    // Only these crates may use unstable features of rustc. The variable is the same for all of
    // them, because some crates are rebuilt when it changes.
    let names = WAYS.iter().flat_map(|(way, _)| SIZES.map(|size| format!("{way}{size}")));
    cargo.env("RUSTC_BOOTSTRAP", names.collect::<Vec<_>>().join(","));
    Ok(cargo)
}

/// The target folder is the same as that of the other benches, so that dependencies are built once.
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

/// Returns the user seconds of the ended child processes and of their children. Linux only.
pub(crate) fn children() -> Result<f64, Failure> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    // Fields are counted after the name, which may contain spaces. A tick is a hundredth of a
    // second.
    let fields = stat.rsplit_once(')').ok_or("no figures")?.1;
    let ticks: f64 = fields.split_whitespace().nth(13).ok_or("no figures")?.parse()?;
    Ok(ticks / 100.0)
}

/// Returns the user seconds of a check, and the milliseconds in which rustc expands macros, derives
/// and ours. The macros are built as cargo builds them by default.
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
        serde_json::from_str(&json.ok_or_else(|| format!("rustc reports no macros: {text}"))?)?;
    Ok((seconds, json["time"].as_f64().ok_or("no time")? * 1e3))
}

/// Returns the bytes of the section `.text` and of the stripped program.
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
