//! Invalid `at_most_one`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ `at_most_one` is written as a value.
    #[post("v1/things", at_most_one = (a, b))]
    async fn at_most_one_as_value(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ `at_most_one` has no brackets.
    #[post("v1/things", at_most_one)]
    async fn at_most_one_bare(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ `at_most_one` names nothing.
    #[post("v1/things", at_most_one())]
    async fn at_most_one_empty(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ `at_most_one` is written with square brackets.
    #[post("v1/things", at_most_one[a, b])]
    async fn at_most_one_in_array(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ `at_most_one` names one argument.
    #[post("v1/things", at_most_one(a))]
    async fn at_most_one_of_one(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ `at_most_one` names an argument that is always given.
    #[post("v1/things", at_most_one(a, b))]
    async fn at_most_one_of_required(&self, a: Option<u32>, b: u32) -> String;

    //~ `at_most_one` names an argument twice.
    #[post("v1/things", at_most_one(a, a))]
    async fn at_most_one_of_same(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ `at_most_one` names strings.
    #[post("v1/things", at_most_one("a", "b"))]
    async fn at_most_one_of_strings(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ `at_most_one` names an argument that does not exist.
    #[post("v1/things", at_most_one(a, c))]
    async fn at_most_one_of_unknown(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ `at_most_one` has no comma.
    #[post("v1/things", at_most_one(a b))]
    async fn at_most_one_without_comma(&self, a: Option<u32>, b: Option<u32>) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
