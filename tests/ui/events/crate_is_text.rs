//! The path of the crate is in quotes.

use connectors_client::{FromEvent, ServerSentEvent};

#[derive(FromEvent)]
#[from_event(crate = "connectors_client")]
pub enum Progress {
    #[event("tick")]
    Tick,
}

fn uses(event: &ServerSentEvent) -> Option<Progress> {
    Progress::from_event(event).ok()
}

fn main() {}
