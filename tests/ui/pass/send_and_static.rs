//! Requests and futures can be given to other threads, whatever was borrowed to make them.

#![deny(warnings)]

use std::fmt::Debug;
use std::rc::Rc;

use connectors_client::{Error, Fake, FakeReply, Nullable, api_client};

#[derive(serde::Deserialize)]
struct NotSend {
    #[serde(skip)]
    here: Option<Rc<u8>>,
}

#[api_client]
trait Things {
    #[post("things/<id>")]
    async fn create(&self, id: &str, names: &[&str], note: Nullable<&str>) -> String;

    #[get("things")]
    async fn local(&self) -> NotSend;
}

fn is_owned<T: Send + Sync + 'static>(value: T) -> T {
    value
}

fn is_sent<T: Send + 'static>(value: T) -> T {
    value
}

fn is_a_client<T: Clone + Debug + Send + Sync + 'static>() {}

#[tokio::test]
async fn requests_are_owned() {
    let fake = Fake::new().on(ThingsClient::CREATE, |_| FakeReply::json(200, "made"));
    let things = ThingsClient::new(fake.client());
    let (id, names) = ("1".to_owned(), ["a"]);

    let request = is_owned(things.create(&id, &names).note_null());
    let twin = request.clone();
    let first = tokio::spawn(is_sent(request.send()));
    let second = tokio::spawn(async move { twin.await });
    let third = tokio::spawn(is_sent(things.with_raw_response().create(&id, &names).into_future()));
    drop((id, things));

    assert_eq!(first.await.unwrap().unwrap(), "made");
    assert_eq!(second.await.unwrap().unwrap(), "made");
    assert_eq!(third.await.unwrap().unwrap().status(), 200);
}

#[test]
fn a_blocking_call_moves_to_a_thread() {
    let fake = Fake::new().on(ThingsClient::CREATE, |_| FakeReply::json(200, "made"));
    let request = BlockingThingsClient::new(fake.client()).create("1", &["a"]);
    let made: Result<String, Error> = std::thread::spawn(|| request.send()).join().unwrap();
    assert_eq!(made.unwrap(), "made");
}

#[tokio::test]
async fn a_call_through_the_trait_can_be_spawned() {
    async fn create<T: Things + 'static>(things: T) -> Result<String, Error> {
        let name = "a".to_owned();
        things.create("1", &[&name], Nullable::Value(&name)).await
    }
    let fake = Fake::new().on(ThingsClient::CREATE, |_| FakeReply::json(200, "made"));
    let things = ThingsClient::new(fake.client());
    assert_eq!(tokio::spawn(is_sent(create(things))).await.unwrap().unwrap(), "made");
}

#[tokio::test]
async fn the_data_need_not_be_send() {
    let fake = Fake::new().on(ThingsClient::LOCAL, |_| FakeReply::new(200, "{}"));
    assert!(ThingsClient::new(fake.client()).local().await.unwrap().here.is_none());
}

#[test]
fn clients_are_shared() {
    is_a_client::<ThingsClient>();
    is_a_client::<RawThingsClient>();
    is_a_client::<BlockingThingsClient>();
    is_a_client::<BlockingRawThingsClient>();
}
