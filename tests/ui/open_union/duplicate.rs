//! Texts, variants and options that are given twice.

use connectors_client::OpenUnion;

#[derive(OpenUnion)]
#[open_union(tag = "type", rename_all = "lowercase")]
pub enum SameText {
    TextDelta(String),
    //~ Two variants have one text by the case.
    Textdelta(String),
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum SameTextByRename {
    Ping,
    //~ Two variants have one text by a rename.
    #[open_union(rename = "Ping")]
    Pong,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum TwoOther {
    Ping,
    #[open_union(other)]
    Other(serde_json::Value),
    //~ Two variants are for unknown objects.
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
//~ The tag is given twice.
#[open_union(tag = "type", tag = "kind")]
pub enum TagTwice {
    Ping,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
//~ The options are in two attributes.
#[open_union(rename_all = "lowercase")]
pub enum TwoAttributes {
    Ping,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

fn uses(text: &str) -> serde_json::Result<()> {
    serde_json::from_str::<SameText>(text)?;
    serde_json::from_str::<SameTextByRename>(text)?;
    serde_json::from_str::<TwoOther>(text)?;
    serde_json::from_str::<TagTwice>(text)?;
    serde_json::from_str::<TwoAttributes>(text)?;
    Ok(())
}

fn main() {}
