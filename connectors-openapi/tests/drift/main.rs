//! Differences between declarations and descriptions.

mod asserted;
#[allow(dead_code)]
mod books;
mod connectors;
mod documentation;
mod formats;
mod generated;
mod places;
mod planted;
mod written;

use connectors_openapi::model::Document;
use connectors_openapi::{Difference, Drift};

const DESCRIPTION: &str = include_str!("books.yaml");
const SOURCE: &str = include_str!("books.rs");

fn document(text: &str) -> Document {
    Document::parse("books.yaml", text).unwrap()
}

fn of_source(description: &str) -> Vec<Difference> {
    let found = Drift::new().source_text(&document(description), "books.rs", SOURCE);
    found.unwrap().differences
}

fn of_endpoints(description: &str) -> Vec<Difference> {
    let traits = &[books::BooksClient::ENDPOINTS, books::ShelvesClient::ENDPOINTS];
    Drift::new().endpoints(&document(description), traits).unwrap()
}

fn lines(found: &[Difference]) -> String {
    found.iter().map(|difference| format!("{difference}\n")).collect::<Vec<_>>().concat()
}

#[test]
fn a_declaration_that_fits_has_no_differences() {
    assert_eq!(lines(&of_source(DESCRIPTION)), "");
    assert_eq!(lines(&of_endpoints(DESCRIPTION)), "");
}
