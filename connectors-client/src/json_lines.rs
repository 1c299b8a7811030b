//! Lines of JSON (NDJSON): a value per line.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use serde::Serialize;

use crate::body::Body;
use crate::into_body::IntoBody;

/// A body of JSON lines: each item is one line of JSON, of the type `application/x-ndjson`.
///
/// It is made of a list or any iterator, whose items are encoded at once, or of a stream, whose items are encoded as they
/// are sent:
///
/// ```
/// use connectors_client::{Fake, JsonLines, api_client};
///
/// #[api_client]
/// trait Index {
///     #[post("documents")]
///     async fn add(&self, #[body] documents: JsonLines<&str>);
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), connectors_client::Error> {
/// let fake = Fake::new().on(IndexClient::ADD, |_| Fake::reply(204, ""));
/// IndexClient::new(fake.client()).add(["a", "b"].into_iter().collect()).await?;
/// assert_eq!(fake.requests()[0].body(), "\"a\"\n\"b\"\n");
/// # Ok(())
/// # }
/// ```
///
/// One of a stream can be sent once: a call that has begun to send it is not repeated. An item without a JSON form is the
/// call's [`Build`](crate::ErrorKind::Build) error; in a stream it ends the call where it comes up.
pub struct JsonLines<T>(Items<T>);

enum Items<T> {
    List(Vec<T>),
    /// Those of a stream, as the body that they become.
    Encoded(Body),
}

impl<T: Serialize + 'static> JsonLines<T> {
    /// The items of a stream.
    pub fn from_stream(items: impl Stream<Item = T> + Send + 'static) -> Self {
        Self(Items::Encoded(Body::from_stream(Lines(Box::pin(items)))))
    }
}

impl<T> FromIterator<T> for JsonLines<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(Items::List(items.into_iter().collect()))
    }
}

impl<T> From<Vec<T>> for JsonLines<T> {
    fn from(items: Vec<T>) -> Self {
        Self(Items::List(items))
    }
}

impl<T: Serialize> IntoBody for JsonLines<T> {
    fn into_body(self) -> Body {
        let body = match self.0 {
            Items::List(items) => match lines(&items) {
                Ok(lines) => Body::from(lines),
                Err(error) => return Body::mistake(format!("has an item that is no JSON: {error}")),
            },
            Items::Encoded(body) => body,
        };
        body.with_content_type("application/x-ndjson")
    }
}

fn lines<T: Serialize>(items: &[T]) -> serde_json::Result<Vec<u8>> {
    let mut lines = Vec::new();
    for item in items {
        serde_json::to_writer(&mut lines, item)?;
        lines.push(b'\n');
    }
    Ok(lines)
}

/// Each item as a line.
struct Lines<S>(Pin<Box<S>>);

impl<S: Stream<Item: Serialize>> Stream for Lines<S> {
    type Item = serde_json::Result<Vec<u8>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = self.0.as_mut().poll_next(context);
        item.map(|item| item.map(|item| lines(&[item])))
    }
}

/// Shows how many items there are, where that is known.
impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Items::List(items) => write!(f, "JsonLines({} items)", items.len()),
            Items::Encoded(_) => f.write_str("JsonLines(..)"),
        }
    }
}
