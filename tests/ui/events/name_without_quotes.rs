//! The name is not in quotes.

use connectors_client::{FromEvent, ServerSentEvent};

#[derive(FromEvent)]
pub enum Progress {
    #[event(tick)]
    Tick,
    #[event(other)]
    Other(ServerSentEvent),
}

fn uses(event: &ServerSentEvent) -> Option<Progress> {
    Progress::from_event(event).ok()
}

fn main() {}
