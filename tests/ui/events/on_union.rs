//! It is derived for a union.

use connectors_client::{FromEvent, ServerSentEvent};

#[derive(FromEvent)]
pub union Progress {
    done: u64,
}

fn uses(event: &ServerSentEvent) -> Option<Progress> {
    Progress::from_event(event).ok()
}

fn main() {}
