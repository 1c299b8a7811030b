//! Prints the table of the costs of endpoints.

use std::fmt::Write as _;

use report::median;

use crate::measure::{Cost, Costs, PROFILES};
use crate::{SIZES, WAYS};

pub(crate) fn render(costs: &Costs, rounds: usize) -> String {
    let mut text = format!(
        "Of the crate alone, user seconds, medians of {rounds} rounds in turns, not incremental:\n\n\
         | way | endpoints | check | debug | release | `.text`, KiB | stripped, KiB |\n|---|--:|--:|--:|--:|--:|--:|\n"
    );
    for (way, name) in WAYS {
        for size in SIZES {
            let Some(cost) = costs.get(&(way, size)) else { continue };
            let _ = write!(text, "| {name} | {size} |");
            for (profile, _) in PROFILES {
                let _ = write!(text, " {:.2} |", seconds(cost, profile));
            }
            let _ = writeln!(text, " {:.0} | {:.0} |", cost.text / 1024.0, cost.stripped / 1024.0);
        }
    }
    text.push_str(
        "\nPer endpoint, the slope from 100 to 400 endpoints (in brackets: from 10 to 100), less the slope of\n\
         the types alone. The row of the types shows their own slope:\n\n\
         | way | check, ms | debug, ms | release, ms | `.text`, B | stripped, B | expanding macros, ms |\n\
         |---|--:|--:|--:|--:|--:|--:|\n",
    );
    for (way, name) in WAYS {
        let _ = write!(text, "| {name} |");
        let mut column = |scale: f64, digits: usize, what: &dyn Fn(&Cost) -> f64| {
            let slope = |of: &str, from: usize, to: usize| {
                let at = |size| {
                    costs
                        .iter()
                        .find(|(key, _)| **key == (of, size))
                        .map_or(f64::NAN, |(_, cost)| what(cost))
                };
                #[allow(clippy::cast_precision_loss, reason = "counts are a few hundred")]
                let slope = (at(to) - at(from)) / (to - from) as f64;
                slope * scale
            };
            let beyond = |from, to| {
                slope(way, from, to) - if way == "types" { 0.0 } else { slope("types", from, to) }
            };
            let _ = write!(text, " {:.digits$} ({:.digits$}) |", beyond(100, 400), beyond(10, 100));
        };
        for (profile, _) in PROFILES {
            column(1e3, 1, &|cost| seconds(cost, profile));
        }
        column(1.0, 0, &|cost| cost.text);
        column(1.0, 0, &|cost| cost.stripped);
        column(1.0, 2, &|cost| median(cost.expansion.clone()));
        text.push('\n');
    }
    text
}

fn seconds(cost: &Cost, profile: &str) -> f64 {
    median(cost.seconds.get(profile).cloned().unwrap_or_default())
}
