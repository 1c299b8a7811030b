//! Pairs of a trait beside arguments, structs and maps with their names: the narrower one is sent.

use std::collections::BTreeMap;

use connectors_client::{ParameterPlace, Presence, RequestOptions, api_client};
use serde::Serialize;
use support::server::{Reply, Server};

use crate::{all_sent, client};

#[derive(Serialize)]
struct Filter {
    #[serde(rename = "api-version", skip_serializing_if = "Option::is_none")]
    version: Option<&'static str>,
    size: u8,
}

#[api_client(query("api-version" = "1", tags = ["a", "b"]), headers("X-V" = "1"), rename_all = "camelCase")]
trait Things {
    #[get("optional?api-version=<version>&<tags>")]
    async fn optional(
        &self,
        version: Option<&str>,
        tags: Option<&[&str]>,
        #[header("X-V")] v: Option<&str>,
    );

    #[get("required?api-version=<version>")]
    async fn required(&self, version: &str);

    #[get("filter?<filter..>")]
    async fn filter(&self, filter: &Filter);

    #[get("map?<filter..>", query("own pair" = 5))]
    async fn map(&self, filter: &BTreeMap<&str, &str>);

    #[post("fields", fields(include_usage = true))]
    async fn fields(&self, page_size: u8);
}

fn things(server: &Server) -> ThingsClient {
    ThingsClient::new(client(server))
}

#[tokio::test]
async fn a_pair_of_the_trait_is_sent_unless_an_argument_is_set() {
    let server = Server::start([Reply::empty(204)]);
    let things = things(&server);
    things.optional().await.unwrap();
    things.optional().version("2").v("2").await.unwrap();
    things.optional().tags(&["c"]).await.unwrap();
    things.required("2").await.unwrap();
    let options = RequestOptions::new().query("api-version", 3);
    things.optional().options(options).await.unwrap();
    assert_eq!(
        all_sent(&server),
        [
            "GET /optional?api-version=1&tags=a&tags=b HTTP/1.1",
            "GET /optional?api-version=2&tags=a&tags=b HTTP/1.1",
            "GET /optional?tags=c&api-version=1 HTTP/1.1",
            "GET /required?api-version=2&tags=a&tags=b HTTP/1.1",
            "GET /optional?api-version=3&tags=a&tags=b HTTP/1.1",
        ]
    );
    let sent: Vec<_> =
        server.requests().iter().map(|request| request.header("x-v").unwrap().to_owned()).collect();
    assert_eq!(sent, ["1", "2", "1", "1", "1"]);
}

#[tokio::test]
async fn a_field_of_a_struct_or_map_replaces_a_pair_of_the_trait() {
    let server = Server::start([Reply::empty(204)]);
    let things = things(&server);
    things.filter(&Filter { version: Some("9"), size: 1 }).await.unwrap();
    things.filter(&Filter { version: None, size: 1 }).await.unwrap();
    things.map(&BTreeMap::from([("own pair", "6"), ("tags", "c")])).await.unwrap();
    assert_eq!(
        all_sent(&server),
        [
            "GET /filter?api-version=9&size=1&tags=a&tags=b HTTP/1.1",
            "GET /filter?size=1&api-version=1&tags=a&tags=b HTTP/1.1",
            "GET /map?tags=c&own+pair=5&api-version=1 HTTP/1.1",
        ]
    );
}

#[test]
fn the_description_tells_the_pairs_of_the_trait() {
    let pairs = |endpoint: &connectors_client::Endpoint| {
        let query = endpoint.parameters().filter(|pair| pair.place() == ParameterPlace::Query);
        query.map(|pair| (pair.name(), pair.presence())).collect::<Vec<_>>()
    };
    assert_eq!(
        pairs(ThingsClient::OPTIONAL),
        [
            ("api-version", Presence::Optional),
            ("tags", Presence::Optional),
            ("api-version", Presence::Fixed),
            ("tags", Presence::Fixed),
        ]
    );
    let expected = [("api-version", Presence::Required), ("tags", Presence::Fixed)];
    assert_eq!(pairs(ThingsClient::REQUIRED), expected);
}

#[tokio::test]
async fn a_fixed_field_keeps_its_name_in_another_case() {
    let server = Server::start([Reply::empty(204)]);
    things(&server).fields(5).await.unwrap();
    let expected = "POST /fields?api-version=1&tags=a&tags=b HTTP/1.1 application/json \
                    {\"pageSize\":5,\"include_usage\":true}";
    assert_eq!(all_sent(&server), [expected]);
}
