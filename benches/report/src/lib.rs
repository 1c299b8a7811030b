//! Writes the tables of RESULTS.md and leaves the text around them unchanged.

use std::io;
use std::path::Path;

/// Prints a section and replaces the text between `<!-- name -->` and `<!-- /name -->` with it, or
/// appends it at the end.
pub fn write(name: &str, text: &str) -> io::Result<()> {
    println!("{text}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../RESULTS.md");
    let all = std::fs::read_to_string(&path)?;
    std::fs::write(&path, replaced(&all, name, text))
}

/// Writes a picture next to RESULTS.md.
pub fn draw(name: &str, svg: &str) -> io::Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(format!("{name}.svg"));
    std::fs::write(path, svg)
}

fn replaced(all: &str, name: &str, text: &str) -> String {
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->\n"));
    let section = format!("{begin}{}\n{end}", text.trim_end());
    match (all.find(&begin), all.find(&end)) {
        (Some(from), Some(to)) if from < to => {
            format!("{}{section}{}", &all[..from], &all[to + end.len()..])
        }
        _ => format!("{}\n\n{section}", all.trim_end()),
    }
}

/// Returns the median, the lower one of an even count.
#[must_use]
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get((values.len().max(1) - 1) / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::{median, replaced};

    #[test]
    fn only_the_section_changes() {
        let all = "# R\n<!-- a -->\nold\n<!-- /a -->\nwords\n";
        assert_eq!(replaced(all, "a", "new\n"), "# R\n<!-- a -->\nnew\n<!-- /a -->\nwords\n");
        assert_eq!(replaced("# R\n", "b", "new"), "# R\n\n<!-- b -->\nnew\n<!-- /b -->\n");
    }

    #[test]
    fn the_median_is_the_middle_of_the_sorted_values() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]).to_bits(), 2.0_f64.to_bits());
        assert_eq!(median(vec![4.0, 1.0]).to_bits(), 1.0_f64.to_bits());
        assert!(median(vec![]).is_nan());
    }
}
