//! Missing variants, names and events.

use connectors_client::{FromEvent, ServerSentEvent};

#[derive(FromEvent)]
pub enum Bare {
    //~ The names are missing.
    #[event]
    Tick,
}

#[derive(FromEvent)]
pub enum NoNames {
    //~ The brackets are empty.
    #[event()]
    Tick,
}

#[derive(FromEvent)]
pub enum NameByEquals {
    //~ The name is not in brackets.
    #[event = "tick"]
    Tick,
}

#[derive(FromEvent)]
//~ The enum has no variants.
pub enum Empty {}

#[derive(FromEvent)]
pub enum WithoutEvent {
    #[event("started")]
    Started,
    //~ A variant has no event.
    Tick,
}

fn uses(event: &ServerSentEvent) {
    let _ = Bare::from_event(event);
    let _ = NoNames::from_event(event);
    let _ = NameByEquals::from_event(event);
    let _ = Empty::from_event(event);
    let _ = WithoutEvent::from_event(event);
}

fn main() {}
