//! The brackets are empty.

use connectors_client::{FromEvent, ServerSentEvent};

#[derive(FromEvent)]
pub enum Progress {
    #[event()]
    Tick,
}

fn uses(event: &ServerSentEvent) -> Option<Progress> {
    Progress::from_event(event).ok()
}

fn main() {}
