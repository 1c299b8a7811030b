//! Draws the instructions of all ways as bars.

use std::fmt::Write as _;

/// A bar: the name of a way and its instructions per call, in thousands.
pub(crate) struct Bar<'a> {
    pub(crate) name: &'a str,
    pub(crate) instructions: f64,
    /// True if the way is ours.
    pub(crate) is_ours: bool,
}

/// Height of a row, in pixels.
const ROW: usize = 26;

/// Width of the longest bar, in pixels.
const LONGEST: f64 = 420.0;

/// Returns an SVG for light and dark pages. It has a background of its own, since a page may be dark
/// where the system is light.
pub(crate) fn draw(title: &str, bars: &[Bar<'_>]) -> String {
    let longest = bars.iter().map(|bar| bar.instructions).fold(1.0, f64::max);
    let height = 44 + bars.len() * ROW;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 {height}\" width=\"720\" \
         height=\"{height}\" role=\"img\" aria-label=\"{title}\">\n\
         <style>\n\
         svg {{ background: #fff }}\n\
         text {{ font: 13px system-ui, sans-serif; fill: #24292f }}\n\
         .title {{ font-weight: 600 }}\n\
         .bar {{ fill: #9aa4af }}\n\
         .ours {{ fill: #1f6feb }}\n\
         @media (prefers-color-scheme: dark) {{\n\
         svg {{ background: #0d1117 }}\n\
         text {{ fill: #e6edf3 }}\n\
         .bar {{ fill: #6e7681 }}\n\
         .ours {{ fill: #58a6ff }}\n\
         }}\n\
         </style>\n\
         <text class=\"title\" x=\"8\" y=\"22\">{title}</text>\n"
    );
    for (row, Bar { name, instructions, is_ours }) in bars.iter().enumerate() {
        let (y, width) = (40 + row * ROW, LONGEST * instructions / longest);
        let class = if *is_ours { "bar ours" } else { "bar" };
        let _ = writeln!(
            svg,
            "<text x=\"8\" y=\"{}\">{name}</text>\
             <rect class=\"{class}\" x=\"220\" y=\"{y}\" width=\"{width:.0}\" height=\"18\" rx=\"2\"/>\
             <text x=\"{:.0}\" y=\"{}\">{instructions:.1} k</text>",
            y + 14,
            228.0 + width,
            y + 14,
        );
    }
    svg.push_str("</svg>\n");
    svg
}

#[cfg(test)]
mod tests {
    use super::{Bar, draw};

    #[test]
    fn bars_are_as_long_as_their_figures() {
        let bar = |name, instructions| Bar { name, instructions, is_ours: false };
        let svg = draw("calls", &[bar("one", 50.0), bar("two", 100.0)]);
        assert!(svg.contains("y=\"40\" width=\"210\""), "{svg}");
        assert!(svg.contains("y=\"66\" width=\"420\""), "{svg}");
        assert!(svg.contains(">100.0 k</text>"), "{svg}");
    }
}
