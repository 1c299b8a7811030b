//! Inline types that are alike become one.

use connectors_openapi::model::Document;
use connectors_openapi::{Drift, Steering, generate};
use support::server::{Reply, Server};

use crate::files::{NAMES, changed, document, generated, text};
use crate::generated::alike::{
    Address, Cat, CreateDogTask, GetDogNotesResponse, Keeper, Kennel, NotesResponse, Order,
    PlaceLink, Response, Right,
};

fn kennel(server: &Server) -> Kennel {
    Kennel::new(support::client(server.url()).env_proxies(false).build().unwrap())
}

#[tokio::test]
async fn responses_that_differ_in_one_field_are_one_struct() {
    let server = Server::start([
        Reply::json(200, r#"{"time": 0.5, "status": "ok", "result": [{"name": "Tom"}]}"#),
        Reply::json(200, r#"{"result": {"name": "Tom"}}"#),
        Reply::json(200, r#"{"status": "ok", "result": null}"#),
    ]);
    let kennel = kennel(&server);
    let cats = kennel.cats.list().cat_order(&Order::Desc).await.unwrap();
    assert_eq!(cats.time, Some(0.5));
    assert_eq!(cats.result.unwrap()[0].name, "Tom");
    let address = Address { city: "Bonn".to_owned(), street: None };
    let cat = kennel.cats.create("Tom").home_address(&address).await.unwrap();
    assert_eq!(cat.result.unwrap().name, "Tom");
    let dogs: Response<Vec<String>> = kennel.dogs.list().dog_order(&Order::Asc).await.unwrap();
    assert_eq!((dogs.status.as_deref(), dogs.result), (Some("ok"), None));
    let requests = server.requests();
    assert_eq!(requests[0].target, "/cats?cat_order=desc");
    assert_eq!(requests[1].text(), r#"{"name":"Tom","home_address":{"city":"Bonn"}}"#);
    assert_eq!(requests[2].target, "/dogs?dog_order=asc");
}

/// A value that is always there holds null itself. One that can be missing is an `Option`.
#[tokio::test]
async fn any_value_is_not_merged_with_an_optional_one() {
    let server = Server::start([
        Reply::json(200, r#"[{"author": "Ann", "note": null}]"#),
        Reply::json(200, r#"[{"author": "Ann", "note": 5}]"#),
        Reply::json(200, r#"[{"author": "Ann"}]"#),
    ]);
    let kennel = kennel(&server);
    let cats: Vec<NotesResponse> = kennel.cats.get_cat_notes().await.unwrap();
    let birds: Vec<NotesResponse> = kennel.dogs.get_bird_notes().await.unwrap();
    let dogs: Vec<GetDogNotesResponse> = kennel.dogs.get_dog_notes().await.unwrap();
    assert_eq!((&cats[0].note, &birds[0].note), (&serde_json::Value::Null, &5.into()));
    assert_eq!(dogs[0].note, None);
}

#[tokio::test]
async fn objects_with_one_member_are_variants() {
    let server = Server::start([Reply::empty(204), Reply::empty(204)]);
    let kennel = kennel(&server);
    let stick = Cat { name: "oak".to_owned() };
    kennel.dogs.create().task(&CreateDogTask::FetchStick(stick)).await.unwrap();
    kennel.dogs.create().task(&CreateDogTask::Run(3)).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].text(), r#"{"task":{"fetch_stick":{"name":"oak"}}}"#);
    assert_eq!(requests[1].text(), r#"{"task":{"run":3}}"#);
}

#[tokio::test]
async fn equal_types_of_several_fields_are_one() {
    let server = Server::start([Reply::json(
        200,
        r#"{"links": {"html": {"href": "/a"}, "self": {"href": "/b"}},
            "rights": {"cats": "read", "birds": "feed"},
            "keeper": {"name": "Ann"}, "deputy": null, "door": {}, "window": {"width": 2}}"#,
    )]);
    let place = kennel(&server).dogs.get_kennel("1").await.unwrap();
    let links: [PlaceLink; 2] = [place.links.html, place.links.self_];
    assert_eq!(links.map(|link| link.href), ["/a", "/b"]);
    let rights: [Option<Right>; 3] = [place.rights.cats, place.rights.dogs, place.rights.birds];
    assert_eq!(rights, [Some(Right::Read), None, Some(Right::Unknown("feed".to_owned()))]);
    let keepers: (Keeper, Option<Keeper>) = (place.keeper, place.deputy);
    assert_eq!((keepers.0.name.as_str(), keepers.1), ("Ann", None));
    assert_eq!((place.door.width, place.window.width), (None, Some(2)));
}

#[test]
fn types_of_fields_that_differ_or_are_few_stay_apart() {
    let source = generated("alike.yaml").source;
    assert!(source.contains("pub door: PlaceDoor,\n    pub window: PlaceWindow,"), "{source}");
    assert!(!source.contains("NullableKeeper"), "{source}");
    let twin = "NullableKeeper: { type: object, nullable: true, required: [name]";
    let source = changed("alike.yaml", &[(twin, &twin.replace("name]", "since]"))]);
    assert!(source.contains("pub deputy: Option<NullableKeeper>,"), "{source}");
    let source =
        changed("alike.yaml", &[("        next: *link", "        next: { type: string }")]);
    assert!(source.contains("pub html: PlaceLinksHtml,"), "{source}");
}

#[tokio::test]
async fn an_object_of_many_texts_is_a_map() {
    let server = Server::start([Reply::json(200, r#"{"a.1": "one", "new": "x"}"#)]);
    let words = kennel(&server).dogs.get_words().await.unwrap();
    assert_eq!((words["a.1"].as_str(), words["new"].as_str()), ("one", "x"));
}

#[test]
fn an_object_that_can_hold_more_than_plain_texts_is_no_map_of_texts() {
    let others = "      additionalProperties: false\n";
    for (from, to, returned, part) in [
        (others, "", "Map<String, Value>", "use serde_json::{Map, Value};"),
        ("s: false", "s: true", "Map<String, Value>", "use serde_json::{Map, Value};"),
        ("s: false", "s: { type: integer }", "Words", "pub more: BTreeMap<String, i64>,"),
        ("word { type: string", "word { type: string, nullable: true", "Words", "pub struct Words"),
        ("word { type: string", "word { type: string, enum: [a, b]", "Words", "pub struct Words"),
        ("a.2: *word", "password: *word", "Words", "pub password: Option<Secret>,"),
    ] {
        let source = changed("alike.yaml", &[(from, to)]);
        let signature = format!("levels: Option<&[u16]>) -> {returned};");
        assert!(source.contains(&signature) && source.contains(part), "{to}: {source}");
    }
}

#[test]
fn the_values_of_a_map_are_compared_with_each_member() {
    let source = generated("alike.yaml").source;
    for (member, message) in [
        ("{ type: integer }", "the description has an integer, and the type is a text"),
        ("{ type: string, nullable: true }", "the description allows null, and the type does not"),
    ] {
        let text = text("alike.yaml").replace("a.2: *word", &format!("a.2: {member}"));
        let document = Document::parse("alike.yaml", &text).unwrap();
        let found = Drift::new().source_text(&document, "alike.rs", &source).unwrap().differences;
        let [difference] = found.as_slice() else { panic!("{found:?}") };
        assert!(difference.to_string().contains(message), "{difference}");
        let pointer = &difference.location().pointer;
        assert!(pointer.ends_with("/Words/properties/a.2"), "{pointer}");
    }
}

#[test]
fn a_schema_with_the_name_of_the_parameter_is_renamed() {
    let source = changed(
        "alike.yaml",
        &[
            ("status: { type: string }", "status: { $ref: '#/components/schemas/T' }"),
            ("    Words:\n", "    T: { type: object, properties: { a: {} } }\n    Words:\n"),
        ],
    );
    assert!(
        source.contains("pub status: Option<KennelT>,\n    pub result: Option<T>,"),
        "{source}"
    );
    assert!(source.contains("pub struct KennelT {"), "{source}");
}

/// A list of `u8` would be bytes, which are no text.
#[tokio::test]
async fn small_numbers_in_a_query_are_numbers() {
    let server = Server::start([Reply::json(200, "{}")]);
    kennel(&server).dogs.get_words().levels(&[1, 255]).await.unwrap();
    assert_eq!(server.requests()[0].target, "/words?levels=1&levels=255");
}

#[test]
fn types_with_another_field_or_name_stay_apart() {
    let source = generated("alike.yaml").source;
    assert!(source.contains("async fn list_dog_names(&self, limit: Option<i64>) -> ListDogNames"));
    assert!(source.contains("pub struct ListDogNamesResponse {"), "{source}");
    // The second schema of an equal shape has a name in the description.
    assert!(source.contains("pub struct Cat {") && !source.contains("XOrder"));
}

#[test]
fn docs_are_one_line_and_say_more_than_names() {
    let source = generated("alike.yaml").source;
    assert!(!source.contains("The name of the cat") && !source.contains("The cat order"));
    let docs =
        "Maximum number of cats. Larger numbers are refused by the server. The default is `20`.";
    assert!(source.contains(docs) && !source.contains("Use pages"), "{source}");
    assert_eq!(source.matches("Maximum number of dogs.").count(), 1);
    let full = Steering { docs: connectors_openapi::Docs::Full, ..Steering::default() };
    let source = generate(&document("alike.yaml"), &full).unwrap().source;
    assert!(source.contains("Use pages if you need"), "{source}");
}

#[test]
fn no_generated_source_differs_from_its_description() {
    for name in NAMES {
        let source = generated(name).source;
        let report = Drift::new().source_text(&document(name), name, &source).unwrap();
        assert_eq!(report.differences, [], "{name}");
        // A source with another query differs, so the comparison sees this one.
        let changed = source.replacen("#[get(\"", "#[get(\"changed/", 1);
        if changed != source {
            let report = Drift::new().source_text(&document(name), name, &changed).unwrap();
            assert_ne!(report.differences, [], "{name}");
        }
    }
}
