//! The examples of a description, decoded into declared types.

use std::path::Path;

use connectors_client::Endpoint;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::model::{Document, MediaType, Operation, Status};
use crate::notice::{Location, Notice};

use super::body::is_json;
use super::declared::Declared;
use super::find::{self, Found};

/// An example of a JSON body in a description.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The place of the body in the description.
    pub at: Location,
    /// The statuses of the response, or `None` for the body of a request.
    pub status: Option<Status>,
    /// The example.
    pub value: Value,
}

impl Example {
    /// Returns true if it is the body of a success.
    pub fn is_success(&self) -> bool {
        self.status.is_some_and(Status::is_success)
    }

    /// Decodes the example.
    ///
    /// # Errors
    /// If the type does not fit. The sentence has the place in the description, and serde's words.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, Notice> {
        T::deserialize(&self.value).map_err(|error| {
            let name = std::any::type_name::<T>();
            Notice::new(self.at.clone(), format!("`{name}` does not fit the example: {error}"))
        })
    }
}

/// Returns the examples of the JSON bodies of an endpoint: of requests, successes and errors. A
/// success is returned without its envelope, if the endpoint declares one.
///
/// # Errors
/// If the description has no operation for the endpoint.
pub fn examples(document: &Document, endpoint: &'static Endpoint) -> Result<Vec<Example>, Notice> {
    let declared = Declared::from_endpoint(endpoint);
    let operation = match find::find(document, &declared) {
        Found::Operation(operation) => Some(operation),
        Found::Several(operations) => operations.first().copied(),
        Found::OtherMethods(_) | Found::OtherPath(_) => None,
    };
    let Some(operation) = operation else {
        let at = Location { pointer: "/paths".to_owned(), ..document.at() };
        let message = format!("the description has no `{} /{}`", declared.method, declared.path);
        return Err(Notice::new(at, message));
    };
    let mut found = of_operation(document, operation);
    for example in found.iter_mut().filter(|example| example.is_success()) {
        let data = endpoint.envelope().and_then(|name| example.value.get(name)).cloned();
        example.value = data.unwrap_or_else(|| std::mem::take(&mut example.value));
    }
    Ok(found)
}

fn of_operation(document: &Document, operation: &Operation) -> Vec<Example> {
    let request = operation.request_body.iter().map(|body| (None, body.content.as_slice()));
    let responses = operation
        .responses
        .iter()
        .map(|response| (Some(response.status), response.content.as_slice()));
    let contents = request
        .chain(responses)
        .flat_map(|(status, content)| content.iter().map(move |content| (status, content)));
    let json = contents.filter(|(_, content)| is_json(&content.name));
    json.flat_map(|(status, content)| {
        let values = of_content(document, content);
        values.into_iter().map(move |value| Example { at: content.at.clone(), status, value })
    })
    .collect()
}

/// Returns the examples of a body, or else those of its schema.
fn of_content(document: &Document, content: &MediaType) -> Vec<Value> {
    if !content.examples.is_empty() {
        return content.examples.clone();
    }
    let schema = content.schema.map(|id| document.resolved(id));
    schema.map(|schema| schema.examples.clone()).unwrap_or_default()
}

/// Asserts that a type decodes all examples that a description has of the successes of an endpoint.
/// A relative path begins at the folder of the package.
///
/// ```
/// # use connectors_client::api_client;
/// # #[api_client]
/// # pub trait Books {
/// #     #[get("books?<limit>")]
/// #     async fn list(&self, limit: Option<u32>) -> Vec<String>;
/// # }
/// # std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/drift")).unwrap();
/// connectors_openapi::assert_examples_decode::<Vec<String>>("small.yaml", BooksClient::LIST);
/// ```
///
/// [`examples`] has the examples of requests and errors too.
///
/// # Panics
/// If an example does not fit the type, or if there is no example. Also if the description cannot
/// be read, or has no operation for the endpoint.
#[track_caller]
pub fn assert_examples_decode<T: DeserializeOwned>(
    description: impl AsRef<Path>,
    endpoint: &'static Endpoint,
) {
    let document = Document::open(description).unwrap_or_else(|notice| panic!("{notice}"));
    let all = examples(&document, endpoint).unwrap_or_else(|notice| panic!("{notice}"));
    let successes: Vec<_> = all.iter().filter(|example| example.is_success()).collect();
    assert!(!successes.is_empty(), "the description has no example of a success of {endpoint}");
    let mistakes: Vec<_> = successes
        .iter()
        .filter_map(|example| example.decode::<T>().err())
        .map(|notice| format!("\n  {notice}"))
        .collect();
    assert!(mistakes.is_empty(), "{endpoint}:{}", mistakes.concat());
}
