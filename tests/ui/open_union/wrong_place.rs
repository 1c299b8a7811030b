//! The derive and its attributes in a wrong place, and unknown options.

use connectors_client::OpenUnion;

#[derive(OpenUnion)]
#[open_union(tag = "type")]
//~ It is derived for a struct.
pub struct OnStruct {
    text: String,
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
//~ It is derived for a union.
pub union OnUnion {
    text: u8,
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum OnAField {
    //~ The attribute is on a field.
    Text(#[open_union(rename = "text")] String),
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum TagOnAVariant {
    //~ The tag is on a variant.
    #[open_union(tag = "ping")]
    Ping,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum OtherRenamed {
    Ping,
    //~ The variant for unknown objects is renamed.
    #[open_union(other, rename = "other")]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
//~ An option of the enum is unknown.
#[open_union(tag = "type", flatten = "data")]
pub enum UnknownOption {
    Ping,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum UnknownOptionOfVariant {
    //~ An option of a variant is unknown.
    #[open_union(name = "ping")]
    Ping,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

fn uses(text: &str) -> serde_json::Result<()> {
    serde_json::from_str::<OnStruct>(text)?;
    serde_json::from_str::<OnUnion>(text)?;
    serde_json::from_str::<OnAField>(text)?;
    serde_json::from_str::<TagOnAVariant>(text)?;
    serde_json::from_str::<OtherRenamed>(text)?;
    serde_json::from_str::<UnknownOption>(text)?;
    serde_json::from_str::<UnknownOptionOfVariant>(text)?;
    Ok(())
}

fn main() {}
