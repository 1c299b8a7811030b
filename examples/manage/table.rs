//! Text in columns.

use unicode_width::UnicodeWidthStr;

use super::visible::visible;

const GAP: &str = "  ";

/// Rows whose columns line up on a terminal, where a character may take two columns, one or none.
pub(crate) struct Table<const COLUMNS: usize> {
    rows: Vec<[String; COLUMNS]>,
}

impl<const COLUMNS: usize> Table<COLUMNS> {
    pub(crate) fn new(rows: impl IntoIterator<Item = [String; COLUMNS]>) -> Self {
        Self { rows: rows.into_iter().map(|row| row.map(|cell| visible(&cell))).collect() }
    }

    /// Returns the lines of the table, each with a line end.
    pub(crate) fn render(&self) -> String {
        let widths: Vec<_> = (0..COLUMNS).map(|column| self.width(column)).collect();
        self.rows.iter().map(|row| line(row, &widths)).collect()
    }

    fn width(&self, column: usize) -> usize {
        self.rows.iter().map(|row| row[column].width()).max().unwrap_or(0)
    }
}

fn line(row: &[String], widths: &[usize]) -> String {
    let cells: Vec<_> = row.iter().zip(widths).map(|(cell, width)| padded(cell, *width)).collect();
    format!("{}\n", cells.join(GAP).trim_end())
}

/// The padding of `format!` counts characters, not columns.
fn padded(cell: &str, width: usize) -> String {
    format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width())))
}
