//! Events that are given twice.

use connectors_client::{FromEvent, ServerSentEvent};

#[derive(FromEvent)]
pub enum Twice {
    #[event("tick")]
    Tick,
    //~ Two variants have the same name.
    #[event("tock", "tick")]
    Tock,
}

#[derive(FromEvent)]
pub enum TwiceInOne {
    //~ A variant has the same name twice.
    #[event("tick", "tick")]
    Tick,
}

#[derive(FromEvent)]
pub enum TwoOthers {
    #[event(other)]
    Rest,
    //~ Two variants are for all the rest.
    #[event(other)]
    Other(ServerSentEvent),
}

fn uses(event: &ServerSentEvent) {
    let _ = Twice::from_event(event);
    let _ = TwiceInOne::from_event(event);
    let _ = TwoOthers::from_event(event);
}

fn main() {}
