//! Two variants have the same name.

use connectors_client::{FromEvent, ServerSentEvent};

#[derive(FromEvent)]
pub enum Progress {
    #[event("tick")]
    Tick,
    #[event("tock", "tick")]
    Tock,
}

fn uses(event: &ServerSentEvent) -> Option<Progress> {
    Progress::from_event(event).ok()
}

fn main() {}
