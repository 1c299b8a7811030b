//! Enums that keep unknown values: in JSON, in a URL and as text.

use std::collections::BTreeMap;

use connectors_client::{OpenEnum, Text, api_client};
use serde::de::IntoDeserializer as _;
use serde::de::value::{BorrowedStrDeserializer, Error as ValueError, StringDeserializer};
use serde::{Deserialize, Serialize};
use serde_json::json;
use support::server::{Reply, Server};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
enum State {
    Open,
    InProgress,
    #[open_enum(rename = "wont-fix")]
    WontFix,
    Unknown(String),
}

#[derive(Debug, PartialEq, Deserialize, Serialize)]
struct Ticket {
    state: State,
}

/// A tagged enum. serde buffers its fields before it decodes them.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Event {
    Changed { to: State },
}

#[derive(Serialize)]
struct Filter<'a> {
    state: &'a [State],
}

#[api_client]
trait Tickets {
    #[get("tickets/<state>?<not>&<filter..>")]
    async fn find(&self, state: &State, not: Option<&State>, filter: &Filter<'_>) -> Vec<Ticket>;

    #[put("tickets")]
    async fn put(&self, state: State, #[header("X-Was")] was: State) -> Text;

    #[post("tickets", form)]
    async fn post(&self, state: State) -> Text;
}

fn start(reply: &str) -> (Server, TicketsClient) {
    let server = Server::start([Reply::json(200, reply)]);
    let client = support::client(server.url()).env_proxies(false).build().unwrap();
    (server, TicketsClient::new(client))
}

fn unknown(text: &str) -> State {
    State::Unknown(text.to_owned())
}

const TEXTS: [&str; 5] = ["open", "in_progress", "wont-fix", "on hold & more", ""];

fn states() -> [State; 5] {
    [State::Open, State::InProgress, State::WontFix, unknown("on hold & more"), unknown("")]
}

#[test]
fn each_value_round_trips_through_json() {
    let sent = serde_json::to_value(states()).unwrap();
    assert_eq!(sent, json!(TEXTS));
    assert_eq!(serde_json::from_value::<Vec<State>>(sent).unwrap(), states());
    let text = serde_json::to_string(&states()).unwrap();
    assert_eq!(serde_json::from_str::<Vec<State>>(&text).unwrap(), states());
    assert_eq!(serde_json::from_reader::<_, Vec<State>>(text.as_bytes()).unwrap(), states());
}

#[test]
fn an_open_enum_can_be_a_map_key() {
    let map: BTreeMap<State, u8> = states().into_iter().zip(0..).collect();
    let text = serde_json::to_string(&map).unwrap();
    assert_eq!(text, r#"{"open":0,"in_progress":1,"wont-fix":2,"":4,"on hold & more":3}"#);
    assert_eq!(serde_json::from_str::<BTreeMap<State, u8>>(&text).unwrap(), map);
}

#[test]
fn an_open_enum_is_read_from_a_serde_buffer() {
    let event: Event = serde_json::from_str(r#"{"to": "wont-fix", "type": "changed"}"#).unwrap();
    assert_eq!(event, Event::Changed { to: State::WontFix });
    let lent = BorrowedStrDeserializer::<ValueError>::new("on_hold");
    assert_eq!(State::deserialize(lent).unwrap(), unknown("on_hold"));
    let owned: StringDeserializer<ValueError> = "open".to_owned().into_deserializer();
    assert_eq!(State::deserialize(owned).unwrap(), State::Open);
}

#[test]
fn a_value_that_is_not_a_string_is_refused() {
    let error = serde_json::from_str::<State>("5").unwrap_err();
    assert_eq!(
        error.to_string(),
        "invalid type: integer `5`, expected a string at line 1 column 1"
    );
    assert!(serde_json::from_str::<State>("null").is_err());
    assert_eq!(serde_json::from_str::<Option<State>>("null").unwrap(), None);
}

#[test]
fn an_open_enum_converts_to_and_from_text() {
    for (state, text) in states().into_iter().zip(TEXTS) {
        assert_eq!(state.as_str(), text);
        assert_eq!(state.as_ref(), text);
        assert_eq!(state.to_string(), text);
        assert_eq!(State::from(text), state);
        assert_eq!(State::from(text.to_owned()), state);
        assert_eq!(text.parse(), Ok(state));
    }
    assert_eq!(format!("[{:>6}|{:<6}]", State::Open, unknown("x")), "[  open|x     ]");
}

#[test]
fn an_unknown_text_is_kept_without_copying() {
    let text = "on_hold".to_owned();
    let place = text.as_ptr();
    let State::Unknown(kept) = State::from(text) else { panic!("expected an unknown state") };
    assert_eq!(kept.as_ptr(), place);
}

#[test]
fn values_are_equal_however_they_were_created() {
    assert_eq!(State::from("open"), State::Open);
    assert_eq!(State::from("Open"), unknown("Open"));
    assert_ne!(unknown("open"), State::Open);
}

#[tokio::test]
async fn an_open_enum_is_sent_in_path_and_query() {
    let (server, tickets) = start(r#"[{"state": "wont-fix"}, {"state": "on_hold"}]"#);
    let filter = Filter { state: &states() };
    let found = tickets.find(&State::WontFix, &filter).not(&unknown("a/b c")).await.unwrap();
    assert_eq!(found, [Ticket { state: State::WontFix }, Ticket { state: unknown("on_hold") }]);
    assert_eq!(
        server.request().target,
        "/tickets/wont-fix?not=a%2Fb+c&state=open&state=in_progress&state=wont-fix&state=on+hold+%26+more&state="
    );
}

#[tokio::test]
async fn an_open_enum_is_sent_in_body_and_header() {
    let (server, tickets) = start("");
    tickets.put(unknown("on_hold"), State::InProgress).await.unwrap();
    let request = server.request();
    assert_eq!(request.text(), r#"{"state":"on_hold"}"#);
    assert_eq!(request.header("x-was"), Some("in_progress"));
}

#[tokio::test]
async fn an_open_enum_is_sent_in_a_form() {
    let (server, tickets) = start("");
    tickets.post(unknown("on hold")).await.unwrap();
    assert_eq!(server.request().text(), "state=on+hold");
}

/// `FromStr` has a type `Err`, and `Result` a variant.
#[derive(Clone, Debug, PartialEq, OpenEnum)]
enum Outcome {
    Ok,
    Err,
    Output,
    Unknown(String),
}

#[test]
fn values_can_have_the_names_of_associated_types() {
    for (text, outcome) in [("Ok", Outcome::Ok), ("Err", Outcome::Err), ("Output", Outcome::Output)]
    {
        assert_eq!(text.parse::<Outcome>().unwrap(), outcome);
        assert_eq!(outcome.as_str(), text);
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, OpenEnum)]
enum Level {
    #[open_enum(number = 1)]
    Low,
    #[open_enum(number = -2)]
    None,
    Unknown(i64),
}

#[derive(Debug, PartialEq, Deserialize, Serialize)]
struct Alarm {
    level: Level,
    was: Option<Level>,
}

#[api_client]
trait Alarms {
    #[get("alarms/<level>?<not>")]
    async fn find_alarms(&self, level: Level, not: &[Level]) -> Vec<Alarm>;

    #[put("alarms")]
    async fn put_alarm(&self, level: Level, was: Option<Level>, #[header("X-Was")] old: Level);

    #[post("alarms", form)]
    async fn post_alarm(&self, level: Level);
}

#[tokio::test]
async fn numbers_are_values_too() {
    let body = r#"[{"level":1,"was":-2},{"level":9,"was":null}]"#;
    let server = Server::start([Reply::json(200, body)]);
    let client = support::client(server.url()).env_proxies(false).build().unwrap();
    let alarms = AlarmsClient::new(client);
    let found = alarms.find_alarms(Level::Low, &[Level::None, Level::Unknown(7)]).await.unwrap();
    assert_eq!(found[0], Alarm { level: Level::Low, was: Some(Level::None) });
    assert_eq!(found[1], Alarm { level: Level::Unknown(9), was: None });
    assert_eq!(serde_json::to_string(&found).unwrap(), body);
    alarms.put_alarm(Level::Unknown(9), Level::None).was(Level::Low).await.unwrap();
    alarms.post_alarm(Level::Low).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].target, "/alarms/1?not=-2&not=7");
    assert_eq!(
        (requests[1].text(), requests[1].header("x-was")),
        (r#"{"level":9,"was":1}"#, Some("-2"))
    );
    assert_eq!(requests[2].text(), "level=1");
    for text in [r#""1""#, "1.5", "true", "9223372036854775808"] {
        let error = serde_json::from_str::<Level>(text).unwrap_err().to_string();
        assert!(error.contains("expected i64"), "{error}");
    }
}
