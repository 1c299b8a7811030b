//! What a variant holds cannot be read.

use connectors_client::FromEvent;

#[derive(FromEvent)]
pub enum Progress {
    #[event("tick")]
    Tick(Tick),
}

pub struct Tick;

fn main() {}
