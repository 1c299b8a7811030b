//! The runtime under another path.

#![deny(warnings)]

mod facade {
    pub(super) mod http {
        pub(in super::super) use connectors_client::*;
    }
}

use facade::http::{Fake, FakeReply, api_client};

#[api_client(crate = facade::http, error = ThingsError)]
trait Things {
    #[patch("things/<id>", timeout = "1s", at_most_one(name, title))]
    async fn update(
        &self,
        id: &str,
        name: Option<&str>,
        title: facade::http::Nullable<&str>,
        #[header("X-Note")] note: Option<&str>,
    ) -> String;

    async fn first(&self) -> Option<String> {
        None
    }
}

#[derive(Clone, Copy, Debug, PartialEq, facade::http::ErrorClass)]
#[error_class(crate = facade::http)]
enum ThingsError {
    #[status(other)]
    Other,
}

#[tokio::test]
async fn the_runtime_is_found() {
    let fake = Fake::new().on(ThingsClient::UPDATE, |_| FakeReply::json(500, ()));
    let error = ThingsClient::new(fake.client()).update("x").title_null().await.unwrap_err();
    assert_eq!(error.class(), Some(ThingsError::Other));
}
