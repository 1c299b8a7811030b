//! There is an option that there is not.

use connectors_client::{FromEvent, ServerSentEvent};

#[derive(FromEvent)]
#[from_event(rename_all = "lowercase")]
pub enum Progress {
    #[event("tick")]
    Tick,
}

fn uses(event: &ServerSentEvent) -> Option<Progress> {
    Progress::from_event(event).ok()
}

fn main() {}
