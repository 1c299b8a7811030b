//! A trait that a macro by example writes.

#![deny(warnings)]

use connectors_client::{Fake, FakeReply, Nullable, api_client};

macro_rules! things {
    ($name:ident, $endpoint:ident, $template:literal, $argument:ident: $ty:ty, $result:ty) => {
        #[api_client]
        trait $name {
            #[patch($template)]
            async fn $endpoint(
                &self,
                id: &str,
                $argument: Nullable<$ty>,
                limit: Option<$ty>,
            ) -> $result;
        }
    };
}

things!(Things, update, "things/<id>?<limit>", size: u8, Vec<u8>);

#[tokio::test]
async fn all_that_is_generated_has_the_hygiene_of_the_macro() {
    let fake = Fake::new().on(ThingsClient::UPDATE, |_| FakeReply::json(200, [1]));
    let things = ThingsClient::new(fake.client());
    assert_eq!(things.update("x").size(1).limit(2).await.unwrap(), [1]);
    assert_eq!(fake.requests()[0].body(), r#"{"size":1}"#);
}
