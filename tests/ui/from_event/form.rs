//! Names and variants in a wrong form.

use connectors_client::{FromEvent, ServerSentEvent};

#[derive(FromEvent)]
pub enum CommaMissing {
    //~ A comma is missing.
    #[event("tick" "tock")]
    Tick,
}

#[derive(FromEvent)]
pub enum EmptyName {
    //~ The name is empty.
    #[event("")]
    Tick,
}

#[derive(FromEvent)]
pub enum NameIsNumber {
    //~ The name is a number.
    #[event(1)]
    Tick,
}

#[derive(FromEvent)]
pub enum NameOfTwoLines {
    //~ The name has a line break.
    #[event("tick\ntock")]
    Tick,
}

#[derive(FromEvent)]
pub enum NameWithoutQuotes {
    //~ The name is not in quotes.
    #[event(tick)]
    Tick,
    #[event(other)]
    Other(ServerSentEvent),
}

#[derive(FromEvent)]
pub enum NamedFields {
    #[event("tick")]
    //~ A variant has named fields.
    Tick { number: u64 },
}

#[derive(FromEvent)]
pub enum NoFieldsInBrackets {
    #[event("tick")]
    //~ A variant has brackets without a field.
    Tick(),
}

#[derive(FromEvent)]
pub enum SeveralFields {
    #[event("tick")]
    //~ A variant has several fields.
    Tick(u64, String),
}

#[derive(FromEvent)]
//~ The path of the crate is in quotes.
#[from_event(crate = "connectors_client")]
pub enum CrateIsText {
    #[event("tick")]
    Tick,
}

fn uses(event: &ServerSentEvent) {
    let _ = CommaMissing::from_event(event);
    let _ = EmptyName::from_event(event);
    let _ = NameIsNumber::from_event(event);
    let _ = NameOfTwoLines::from_event(event);
    let _ = NameWithoutQuotes::from_event(event);
    let _ = NamedFields::from_event(event);
    let _ = NoFieldsInBrackets::from_event(event);
    let _ = SeveralFields::from_event(event);
    let _ = CrateIsText::from_event(event);
}

fn main() {}
