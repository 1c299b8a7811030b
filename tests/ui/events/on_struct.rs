//! It is derived for a struct.

use connectors_client::{FromEvent, ServerSentEvent};

#[derive(FromEvent)]
pub struct Progress {
    done: u64,
}

fn uses(event: &ServerSentEvent) -> Option<Progress> {
    Progress::from_event(event).ok()
}

fn main() {}
