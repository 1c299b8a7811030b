//! Options and variants in a wrong form.

use connectors_client::OpenUnion;

#[derive(OpenUnion)]
//~ The tag is not in quotes.
#[open_union(tag = kind)]
pub enum TagWithoutQuotes {
    Ping,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
//~ The field of the content is not in quotes.
#[open_union(tag = "kind", content = value)]
pub enum ContentWithoutQuotes {
    Ping,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
//~ The content has the field of the tag.
#[open_union(tag = "kind", content = "kind")]
pub enum ContentInTag {
    Ping(u8),
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
//~ The case is unknown.
#[open_union(tag = "type", rename_all = "kebab_case")]
pub enum UnknownCase {
    Ping,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
//~ The path of the crate is in quotes.
#[open_union(tag = "type", crate = "connectors_client")]
pub enum CrateIsText {
    Ping,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum RenameIsNumber {
    //~ The text of a variant is a number.
    #[open_union(rename = 1)]
    Ping,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum TextAlone {
    //~ The text of a variant is written without `rename`.
    #[open_union("ping")]
    Ping,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum OtherWithValue {
    Ping,
    //~ `other` has a value.
    #[open_union(other = true)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum NamedFields {
    //~ A variant has named fields.
    Text { text: String },
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum NoFieldsInBrackets {
    //~ A variant has brackets without a field.
    Ping(),
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum SeveralFields {
    //~ A variant has several fields.
    Text(String, u8),
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum OtherOnUnit {
    Ping,
    #[open_union(other)]
    //~ The variant for unknown objects has no field.
    Unknown,
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum OtherWithFields {
    Ping,
    #[open_union(other)]
    //~ The variant for unknown objects has named fields.
    Unknown { value: serde_json::Value },
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
//~ The enum has a lifetime.
pub enum Lifetime<'a> {
    Text(&'a str),
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
//~ The enum has a type parameter.
pub enum TypeParameter<T> {
    Text(T),
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum UntaggedUnit {
    #[open_union(untagged)]
    //~ A variant without a tag has no field.
    Ping,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum UntaggedRenamed {
    //~ A variant without a tag has a value for it.
    #[open_union(untagged, rename = "text")]
    Text(String),
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum UntaggedOther {
    //~ The variant for unknown objects is one of those without a tag.
    #[open_union(untagged, other)]
    Unknown(serde_json::Value),
}

fn uses(text: &str) -> serde_json::Result<()> {
    serde_json::from_str::<TagWithoutQuotes>(text)?;
    serde_json::from_str::<UnknownCase>(text)?;
    serde_json::from_str::<CrateIsText>(text)?;
    serde_json::from_str::<RenameIsNumber>(text)?;
    serde_json::from_str::<TextAlone>(text)?;
    serde_json::from_str::<OtherWithValue>(text)?;
    serde_json::from_str::<NamedFields>(text)?;
    serde_json::from_str::<NoFieldsInBrackets>(text)?;
    serde_json::from_str::<SeveralFields>(text)?;
    serde_json::from_str::<OtherOnUnit>(text)?;
    serde_json::from_str::<OtherWithFields>(text)?;
    serde_json::from_str::<UntaggedUnit>(text)?;
    serde_json::from_str::<UntaggedRenamed>(text)?;
    serde_json::from_str::<UntaggedOther>(text)?;
    Ok(())
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum RecursiveWithoutContent {
    //~ A variant without content leads nowhere.
    #[open_union(recursive)]
    Ping,
    //~ The variant for other objects is recursive.
    #[open_union(other, recursive)]
    Unknown(serde_json::Value),
}

fn main() {}
