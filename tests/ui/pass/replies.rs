//! Types that read replies: generic ones, ones with keywords as names, and where the crate has another name.

#![deny(warnings, clippy::all, clippy::pedantic)]

use std::borrow::Cow;
use std::fmt::Debug;

use serde::Deserialize;

mod my {
    pub(super) use connectors_client as http;
}

/// A lifetime, a type and a number, and names that are also in what is generated.
#[derive(Debug, my::http::FromResponse)]
#[from_response(crate = my::http)]
enum Reply<'a, T, const N: usize>
where
    T: Debug,
{
    #[status(200, 201)]
    Done(T),
    #[status(202)]
    r#Type {
        #[header("X-Type")]
        r#type: Option<T>,
        #[header("X-Numbers")]
        response: Cow<'a, str>,
        #[status]
        status: u16,
        #[body]
        field_0: [u8; N],
    },
    #[deprecated]
    #[status(203)]
    Old(),
    #[status(204, 304)]
    Nothing {},
    #[status(other)]
    Rest,
}

#[derive(Debug, PartialEq, my::http::FromResponse)]
#[from_response(crate = my::http)]
struct Unit;

#[derive(Clone, Debug, Deserialize, PartialEq)]
struct Name(String);

#[my::http::api_client(crate = my::http)]
trait Things {
    #[get("things")]
    async fn get(&self) -> Reply<'static, Name, 2>;

    #[get("unit")]
    async fn unit(&self) -> Unit;
}

fn things(status: u16, body: &'static str) -> ThingsClient {
    let fake = my::http::Fake::new()
        .on(ThingsClient::GET, move |_| {
            my::http::FakeReply::new(status, body).header("x-type", "a").header("x-numbers", "1, 2")
        })
        .on(ThingsClient::UNIT, move |_| my::http::FakeReply::new(status, body));
    ThingsClient::new(fake.client())
}

#[tokio::test]
async fn each_is_read() {
    assert!(matches!(things(201, "\"b\"").get().await, Ok(Reply::Done(Name(name))) if name == "b"));
    let Ok(Reply::Type { r#type, response, status, field_0 }) = things(202, "[1, 2]").get().await
    else {
        panic!("202 is `Type`")
    };
    assert_eq!((r#type, &*response), (Some(Name("a".to_owned())), "1, 2"));
    assert_eq!((status, field_0), (202, [1, 2]));
    assert!(matches!(things(304, "").get().await, Ok(Reply::Nothing {})));
    assert!(matches!(things(299, "").get().await, Ok(Reply::Rest)));
    assert_eq!(things(299, "anything").unit().await.ok(), Some(Unit));
    assert!(things(304, "").unit().await.is_err());
}
