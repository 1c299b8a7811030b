//! What a variant holds cannot be read.

use connectors_client::OpenUnion;

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum Event {
    Text(Text),
    #[open_union(other)]
    Unknown(serde_json::Value),
}

pub struct Text;

fn main() {}
