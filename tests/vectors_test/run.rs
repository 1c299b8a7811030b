//! Runs the vectors of a file with the four clients, and compares them with the list of
//! differences.

use std::collections::BTreeMap;
use std::fmt::{Debug, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::call::Style;
use crate::differences::DIFFERENCES;
use crate::json::Inexpressible;

/// Number of threads. Four hide the waits for sockets, even on a machine with few cores.
const THREADS: usize = 4;

/// A recorded vector.
pub(crate) trait Vector: DeserializeOwned + Sync {
    /// Content of the file that contains the vectors.
    const FILE: &'static str;

    fn name(&self) -> &str;

    /// Makes the call with one of the clients, and returns the differences from the vector.
    fn check(&self, style: Style) -> Result<Problems, Inexpressible>;
}

/// All problems of one call.
#[derive(Debug, Default)]
pub(crate) struct Problems(Vec<String>);

impl Problems {
    pub(crate) fn add(&mut self, problem: impl Into<String>) {
        self.0.push(problem.into());
    }

    pub(crate) fn check(&mut self, is_right: bool, problem: impl FnOnce() -> String) {
        if !is_right {
            self.add(problem());
        }
    }

    pub(crate) fn same<T: Debug + PartialEq + ?Sized>(&mut self, what: &str, is: &T, should: &T) {
        self.check(is == should, || format!("{what} is {is:?}, not {should:?}"));
    }
}

#[derive(Deserialize)]
#[serde(bound = "V: DeserializeOwned")]
struct File<V> {
    vectors: Vec<V>,
}

pub(crate) fn read<V: Vector>() -> Vec<V> {
    serde_json::from_str::<File<V>>(V::FILE).expect("the vectors can be read").vectors
}

/// Runs all vectors of a file.
///
/// # Panics
///
/// Panics at the end, with all failures.
pub(crate) fn run<V: Vector>(title: &str, count: usize) {
    let vectors = read::<V>();
    assert_eq!(vectors.len(), count, "the file has another number of vectors");
    let results = in_parallel(&vectors);
    let listed: Vec<_> = results.iter().filter_map(|result| result.listed).collect();
    let failed: Vec<_> = results.iter().filter(|result| !result.failures.is_empty()).collect();
    let passed = count - listed.len() - failed.len();
    let mut summary = format!(
        "{title}: {count} vectors x {} clients: {passed} passed, {} differ (listed)\n",
        Style::ALL.len(),
        listed.len()
    );
    for (name, reason) in listed {
        // Writing to a string does not fail.
        let _ = writeln!(summary, "  {name}: {reason}");
    }
    let report: String = failed.iter().map(|result| result.failures.as_str()).collect();
    if failed.is_empty() {
        println!("{summary}");
    }
    assert!(failed.is_empty(), "\n{summary}{} failed:\n{report}", failed.len());
}

/// The outcome of a vector: passed, listed as a difference, or failed.
#[derive(Default)]
struct Outcome {
    listed: Option<(&'static str, &'static str)>,
    failures: String,
}

fn in_parallel<V: Vector>(vectors: &[V]) -> Vec<Outcome> {
    let share = vectors.len().div_ceil(THREADS);
    thread::scope(|scope| {
        let shares = vectors
            .chunks(share)
            .map(|share| scope.spawn(move || share.iter().map(outcome).collect::<Vec<_>>()));
        let threads: Vec<_> = shares.collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().expect("each panic is caught"))
            .collect()
    })
}

fn outcome<V: Vector>(vector: &V) -> Outcome {
    let name = vector.name();
    let listed = DIFFERENCES.iter().copied().find(|(listed, _)| *listed == name);
    let reason = listed.map(|(_, reason)| reason);
    // A failure is usually the same for all clients, so it is shown once.
    let mut failures = BTreeMap::<String, Vec<Style>>::new();
    for style in Style::ALL {
        if let Some(failure) = failure(verdict(vector, style), reason) {
            failures.entry(failure).or_default().push(style);
        }
    }
    let shown =
        |(failure, styles): (&String, &Vec<Style>)| format!("  {name} {styles:?}: {failure}\n");
    Outcome {
        listed: listed.filter(|_| failures.is_empty()),
        failures: failures.iter().map(shown).collect(),
    }
}

enum Verdict {
    Same,
    Differs(Vec<String>),
    Inexpressible(String),
    Panics,
}

fn verdict<V: Vector>(vector: &V, style: Style) -> Verdict {
    match catch_unwind(AssertUnwindSafe(|| vector.check(style))) {
        Err(_) => Verdict::Panics,
        Ok(Err(Inexpressible(what))) => Verdict::Inexpressible(what),
        Ok(Ok(Problems(problems))) if problems.is_empty() => Verdict::Same,
        Ok(Ok(Problems(problems))) => Verdict::Differs(problems),
    }
}

/// Returns the reason why a verdict contradicts the list. A listed vector must have exactly one
/// difference, or be inexpressible.
fn failure(verdict: Verdict, reason: Option<&str>) -> Option<String> {
    let is_inexpressible = reason.is_some_and(|reason| reason.starts_with("inexpressible: "));
    match verdict {
        Verdict::Panics => Some("panics".to_owned()),
        Verdict::Same => {
            reason.map(|_| "is listed as a difference, but does not differ".to_owned())
        }
        Verdict::Inexpressible(_) if is_inexpressible => None,
        Verdict::Inexpressible(what) => Some(format!("inexpressible: {what}")),
        Verdict::Differs(problems)
            if reason.is_some() && !is_inexpressible && problems.len() == 1 =>
        {
            None
        }
        Verdict::Differs(problems) => Some(problems.join("; ")),
    }
}
