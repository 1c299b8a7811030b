//! Finds the name that a misspelt one stands for.

/// Returns the most similar of the known names, if one is similar enough.
pub(crate) fn similar<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let scored = known.map(|known| (distance(&name, known), known));
    scored
        .filter(|(distance, known)| *distance <= allowed(&name, known))
        .min()
        .map(|(_, known)| known)
}

/// Returns how many changes two similar names may differ by: a third of the longer name's length,
/// or any number if one name is the beginning of the other.
fn allowed(name: &str, known: &str) -> usize {
    let longer = name.len().max(known.len());
    let begins = name.len() >= 4 && (known.starts_with(name) || name.starts_with(known));
    if begins { longer } else { (longer / 3).max(1) }
}

/// Counts the characters to insert, remove or replace (Levenshtein).
fn distance(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (line, from) in left.bytes().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], line + 1);
        for (column, to) in right.bytes().enumerate() {
            let replaced = diagonal + usize::from(from != to);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::similar;

    fn of(name: &str) -> Option<&'static str> {
        let known = ["timeout", "headers", "rename_all", "idempotency_key", "idempotent", "form"];
        similar(name, known.into_iter())
    }

    #[test]
    fn a_misspelt_name_is_recognised() {
        assert_eq!(of("timout"), Some("timeout"));
        assert_eq!(of("Timeout"), Some("timeout"));
        assert_eq!(of("header"), Some("headers"));
        assert_eq!(of("rename"), Some("rename_all"));
        assert_eq!(of("idempotency"), Some("idempotent"));
    }

    #[test]
    fn another_name_is_not() {
        for name in ["json", "retries", "base_url", "first", "", "é", "to"] {
            assert_eq!(of(name), None, "{name}");
        }
    }
}
