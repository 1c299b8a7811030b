//! Lists in multipart forms: only lists of `u8` are bytes.

use std::collections::BTreeSet;
use std::num::NonZeroU8;

use connectors_client::api_client;
use serde::{Serialize, Serializer};
use support::server::{Reply, Server};

use crate::{all_sent, client, form_of};

#[derive(Serialize)]
struct Rating(u8);

/// Serializes as a number, as `serde_repr` does.
enum Level {
    Low = 1,
}

impl Serialize for Level {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(Self::Low as u8)
    }
}

#[derive(Serialize)]
struct Bytes(Vec<u8>);

#[derive(Serialize)]
#[serde(untagged)]
enum Any {
    Levels([Level; 1]),
    Ratings(Vec<Rating>),
    Set(BTreeSet<NonZeroU8>),
    Wrapped(Bytes),
    Array([u8; 2]),
    ByteSet(BTreeSet<u8>),
    Vec(Vec<u8>),
}

#[api_client]
trait Forms {
    #[post("form", multipart)]
    async fn send(&self, list: &Any);

    #[post("form", multipart)]
    async fn pair(&self, list: (u8, u8));
}

async fn parts(list: Any) -> String {
    let server = Server::start([Reply::empty(204)]);
    FormsClient::new(client(&server)).send(&list).await.unwrap();
    all_sent(&server).remove(0)
}

#[tokio::test]
async fn lists_of_numbers_that_are_written_as_u8_are_a_part_per_item() {
    let numbers = |numbers: &[&str]| {
        let parts: Vec<_> = numbers.iter().map(|number| ("name=\"list\"", *number)).collect();
        format!("POST /form HTTP/1.1 {}", form_of(&parts))
    };
    assert_eq!(parts(Any::Levels([Level::Low])).await, numbers(&["1"]));
    assert_eq!(parts(Any::Ratings(vec![Rating(3), Rating(4)])).await, numbers(&["3", "4"]));
    let set: BTreeSet<_> = [1, 2].into_iter().map(|n| NonZeroU8::new(n).unwrap()).collect();
    assert_eq!(parts(Any::Set(set)).await, numbers(&["1", "2"]));
    let server = Server::start([Reply::empty(204)]);
    FormsClient::new(client(&server)).pair((5, 6)).await.unwrap();
    assert_eq!(all_sent(&server), [numbers(&["5", "6"])]);
}

#[tokio::test]
async fn lists_of_u8_are_a_file_even_if_they_are_empty() {
    let file = |content: &str| {
        let head = "name=\"list\"; filename=\"list\"|Content-Type: application/octet-stream";
        format!("POST /form HTTP/1.1 {}", form_of(&[(head, content)]))
    };
    assert_eq!(parts(Any::Wrapped(Bytes(b"ab".to_vec()))).await, file("ab"));
    assert_eq!(parts(Any::Array(*b"ab")).await, file("ab"));
    assert_eq!(parts(Any::ByteSet(BTreeSet::from(*b"ab"))).await, file("ab"));
    assert_eq!(parts(Any::Vec(Vec::new())).await, file(""));
}
