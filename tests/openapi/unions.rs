//! Unions: no response is taken for another variant, and none loses a member.

use connectors_client::Client;
use serde_json::{Value, json};
use support::server::{Reply, Server};

use crate::files::{changed, generated};
use crate::generated::unions::{
    Content, ContentObject, Dog, Event, EventPing, EventPriority, EventPush, Item, ItemImage,
    ItemMessage, ItemsClient, Labels, MediaPart, Notice, Pet, Places, PlacesEntry,
    PlacesEntryObject, PlacesKey, PlacesLevel, PlacesTold, Shape, Source, UserMessage,
};

fn client(server: &Server) -> Client {
    support::client(server.url()).env_proxies(false).build().unwrap()
}

fn item(value: &Value) -> Item {
    let item: Item = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&item).unwrap(), *value);
    item
}

#[test]
fn a_shared_tag_leads_to_an_enum_of_its_objects() {
    let user = item(&json!({"type": "message", "role": "user", "text": "hi"}));
    assert!(matches!(user, Item::Message(ItemMessage::User(user)) if user.text == "hi"));
    let other = item(&json!({"type": "message", "role": "assistant", "parts": ["a"]}));
    assert!(matches!(other, Item::Message(ItemMessage::Assistant(other)) if other.parts == ["a"]));
    let new = item(&json!({"type": "message", "role": "system", "text": "hi"}));
    assert!(matches!(new, Item::Message(ItemMessage::Unknown(_))), "{new:?}");
}

#[test]
fn each_tag_leads_to_its_own_object() {
    let output = item(&json!({"type": "tool_output", "id": "1", "output": "x"}));
    assert!(matches!(output, Item::ToolOutput(output) if output.output == "x"));
    let call = item(&json!({"type": "tool_call", "id": "1"}));
    assert!(matches!(call, Item::ToolCall(_)));
    let new = item(&json!({"type": "new", "id": "1", "output": "x"}));
    assert!(matches!(new, Item::Unknown(_)));
    assert!(matches!(item(&json!({"type": "reference", "id": "1"})), Item::Reference(_)));
}

/// Of two objects with one tag, the one with more members is tried first.
#[test]
fn no_object_hides_one_with_more_members() {
    let large = item(&json!({"type": "image", "url": "u", "width": 5}));
    assert!(
        matches!(&large, Item::Image(ItemImage::ImagePreview(image)) if image.width == Some(5)),
        "{large:?}"
    );
    item(&json!({"type": "image", "url": "u"}));
}

#[tokio::test]
async fn a_shared_tag_is_sent_once() {
    let server = Server::start([Reply::empty(204)]);
    let user = Item::Message(ItemMessage::User(UserMessage { text: "hi".to_owned() }));
    ItemsClient::new(client(&server)).add(&user).await.unwrap();
    assert_eq!(server.request().text(), r#"{"type":"message","role":"user","text":"hi"}"#);
}

#[tokio::test]
async fn objects_without_a_tag_are_tried_after_the_others() {
    let reply = json!([
        {"type": "file", "id": "1", "size": 5},
        {"type": "folder", "id": "2"},
        {"id": "3", "owner": "Ann"},
        {"id": "4"},
        {"name": "5"},
    ]);
    let server = Server::start([Reply::json(200, &reply.to_string())]);
    let found = ItemsClient::new(client(&server)).list_sources().await.unwrap();
    let [file, folder, owned, entry, other] = found.as_slice() else { panic!("{found:?}") };
    assert!(matches!(file, Source::File(file) if file.size == Some(5)), "{file:?}");
    assert!(matches!(folder, Source::Folder(_)), "{folder:?}");
    assert!(matches!(owned, Source::Owned(owned) if owned.owner == "Ann"), "{owned:?}");
    assert!(matches!(entry, Source::Entry(_)), "{entry:?}");
    assert!(matches!(other, Source::Unknown(other) if other["name"] == "5"), "{other:?}");
}

#[tokio::test]
async fn objects_that_are_merged_from_a_base_are_its_variants() {
    let reply = json!([
        {"petType": "hound", "name": "Rex", "bark": true},
        {"petType": "Cat", "lives": 9},
        {"petType": "Fish", "name": "Wanda"},
        {"petType": "Bird"},
        {"petType": "stray", "name": "Ash"},
    ]);
    let server = Server::start([Reply::json(200, &reply.to_string())]);
    let pets = ItemsClient::new(client(&server)).list_pets().await.unwrap();
    assert_eq!(pets[0], Pet::Hound(Dog { name: Some("Rex".to_owned()), bark: true }));
    assert!(matches!(&pets[1], Pet::Cat(cat) if cat.lives == Some(9)), "{pets:?}");
    assert!(matches!(&pets[2], Pet::Fish(fish) if fish.name.as_deref() == Some("Wanda")));
    assert!(matches!(&pets[3], Pet::Unknown(bird) if bird["petType"] == "Bird"));
    // The mapping names the base itself too.
    assert!(matches!(&pets[4], Pet::Stray(stray) if stray.name.as_deref() == Some("Ash")));
}

#[tokio::test]
async fn variants_have_the_members_that_stand_beside_their_union() {
    let reply = json!([
        {"id": "1", "event": "file.added", "level": 2, "data": {"size": 5}},
        {"id": "2", "event": "file.moved", "level": 2, "note": "n", "data": {"to": "/b"}},
        {"id": "3", "event": "file.gone"},
    ]);
    let server = Server::start([Reply::json(200, &reply.to_string())]);
    let labels: Labels = serde_json::from_value(json!({"kind": "counts", "a": 3})).unwrap();
    let ping = Event::Ping(EventPing { id: "7".to_owned(), hop: Some(3), ..EventPing::default() });
    let push = EventPush {
        id: "8".to_owned(),
        at: Some(1),
        priority: EventPriority::High.into(),
        labels: Some(labels),
        branch: "main".to_owned(),
    };
    let sent = [ping, Event::Push(push)];
    let notices = ItemsClient::new(client(&server)).echo_events(&sent).await.unwrap();
    assert_eq!(
        server.request().text(),
        r#"[{"kind":"ping","id":"7","hop":3},{"kind":"push","id":"8","at":1,"priority":2,"labels":{"kind":"counts","a":3},"branch":"main"}]"#
    );
    let [added, moved, gone] = notices.as_slice() else { panic!("{notices:?}") };
    assert!(matches!(added, Notice::FileAdded(added) if added.data.size == Some(5)), "{added:?}");
    let Notice::FileMoved(moved) = moved else { panic!("{moved:?}") };
    assert_eq!((moved.note.as_deref(), moved.data.to.as_str()), (Some("n"), "/b"));
    assert!(matches!(gone, Notice::Unknown(gone) if gone["id"] == "3"), "{gone:?}");
    // The union requires a level, although both variants describe it as optional.
    let without = json!({"id": "1", "event": "file.added", "data": {}});
    let error = serde_json::from_value::<Notice>(without).unwrap_err();
    assert!(error.to_string().contains("level"), "{error}");
}

/// Reads an object with this member beside those that it needs.
fn read(member: &str, value: Value) -> Places {
    let mut all = json!({
        "either": {}, "wider": "w", "level": {"kind": 2}, "flags": {"on": false},
        "loose": {}, "told": {"cat": "c"},
    });
    all[member] = value;
    serde_json::from_value(all).unwrap()
}

#[test]
fn variants_that_hide_each_other_keep_all_members() {
    let either = read("either", json!({"y": "1"})).either;
    assert_eq!((either.x.as_deref(), either.y.as_deref()), (None, Some("1")));
    let level = read("level", json!({"kind": 2, "two": "2"})).level;
    assert!(matches!(level, PlacesLevel::Two(two) if two.two.as_deref() == Some("2")));
    let flags = read("flags", json!({"on": false, "reason": "r"})).flags;
    assert_eq!((flags.on, flags.reason.as_deref()), (false, Some("r")));
    let loose = read("loose", json!({"k": "1"})).loose;
    assert!(format!("{loose:?}").contains(r#""k": "1""#), "{loose:?}");
    let wider = read("wider", json!({"a": "1", "b": "2"})).wider;
    assert!(format!("{wider:?}").contains(r#"b: Some("2")"#), "{wider:?}");
    // Control: variants that demand different members stay apart.
    let told = read("told", json!({"dog": "d", "age": 3})).told;
    assert!(matches!(told, PlacesTold::Dog(dog) if dog.age == Some(3)));
}

/// serde would try the union last, as it takes each object.
#[test]
fn no_object_hides_the_variants_of_a_union_with_a_tag() {
    let rsa = || json!({"kty": "RSA", "n": "1", "use": "sig"});
    let other = || json!({"kid": "7", "use": "enc"});
    let key = |value| read("key", value).key.unwrap();
    assert!(matches!(key(rsa()), PlacesKey::Rsa(rsa) if rsa.n.as_deref() == Some("1")));
    assert!(matches!(key(other()), PlacesKey::Secretless(one) if one.kid.as_deref() == Some("7")));
    let entry = |value| read("entry", value).entry.unwrap();
    assert!(matches!(entry(json!("k")), PlacesEntry::Text(text) if text == "k"));
    let PlacesEntry::Object(object) = entry(rsa()) else { panic!("{:?}", entry(rsa())) };
    assert!(matches!(object, PlacesEntryObject::Rsa(rsa) if rsa.n.as_deref() == Some("1")));
    let twin = |value| format!("{:?}", read("twin", value).twin.unwrap());
    assert!(twin(rsa()).contains("n: Some(\"1\")"), "{}", twin(rsa()));
    let square = twin(json!({"type": "square", "side": 2}));
    assert!(square.contains("side: 2"), "{square}");
    assert!(twin(other()).contains("kid: Some(\"7\")"), "{}", twin(other()));
    let said = |value| format!("{:?}", read("said", value).said.unwrap());
    let square = said(json!({"type": "square", "side": 2}));
    assert!(square.contains("side: 2"), "{square}");
    for ring in [
        json!({"radius": "wide", "width": 3}),
        json!({"type": "circle", "radius": "w", "width": 3}),
    ] {
        assert!(said(ring.clone()).contains("width: Some(3)"), "{}", said(ring));
    }
}

/// Objects beside texts have their tag too, and a union within a union is one of its variants.
#[test]
fn objects_beside_other_values_have_their_tag() {
    let read = |value: Value| {
        let content: Content = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(serde_json::to_value(&content).unwrap(), value);
        content
    };
    assert!(matches!(read(json!("a")), Content::Text(text) if text == "a"));
    let play = read(json!({"type": "media", "action": "play", "at": 5}));
    let Content::Object(ContentObject::Media(media)) = play else { panic!("{play:?}") };
    assert!(matches!(media, MediaPart::Play(play) if play.at == Some(5)));
    let link = read(json!({"type": "link", "url": "u", "title": "t"}));
    let Content::Object(ContentObject::Link(link)) = link else { panic!("{link:?}") };
    assert_eq!(link.title.as_deref(), Some("t"));
    let shape = read(json!({"type": "square", "side": 2}));
    let Content::Object(ContentObject::Shape(shape)) = shape else { panic!("{shape:?}") };
    assert!(matches!(shape, Shape::Square(square) if square.side == 2));
    read(json!({"type": "new", "url": "u"}));
    assert!(matches!(read(json!(5)), Content::Object(ContentObject::Unknown(_))));
}

#[test]
fn merged_variants_are_warnings_with_their_pointer() {
    let warnings: Vec<String> =
        generated("unions.yaml").warnings.iter().map(ToString::to_string).collect();
    for part in [
        "#/components/schemas/Places/properties/either: the variants `X` and `Y` cannot be told",
        "#/components/schemas/Places/properties/flags: the variants `Since` and `Reason`",
        "#/components/schemas/Places/properties/loose: each object fits the variant",
        "#/components/schemas/Places/properties/said: the variants `Circle` and `Ring`",
    ] {
        assert!(warnings.iter().any(|warning| warning.contains(part)), "{part}: {warnings:#?}");
    }
    assert_eq!(warnings.len(), 4, "{warnings:#?}");
}

/// A request is written by the caller, who names the variant.
#[test]
fn variants_that_are_only_sent_stay_apart() {
    let response = "{schema: {$ref: '#/components/schemas/Places'}}";
    let source = changed("unions.yaml", &[(response, "{schema: {type: string}}")]);
    assert!(!source.contains("pub struct Places"), "{source}");
    let request = "schema: {$ref: '#/components/schemas/Item'}}}}\n      responses: {'204'";
    let sent = request.replace("Item", "Places");
    let source = changed("unions.yaml", &[(response, "{}"), (request, &sent)]);
    assert!(source.contains("pub enum AddItemEither {"), "{source}");
    let whole = generated("unions.yaml").source;
    assert!(whole.contains("pub struct PlacesEither {"), "{whole}");
}
