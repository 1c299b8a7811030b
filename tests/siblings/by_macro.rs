//! Types, modules and fields that a macro by example hands to our macros.

use connectors_client::{FromEvent, FromResponse, OpenEnum, Page, ServerSentEvent, api_client};
use serde::{Deserialize, Serializer};
use support::server::{Reply, Server};

use crate::client;

mod hex {
    use std::fmt::LowerHex;

    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(
        value: &impl LowerHex,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.serialize_str(&format!("{value:x}"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
        let text = String::deserialize(from)?;
        u32::from_str_radix(&text, 16).map_err(serde::de::Error::custom)
    }
}

/// A type with the functions of a module, as those of `serde_with`.
struct As<T>(std::marker::PhantomData<T>);

struct Upper;

impl As<Upper> {
    fn serialize<S: Serializer>(value: &str, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&value.to_uppercase())
    }
}

#[derive(Debug, Deserialize, PartialEq)]
struct Item {
    id: u32,
}

macro_rules! api {
    ($module:ident, $number:ty, $item:ty, $items:ident, $cursor:ident, $text:ty) => {
        #[api_client]
        trait Things {
            #[get("things/<id>?<after>", paginate(cursor = after))]
            async fn list(&self, #[with($module)] id: $number, after: Option<$number>) -> Listed;

            #[get("one")]
            async fn one(
                &self,
                #[header("X-Name")]
                #[with(As::<Upper>)]
                name: &str,
            ) -> One;
        }

        #[derive(Deserialize, Page)]
        struct Listed {
            #[page(items, cursor = $cursor)]
            $items: Vec<$item>,
            #[page(total_items)]
            total: $number,
        }

        #[derive(Debug, FromResponse, PartialEq)]
        struct One {
            #[header("X-Id")]
            #[with($module)]
            id: $number,
            #[header("X-Plain")]
            plain: $number,
            #[status]
            status: u16,
            #[body]
            item: $item,
        }

        #[derive(Debug, OpenEnum, PartialEq)]
        enum Kind {
            Known,
            Other($text),
        }

        #[derive(Debug, FromEvent, PartialEq)]
        enum Event {
            #[event("item")]
            Item($item),
        }
    };
}

api!(hex, u32, Item, all, id, String);

#[tokio::test]
async fn tokens_of_a_macro_see_the_names_of_generated_code() {
    let server = Server::start([
        Reply::json(200, r#"{"all": [{"id": 1}, {"id": 2}], "total": 2}"#),
        Reply::json(200, r#"{"all": [], "total": 2}"#),
        Reply::json(200, r#"{"id": 9}"#).header("X-Id", "ff").header("X-Plain", "7"),
    ]);
    let things = ThingsClient::new(client(&server));
    let mut items = things.list(255).items();
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(item.unwrap().id);
    }
    let one = things.one("ab").await.unwrap();
    assert_eq!(one, One { id: 255, plain: 7, status: 200, item: Item { id: 9 } });
    assert_eq!(ids, [1, 2]);
    let requests = server.requests();
    let targets: Vec<_> = requests.iter().map(|request| &*request.target).collect();
    assert_eq!(targets, ["/things/ff", "/things/ff?after=2", "/one"]);
    assert_eq!(requests[2].header("x-name"), Some("AB"));
    assert_eq!(Kind::from("Known"), Kind::Known);
    assert_eq!(Kind::from("x"), Kind::Other("x".to_owned()));
    let event = Event::from_event(&ServerSentEvent::new("item", r#"{"id": 4}"#)).unwrap();
    assert_eq!(event, Event::Item(Item { id: 4 }));
}
