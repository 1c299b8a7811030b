//! The enum has no variants.

use connectors_client::{FromEvent, ServerSentEvent};

#[derive(FromEvent)]
pub enum Progress {}

fn uses(event: &ServerSentEvent) -> Option<Progress> {
    Progress::from_event(event).ok()
}

fn main() {}
