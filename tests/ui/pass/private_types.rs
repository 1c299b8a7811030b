//! A private trait with private types, in a module and in a function.

#![deny(warnings)]

use connectors_client::{ErrorClass, Fake, FakeReply, api_client};

mod inner {
    use connectors_client::api_client;

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    pub(super) struct Thing(pub(super) u8);

    #[api_client]
    pub(super) trait Things {
        #[put("things/<id>")]
        async fn put(&self, id: u8, #[body] thing: &Thing) -> Thing;
    }
}

#[tokio::test]
async fn a_trait_can_be_in_a_function() {
    #[derive(serde::Serialize)]
    struct Filter {
        limit: u8,
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Thing {
        name: String,
    }

    #[derive(Clone, Copy, Debug, PartialEq, ErrorClass)]
    enum ThingsError {
        #[status(404)]
        NotFound,
        #[status(other)]
        Other,
    }

    #[api_client(error = ThingsError)]
    trait Things {
        #[get("things?<filter..>")]
        async fn find(&self, filter: Option<Filter>) -> Thing;

        #[get("things/<id>")]
        async fn get(&self, id: &str) -> Thing;
    }

    let fake = Fake::new()
        .on(ThingsClient::FIND, |_| FakeReply::json(200, serde_json::json!({"name": "x"})))
        .on(ThingsClient::GET, |_| FakeReply::json(404, ()));
    let things = ThingsClient::new(fake.client());
    assert_eq!(
        things.find().filter(Filter { limit: 1 }).await.unwrap(),
        Thing { name: "x".to_owned() }
    );
    let class = things.get("x").await.unwrap_err().class();
    assert_eq!(class, Some(ThingsError::NotFound));
    assert_ne!(class, Some(ThingsError::Other));
}

#[tokio::test]
async fn a_trait_has_the_visibility_of_its_module() {
    use inner::{Thing, ThingsClient};

    let fake = Fake::new().on(ThingsClient::PUT, |_| FakeReply::json(200, 2));
    let made = ThingsClient::new(fake.client()).put(1, &Thing(2)).await.unwrap();
    assert_eq!(made, Thing(2));
}
