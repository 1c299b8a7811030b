//! Missing variants, tags and options.

use connectors_client::OpenUnion;

#[derive(OpenUnion)]
#[open_union(tag = "type")]
//~ The enum has no variants.
pub enum Empty {}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
//~ The variant for unknown objects is missing.
pub enum NoOther {
    Ping,
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
//~ A variant holds any value, but no attribute says that it is for unknown objects.
pub enum NoOtherButAValue {
    Ping,
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
//~ The attribute is missing.
pub enum NoAttribute {
    Ping,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
#[open_union(rename_all = "snake_case")]
//~ The tag is missing.
pub enum NoTag {
    Ping,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
//~ The attribute has no options.
#[open_union]
pub enum Bare {
    Ping,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum BareOnAVariant {
    //~ The attribute of a variant has no options.
    #[open_union]
    Ping,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
//~ The tag has no value.
#[open_union(tag)]
pub enum TagWithoutValue {
    Ping,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

fn uses(text: &str) -> serde_json::Result<()> {
    serde_json::from_str::<Empty>(text)?;
    serde_json::from_str::<NoOther>(text)?;
    serde_json::from_str::<NoOtherButAValue>(text)?;
    serde_json::from_str::<NoAttribute>(text)?;
    serde_json::from_str::<NoTag>(text)?;
    serde_json::from_str::<Bare>(text)?;
    serde_json::from_str::<BareOnAVariant>(text)?;
    serde_json::from_str::<TagWithoutValue>(text)?;
    Ok(())
}

fn main() {}
