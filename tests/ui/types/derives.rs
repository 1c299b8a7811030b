//! Types that a derive cannot read, keep or send.

use connectors_client::{ErrorClass, FromEvent, FromResponse, OpenEnum, OpenUnion, Page, api_client};

pub struct Problems {
    pub fields: Vec<String>,
}

#[derive(ErrorClass)]
pub enum ThingsError {
    #[status(409, 422)]
    //~ The body of an error has a type that cannot be read.
    Invalid(Option<Problems>),
    #[status(other)]
    Other,
}

#[api_client(error = ThingsError)]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

async fn error_body_cannot_be_read(client: ThingsClient) -> Option<ThingsError> {
    client.list().await.err()?.class()
}

#[derive(FromEvent)]
pub enum Progress {
    #[event("tick")]
    //~ The payload of an event cannot be read.
    Tick(Tick),
}

pub struct Tick;

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum Event {
    Ping,
    #[open_union(other)]
    //~ The variant for unknown objects has a type that cannot keep all of them.
    Unknown(String),
}

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum OpenUnionPayloadCannotBeRead {
    //~ The payload of an object cannot be read.
    Text(Text),
    #[open_union(other)]
    Unknown(serde_json::Value),
}

pub struct Text;

#[derive(OpenUnion)]
#[open_union(tag = "type")]
pub enum OpenUnionPayloadCannotBeSent {
    Text(OnlyRead),
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(serde::Deserialize)]
pub struct OnlyRead {}

#[api_client]
pub trait Sends {
    #[post("v1/events")]
    //~ The content of a union cannot be sent.
    async fn body(&self, #[body] event: &OpenUnionPayloadCannotBeSent);

    #[post("v1/events")]
    //~ The content of a union in a list cannot be sent.
    async fn field(&self, events: &[OpenUnionPayloadCannotBeSent]);
}

pub struct Report;

#[derive(FromResponse)]
pub struct Job {
    #[body]
    //~ The type of a body cannot be read.
    pub report: Report,
}

pub struct Total;

#[derive(FromResponse)]
pub struct HeaderCannotBeRead {
    #[header("X-Total")]
    //~ The type of a header cannot be read.
    pub total: Total,
}

#[derive(FromResponse)]
pub struct StatusOfOtherType {
    #[status]
    //~ The status is read as a text.
    pub status: String,
}

#[derive(OpenEnum)]
pub enum State {
    Open,
    //~ The variant for unknown values holds a type that is not text.
    Unknown(u32),
}

fn unknown_value_is_not_text(state: State) -> String {
    let state = State::from(state.as_str().to_owned());
    format!("{state} {:?}", serde_json::to_string(&state))
}

#[derive(Page)]
pub struct List {
    #[page(items)]
    pub items: Vec<String>,
    #[page(next)]
    //~ The cursor cannot be sent back.
    pub next: Next,
}

pub struct Next;

#[derive(Page)]
pub struct PageCursorOfUnknownField {
    //~ The items have no such field.
    #[page(items, cursor = key)]
    pub items: Vec<Item>,
}

pub struct Item {
    pub id: u8,
}

fn main() {}
