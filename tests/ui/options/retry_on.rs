//! Invalid rules about retries.

use connectors_client::api_client;

#[api_client]
pub trait Jobs {
    //~ One status is not a list.
    #[get("v1/jobs", retry_on = 409)]
    async fn one(&self) -> Vec<String>;

    //~ A success is not retried.
    #[get("v1/jobs", retry_on = [200])]
    async fn success(&self) -> Vec<String>;

    //~ The kind of an error is unknown.
    #[get("v1/jobs", never_retry_on = [500, slow])]
    async fn unknown(&self) -> Vec<String>;

    //~ A success has no `Retry-After` that counts.
    #[get("v1/jobs", retry_on = [retry_after(204)])]
    async fn after_success(&self) -> Vec<String>;
}

fn main() {}
