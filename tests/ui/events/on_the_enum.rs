//! The event is on the enum.

use connectors_client::{FromEvent, ServerSentEvent};

#[derive(FromEvent)]
#[event("tick")]
pub enum Progress {
    #[event("tock")]
    Tock,
}

fn uses(event: &ServerSentEvent) -> Option<Progress> {
    Progress::from_event(event).ok()
}

fn main() {}
