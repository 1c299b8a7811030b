//! Unions.
//!
//! Follows version 1 of the description of the API.
//! A value that this version does not name is kept as it came, in the variant `Unknown`.

use std::collections::BTreeMap;

use connectors_client::{Nullable, OpenEnum, OpenUnion, api_client, skip_unset};
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[api_client]
pub trait Items {
    #[get("items")]
    async fn list(&self) -> Vec<Item>;

    #[post("items")]
    async fn add(&self, #[body] item: &Item);

    #[get("sources")]
    async fn list_sources(&self) -> Vec<Source>;

    #[get("pets")]
    async fn list_pets(&self) -> Vec<Pet>;

    #[put("contents")]
    async fn put_content(&self, #[body] content: &Content) -> Content;

    #[get("places")]
    async fn get_places(&self) -> Places;

    #[post("events")]
    async fn echo_events(&self, #[body] events: &[Event]) -> Vec<Notice>;
}

#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "type", rename_all = "snake_case")]
pub enum Item {
    Message(ItemMessage),
    ToolCall(ToolCall),
    ToolOutput(ToolOutput),
    Image(ItemImage),
    Reference(Reference),
    #[open_union(other)]
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "role", rename_all = "snake_case")]
pub enum ItemMessage {
    User(UserMessage),
    Assistant(AssistantMessage),
    #[open_union(other)]
    Unknown(Value),
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct UserMessage {
    pub text: String,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct AssistantMessage {
    pub parts: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct ToolCall {
    pub id: String,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct ToolOutput {
    pub id: String,
    pub output: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum ItemImage {
    ImagePreview(ImagePreview),
    Image(Image),
    Unknown(Value),
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Image {
    pub url: String,
}

#[skip_unset]
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct ImagePreview {
    pub url: String,
    pub width: Option<i64>,
}

#[skip_unset]
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Reference {
    pub id: Option<String>,
}

#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "type", rename_all = "snake_case")]
pub enum Source {
    File(SourceFile),
    Folder(SourceFolder),
    #[open_union(untagged)]
    Owned(SourceOwned),
    #[open_union(untagged)]
    Entry(SourceEntry),
    #[open_union(other)]
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct SourceFile {
    pub id: String,
    pub size: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct SourceFolder {
    pub id: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct SourceEntry {
    pub id: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct SourceOwned {
    pub id: String,
    pub owner: String,
}

#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "petType")]
pub enum Pet {
    #[open_union(rename = "hound")]
    Hound(Dog),
    #[open_union(rename = "stray")]
    Stray(PetStray),
    Cat(Cat),
    Fish(Fish),
    #[open_union(other)]
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Dog {
    pub name: Option<String>,
    pub bark: bool,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PetStray {
    pub name: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Cat {
    pub name: Option<String>,
    pub lives: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Fish {
    pub name: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Content {
    Text(String),
    Object(ContentObject),
}

#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "type", rename_all = "snake_case")]
pub enum ContentObject {
    Media(MediaPart),
    Image(ContentObjectImage),
    Link(ContentObjectLink),
    #[open_union(untagged)]
    Shape(Shape),
    #[open_union(other)]
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "action", rename_all = "snake_case")]
pub enum MediaPart {
    Play(MediaPartPlay),
    Stop,
    #[open_union(other)]
    Unknown(Value),
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct ContentObjectImage {
    pub url: String,
}

#[skip_unset]
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct ContentObjectLink {
    pub url: String,
    pub title: Option<String>,
}

#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "type", rename_all = "snake_case")]
pub enum Shape {
    Circle(ShapeCircle),
    Square(ShapeSquare),
    #[open_union(other)]
    Unknown(Value),
}

#[skip_unset]
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct MediaPartPlay {
    pub at: Option<i64>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct ShapeCircle {
    pub radius: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct ShapeSquare {
    pub side: i64,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Places {
    pub either: PlacesEither,
    pub wider: PlacesWider,
    pub level: PlacesLevel,
    pub flags: PlacesFlags,
    pub loose: PlacesLoose,
    pub told: PlacesTold,
    pub key: Option<PlacesKey>,
    pub entry: Option<PlacesEntry>,
    pub twin: Option<PlacesTwin>,
    pub said: Option<PlacesSaid>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PlacesEither {
    pub x: Option<String>,
    pub y: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum PlacesWider {
    NamedSpot(NamedSpot),
    Spot(Spot),
    Text(String),
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum PlacesLevel {
    One(PlacesLevelOne),
    Two(PlacesLevelTwo),
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PlacesFlags {
    pub on: bool,
    pub since: Option<String>,
    pub reason: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum PlacesLoose {
    Object(BTreeMap<String, String>),
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum PlacesTold {
    Dog(PlacesToldDog),
    Cat(PlacesToldCat),
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "kty", rename_all = "UPPERCASE")]
pub enum PlacesKey {
    Rsa(KeyRsa),
    Ec(KeyEc),
    #[open_union(untagged)]
    Secretless(Secretless),
    #[open_union(other)]
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum PlacesEntry {
    Text(String),
    Object(PlacesEntryObject),
}

#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "kty", rename_all = "UPPERCASE")]
pub enum PlacesTwin {
    Rsa(KeyRsa),
    Ec(KeyEc),
    #[open_union(untagged)]
    Other(PlacesTwinOther),
    #[open_union(other)]
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "type", rename_all = "snake_case")]
pub enum PlacesSaid {
    Circle(PlacesSaidCircle),
    Square(ShapeSquare),
    #[open_union(untagged)]
    Ring(Ring),
    #[open_union(other)]
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Spot {
    pub a: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct NamedSpot {
    pub a: String,
    pub b: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PlacesLevelOne {
    pub kind: i64,
    pub one: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PlacesLevelTwo {
    pub kind: i64,
    pub two: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PlacesToldCat {
    pub cat: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PlacesToldDog {
    pub dog: String,
    pub age: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Secretless {
    pub r#use: Option<String>,
    pub kid: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Ring {
    /// Always `circle`.
    pub r#type: Option<String>,
    pub radius: RingRadius,
    pub width: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct KeyRsa {
    pub n: Option<String>,
    pub r#use: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct KeyEc {
    pub x: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum RingRadius {
    Integer(i64),
    Text(String),
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    Ping(EventPing),
    Push(EventPush),
    #[open_union(other)]
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "event")]
pub enum Notice {
    #[open_union(rename = "file.added")]
    FileAdded(NoticeFileAdded),
    #[open_union(rename = "file.moved")]
    FileMoved(NoticeFileMoved),
    #[open_union(other)]
    Unknown(Value),
}

#[skip_unset]
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct EventPing {
    pub id: String,
    pub at: Option<i64>,
    pub priority: Nullable<EventPriority>,
    pub labels: Option<Labels>,
    pub hop: Option<i64>,
}

#[skip_unset]
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct EventPush {
    pub id: String,
    pub at: Option<i64>,
    pub priority: Nullable<EventPriority>,
    pub labels: Option<Labels>,
    pub branch: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct NoticeFileAdded {
    pub id: String,
    pub note: Option<String>,
    pub level: i64,
    pub data: NoticeFileAddedData,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct NoticeFileMoved {
    pub id: String,
    pub note: Option<String>,
    pub level: i64,
    pub data: NoticeFileMovedData,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, OpenEnum)]
pub enum EventPriority {
    #[open_enum(number = 1)]
    Low,
    #[open_enum(number = 2)]
    High,
    Unknown(i64),
}

#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "kind", rename_all = "snake_case")]
pub enum Labels {
    Counts(LabelsCounts),
    None(LabelsNone),
    #[open_union(other)]
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct NoticeFileAddedData {
    pub size: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct NoticeFileMovedData {
    pub to: String,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct LabelsCounts {
    /// Always `counts`.
    pub kind: String,
    /// All other members.
    #[serde(flatten)]
    pub more: BTreeMap<String, i64>,
}

#[skip_unset]
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct LabelsNone {
    pub reason: Option<String>,
}

#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "kty", rename_all = "UPPERCASE")]
pub enum PlacesEntryObject {
    Rsa(KeyRsa),
    Ec(KeyEc),
    #[open_union(untagged)]
    Secretless(Secretless),
    #[open_union(other)]
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "type", rename_all = "snake_case")]
pub enum PlacesTwinOther {
    Circle(ShapeCircle),
    Square(ShapeSquare),
    #[open_union(untagged)]
    Secretless(Secretless),
    #[open_union(other)]
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PlacesSaidCircle {
    pub r#type: Option<String>,
    pub radius: RingRadius,
    pub width: Option<i64>,
}
