//! Media.
//!
//! Follows version 1 of the description of the API.

use connectors_client::{
    ApiClient, Body, ByteStream, EventStream, FromResponse, JsonLines, Part, Parts,
    ServerSentEvent, Text, api_client, skip_unset,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The whole API as one client.
#[derive(Clone, Debug, ApiClient)]
pub struct Media {
    pub files: FilesClient,
    pub answers: AnswersClient,
}

#[api_client(prefix = "files")]
pub trait Files {
    #[post("", multipart)]
    async fn upload(
        &self,
        name: &str,
        file: Part,
        meta: Option<&UploadMeta>,
        pages: Option<Parts>,
    ) -> Text;

    #[get("<id>", accept = "application/octet-stream")]
    async fn download(&self, id: &str) -> ByteStream;

    #[put("<id>")]
    async fn replace(&self, id: &str, #[body(content_type = "image/png")] content: Body);

    #[patch("<id>")]
    async fn describe(
        &self,
        id: &str,
        #[body(content_type = "application/merge-patch+json")] body: &Map<String, Value>,
    );

    #[put("<id>/flag")]
    async fn set_flag(&self, id: &str, #[body(content_type = "text/plain")] body: &str);

    #[put("<id>/rows")]
    async fn set_rows(&self, id: &str, #[body(content_type = "application/x-ndjson")] body: Body);

    #[put("<id>/note")]
    async fn set_note(&self, id: &str, #[body(content_type = "application/xml")] body: &str);

    #[put("<id>/picture")]
    async fn set_picture(
        &self,
        id: &str,
        #[body(content_type = "image/png")] content: Option<Body>,
    );

    #[post("<id>/picture")]
    async fn add_picture(&self, id: &str, #[body] content: Option<Body>);

    #[get("<id>/link")]
    async fn link(&self, id: &str) -> LinkReply;

    #[get("<id>/table")]
    async fn table(
        &self,
        id: &str,
        #[header("If-None-Match")] if_none_match: Option<&str>,
    ) -> TableReply;
}

#[api_client]
pub trait Answers {
    #[post("answers", fields(stream = false))]
    async fn answer(&self, question: &str) -> Answer;

    /// The response is a stream.
    #[post("answers", fields(stream = true))]
    async fn answer_stream(&self, question: &str) -> EventStream<Piece>;

    #[get("answers/log")]
    async fn log(&self) -> JsonLines<Answer>;

    #[get("answers/events")]
    async fn watch(&self) -> EventStream<ServerSentEvent>;

    #[request("QUERY", "search")]
    async fn search(&self, text: Option<&str>) -> Vec<Answer>;
}

#[skip_unset]
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct UploadMeta {
    pub tag: Option<String>,
}

#[derive(Clone, Debug, PartialEq, FromResponse)]
pub enum LinkReply {
    /// To the file.
    #[status(302)]
    Found {
        #[header("Location")]
        location: String,
    },
}

#[derive(Debug, FromResponse)]
pub enum TableReply {
    /// Rows.
    #[status(200)]
    Ok(Text),
    /// As before.
    #[status(304)]
    NotModified,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Answer {
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Piece {
    pub delta: String,
}
