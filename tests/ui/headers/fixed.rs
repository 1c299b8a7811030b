//! Invalid fixed header fields.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ Fixed headers are a value.
    #[get("v1/things", headers = "X-A: b")]
    async fn fixed_as_value(&self) -> Option<String>;

    //~ Fixed headers are bare.
    #[get("v1/things", headers)]
    async fn fixed_is_flag(&self) -> Option<String>;

    //~ Fixed headers are names.
    #[get("v1/things", headers(a, b))]
    async fn fixed_is_names(&self) -> Option<String>;

    //~ A fixed header is written with a colon.
    #[get("v1/things", headers("X-A": "b"))]
    async fn fixed_with_colon(&self) -> Option<String>;

    //~ A fixed header has no value.
    #[get("v1/things", headers("X-A"))]
    async fn fixed_without_value(&self) -> Option<String>;

    //~ A second fixed header has no name.
    #[get("v1/things", headers("X-A" = "b", c))]
    async fn fixed_second_without_name(&self) -> Option<String>;

    //~ The value of a fixed header is missing.
    #[get("v1/things", headers("X-A" = ))]
    async fn fixed_value_missing(&self) -> Option<String>;

    //~ The value of a fixed header is a number.
    #[get("v1/things", headers("X-A" = 5))]
    async fn fixed_value_is_number(&self) -> Option<String>;

    //~ The value of a fixed header has a newline.
    #[get("v1/things", headers("X-A" = "b\nc"))]
    async fn fixed_value_with_newline(&self) -> Option<String>;

    //~ The name of a fixed header is empty.
    #[get("v1/things", headers("" = "b"))]
    async fn fixed_name_is_empty(&self) -> Option<String>;

    //~ The name of a fixed header has a space.
    #[get("v1/things", headers("X A" = "b"))]
    async fn fixed_name_with_space(&self) -> Option<String>;

    //~ A fixed header is the transport's.
    #[get("v1/things", headers("Content-Length" = "5"))]
    async fn fixed_content_length(&self) -> Option<String>;

    //~ A fixed header is given twice.
    #[get("v1/things", headers("X-A" = "b", "x-a" = "c"))]
    async fn fixed_twice(&self) -> Option<String>;

    //~ A fixed header is in two lists.
    #[get("v1/things", headers("X-A" = "b"), headers("x-a" = "c"))]
    async fn fixed_twice_in_two_lists(&self) -> Option<String>;

    //~ A header is fixed and an argument.
    #[get("v1/things", headers("X-A" = "b"))]
    async fn fixed_and_argument(&self, #[header("x-a")] a: &str);
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
