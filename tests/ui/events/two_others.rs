//! Two variants are for all the rest.

use connectors_client::{FromEvent, ServerSentEvent};

#[derive(FromEvent)]
pub enum Progress {
    #[event(other)]
    Rest,
    #[event(other)]
    Other(ServerSentEvent),
}

fn uses(event: &ServerSentEvent) -> Option<Progress> {
    Progress::from_event(event).ok()
}

fn main() {}
