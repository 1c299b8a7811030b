//! Calls that do not match the endpoint.

use connectors_client::{Error, api_client};

#[api_client]
pub trait Things {
    #[get("v1/things?<limit>")]
    async fn list(&self, limit: Option<u32>) -> Vec<String>;

    #[get("v1/things/<id>")]
    async fn get(&self, id: &str) -> String;

    #[get("v1/found?<limit>")]
    async fn find(&self, limit: u32) -> Vec<String>;
}

async fn await_on_question_mark(things: ThingsClient) -> Result<(), Error> {
    //~ The question mark stands before the `await`.
    things.get("x")?.await;
    Ok(())
}

async fn blocking_call_awaited(things: BlockingThingsClient) -> Result<(), Error> {
    //~ A blocking call is awaited.
    things.list().await?;
    Ok(())
}

async fn blocking_call_without_setters_awaited(things: BlockingThingsClient) -> Result<(), Error> {
    //~ A blocking call of an endpoint without optional arguments is awaited.
    things.get("x").await?;
    Ok(())
}

async fn optional_argument_given_in_place(things: ThingsClient) -> Result<(), Error> {
    //~ An optional argument is given in its place.
    things.list(Some(10)).await?;
    Ok(())
}

async fn required_argument_is_left_out(things: ThingsClient) -> Result<(), Error> {
    //~ A required argument is left out.
    things.get().await?;
    Ok(())
}

async fn setter_of_a_required_argument(things: ThingsClient) -> Result<(), Error> {
    //~ A required argument is left out.
    //~ It has no setter.
    things.find().limit(2).await?;
    Ok(())
}

async fn setter_given_an_option(things: ThingsClient, limit: Option<u32>) -> Result<(), Error> {
    //~ A setter is given an `Option`.
    things.list().limit(limit).await?;
    Ok(())
}

async fn setter_is_not_there(things: ThingsClient) -> Result<(), Error> {
    //~ The setter does not exist.
    things.list().offset(10).await?;
    Ok(())
}

async fn setter_of_other_type(things: ThingsClient) -> Result<(), Error> {
    //~ A setter is given another type.
    things.list().limit("10").await?;
    Ok(())
}

async fn question_mark_without_await(things: ThingsClient) -> Result<String, Error> {
    //~ The call is not awaited.
    Ok(things.get("x")?)
}

async fn method_without_await(things: ThingsClient) -> usize {
    //~ The call is not awaited, and its data is used.
    things.get("x").len()
}

async fn unwrapped_without_await(things: ThingsClient) -> String {
    //~ The call is not awaited, and its result is unwrapped.
    things.get("x").unwrap()
}

fn unwrapped_without_send(things: BlockingThingsClient) -> String {
    //~ The blocking call is not sent, and its result is expected.
    things.get("x").expect("a thing")
}

async fn mapped_without_await(things: ThingsClient) -> Result<String, String> {
    //~ The call is not awaited, and its error is mapped.
    things.get("x").map_err(|error| error.to_string())
}

async fn spawned_without_send_or_setters(things: ThingsClient) {
    //~ The call of an endpoint without optional arguments is spawned.
    //~ The task has no result either.
    tokio::spawn(things.get("x"));
}

async fn spawned_without_send(things: ThingsClient) {
    //~ The call is spawned and not sent.
    //~ The task has no result either.
    tokio::spawn(things.list());
}

async fn returned_without_await(things: ThingsClient) -> Result<String, Error> {
    //~ The call is returned and not awaited.
    things.get("x")
}

fn returned_without_send(things: BlockingThingsClient) -> Result<String, Error> {
    //~ The blocking call is returned and not sent.
    things.get("x")
}

async fn request_with_setters_returned(things: ThingsClient) -> Result<Vec<String>, Error> {
    //~ The request with a setter is returned and not awaited.
    things.list().limit(2)
}

fn blocking_request_with_setters_returned(
    things: BlockingThingsClient,
) -> Result<Vec<String>, Error> {
    //~ The blocking request with a setter is returned and not sent.
    things.list().limit(2)
}

fn raw_client_as_the_trait(things: RawThingsClient) {
    fn takes(_: impl Things) {}
    //~ The raw client does not implement the trait.
    takes(things);
}

fn raw_of_raw(things: RawThingsClient) -> RawThingsClient {
    //~ A raw client is asked for its raw client.
    things.with_raw_response()
}

//~ The trait is used as a trait object.
struct State(std::sync::Arc<dyn Things>);

//~ The trait is used as a trait object by reference.
fn dyn_trait(_: &dyn Things) {}

fn main() {}
