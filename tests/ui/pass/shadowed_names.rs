//! Names of the prelude and of the standard library that mean something else here.

#![deny(warnings)]
#![allow(dead_code, unused_imports, unused_macros, non_camel_case_types)]
#![allow(clippy::wrong_self_convention)]

use connectors_client::{ErrorClass, Fake, FakeReply, Nullable, api_client};

type Result<T> = std::result::Result<T, u8>;
type Option<T> = std::option::Option<T>;
type str = std::primitive::str;

#[derive(serde::Serialize, serde::Deserialize)]
struct T(u8);
struct M;
struct String;
struct Vec;
struct Box;
struct Arc;
struct Client;
struct Error;
struct Endpoint;
struct Request;
struct Duration;
struct Mode;
struct u32;
struct usize;
struct bool;
trait Send {}
trait Sync {}
trait Sized {}
trait Clone {}
trait Debug {}
trait Future {}
trait IntoFuture {}
trait From {}
trait Into {}
trait Default {}
trait Drop {}
trait Fn {}

mod core {}
mod std_ {}
mod connectors_client_ {}

fn drop() {}

struct Some;
struct None;
struct Ok;
struct Err;

/// Methods that every type has here; those that generated code calls are its own.
trait Everything {
    fn call(&self) {}
    fn limit(&self) {}
    fn maybe_limit(&self) {}
    fn note_null(&self) {}
    fn send(&self) {}
    fn clone(&self) {}
    fn raw(&self) {}
    fn with_options(&self) {}
    fn into_future(&self) {}
    fn update(&self) {}
}

impl<X: ?std::marker::Sized> Everything for X {}

macro_rules! shadowed {
    () => {
        compile_error!("a macro of the module was called");
    };
}
use shadowed as unreachable;

#[api_client(error = ThingsError)]
trait Things {
    #[patch("things/<id>?<limit>", timeout = "5s", at_most_one(limit, note))]
    async fn update(
        &self,
        id: &str,
        limit: Option<i64>,
        note: Nullable<&str>,
        m: T,
        #[header("X-N")] n: Option<&str>,
    ) -> T;

    async fn first(&self) -> T {
        T(1)
    }
}

#[derive(
    ::std::clone::Clone, ::std::marker::Copy, ::std::fmt::Debug, ::std::cmp::PartialEq, ErrorClass,
)]
enum ThingsError {
    #[status(404)]
    None,
    #[status(503)]
    Some,
    #[status(other)]
    Other,
}

#[tokio::test]
async fn generated_code_means_the_real_ones() {
    let fake = Fake::new().on(ThingsClient::UPDATE, |_| FakeReply::json(404, ()));
    let things = ThingsClient::new(fake.client());
    let error = things.update("x", T(1)).note_null().limit(1).await.err().unwrap();
    assert_eq!(error.class::<ThingsError>().unwrap(), ThingsError::None);
    assert_eq!(Things::first(&things).await.0, 1);
    assert_eq!(
        things.with_raw_response().update("x", T(1)).await.err().unwrap().status().unwrap(),
        404
    );
}
