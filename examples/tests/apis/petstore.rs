//! Tests the petstore's 19 operations. Ids, names and texts of requests and responses are the
//! examples of its OpenAPI description.

use std::collections::BTreeMap;
use std::fmt::Debug;

use bytes::Bytes;
use connectors_client::{
    Body, Client, CommaSeparated, Error, ErrorKind, Recorder, RequestOptions, Secret,
};
use connectors_examples::apis::petstore::{
    Category, Order, OrderStatus, Pet, PetStatus, PetsClient, Petstore, PetstoreError, StoreClient,
    Tag, User, UsersClient,
};
use futures_util::stream;
use support::clock::TestClock;
use support::server::{Reply, Server};

use crate::builder;
use crate::recorded::recorded;
use crate::sent::{operations, whole};

const PET: &str = r#"{"id":10,"name":"doggie","category":{"id":1,"name":"Dogs"},"photoUrls":["string"],"tags":[{"id":0,"name":"string"}],"status":"available"}"#;
const ORDER: &str = r#"{"id":10,"petId":198772,"quantity":7,"shipDate":"2024-01-02T03:04:05.678Z","status":"approved","complete":true}"#;
const USER: &str = r#"{"id":10,"username":"theUser","firstName":"John","lastName":"James","email":"john@email.com","password":"12345","phone":"12345","userStatus":1}"#;

fn pet() -> Pet {
    Pet {
        id: Some(10),
        name: "doggie".to_owned(),
        category: Some(Category { id: Some(1), name: Some("Dogs".to_owned()) }),
        photo_urls: vec!["string".to_owned()],
        tags: Some(vec![Tag { id: Some(0), name: Some("string".to_owned()) }]),
        status: Some(PetStatus::Available),
    }
}

fn order() -> Order {
    Order {
        id: Some(10),
        pet_id: Some(198_772),
        quantity: Some(7),
        ship_date: Some("2024-01-02T03:04:05.678Z".parse().unwrap()),
        status: Some(OrderStatus::Approved),
        complete: Some(true),
    }
}

fn user() -> User {
    User {
        id: Some(10),
        username: Some("theUser".to_owned()),
        first_name: Some("John".to_owned()),
        last_name: Some("James".to_owned()),
        email: Some("john@email.com".to_owned()),
        password: Some("12345".to_owned()),
        phone: Some("12345".to_owned()),
        user_status: Some(1),
    }
}

/// Returns a store client and the server with these responses.
fn start(replies: impl IntoIterator<Item = Reply>) -> (Server, Petstore) {
    let server = Server::start(replies);
    let client = Client::builder(format!("{}/api/v3", server.url()))
        .env_proxies(false)
        .clock(TestClock::new())
        .bearer_token("oauth");
    (server, Petstore::new(client.build().unwrap()))
}

/// Returns the request of one call and the result of its response. A recording of it gives the same
/// result.
async fn exchange<T: Debug>(
    reply: Reply,
    call: impl AsyncFn(Petstore) -> Result<T, Error>,
) -> (String, T) {
    let open = |url: &str, recorder: &Recorder| {
        let builder = Client::builder(format!("{url}/api/v3")).env_proxies(false);
        Petstore::new(builder.bearer_token("oauth").recorder(recorder).build().unwrap())
    };
    let (requests, read, _) = recorded([reply], open, call).await;
    let [request] = &requests[..] else { panic!("one request: {requests:?}") };
    (whole(request), read.unwrap())
}

#[test]
fn each_operation_of_the_description_is_declared() {
    let endpoints = [
        PetsClient::ADD,
        PetsClient::UPDATE,
        PetsClient::FIND_BY_STATUS,
        PetsClient::FIND_BY_TAGS,
        PetsClient::GET,
        PetsClient::UPDATE_WITH_FORM,
        PetsClient::DELETE,
        PetsClient::UPLOAD_IMAGE,
        StoreClient::INVENTORY,
        StoreClient::PLACE_ORDER,
        StoreClient::GET_ORDER,
        StoreClient::DELETE_ORDER,
        UsersClient::CREATE,
        UsersClient::CREATE_WITH_LIST,
        UsersClient::LOGIN,
        UsersClient::LOGOUT,
        UsersClient::GET,
        UsersClient::UPDATE,
        UsersClient::DELETE,
    ];
    assert_eq!(
        operations(&endpoints),
        [
            "POST pet",
            "PUT pet",
            "GET pet/findByStatus",
            "GET pet/findByTags",
            "GET pet/<pet_id>",
            "POST pet/<pet_id>",
            "DELETE pet/<pet_id>",
            "POST pet/<pet_id>/uploadImage",
            "GET store/inventory",
            "POST store/order",
            "GET store/order/<order_id>",
            "DELETE store/order/<order_id>",
            "POST user",
            "POST user/createWithList",
            "GET user/login",
            "GET user/logout",
            "GET user/<username>",
            "PUT user/<username>",
            "DELETE user/<username>",
        ]
    );
}

#[tokio::test]
async fn a_pet_is_added_and_replaced() {
    let (sent, read) =
        exchange(Reply::json(200, PET), async |store| store.pets.add(&pet()).await).await;
    assert_eq!(
        sent,
        format!(
            "POST /api/v3/pet\n\
             accept: application/json\n\
             authorization: Bearer oauth\n\
             content-type: application/json\n\
             \n\
             {PET}"
        )
    );
    assert_eq!(read, pet());

    let least = Pet { name: "doggie".to_owned(), ..Pet::default() };
    let (sent, read) = exchange(
        Reply::json(200, r#"{"id":11,"name":"doggie","photoUrls":[],"status":"hiding"}"#),
        async |store| store.pets.update(&least).await,
    )
    .await;
    assert_eq!(
        sent,
        "PUT /api/v3/pet\n\
         accept: application/json\n\
         authorization: Bearer oauth\n\
         content-type: application/json\n\
         \n\
         {\"name\":\"doggie\",\"photoUrls\":[]}"
    );
    assert_eq!((read.id, read.tags), (Some(11), None));
    assert_eq!(read.status, Some(PetStatus::Unknown("hiding".to_owned())));
}

#[tokio::test]
async fn pets_are_found_by_both_list_styles() {
    let (sent, read) = exchange(Reply::json(200, &format!("[{PET},{PET}]")), async |store| {
        let status = [PetStatus::Available, PetStatus::Sold];
        store.pets.find_by_status().status(CommaSeparated(&status)).await
    })
    .await;
    assert_eq!(
        sent,
        "GET /api/v3/pet/findByStatus?status=available,sold\n\
         accept: application/json\n\
         authorization: Bearer oauth\n"
    );
    assert_eq!(read, [pet(), pet()]);

    let (sent, read) = exchange(Reply::json(200, "[]"), async |store| {
        store.pets.find_by_tags().tags(&["tag1", "tag 2", "a,b"]).await
    })
    .await;
    assert_eq!(
        sent,
        "GET /api/v3/pet/findByTags?tags=tag1&tags=tag+2&tags=a%2Cb\n\
         accept: application/json\n\
         authorization: Bearer oauth\n"
    );
    assert_eq!(read, []);

    let (sent, _) =
        exchange(Reply::json(200, "[]"), async |store| store.pets.find_by_status().await).await;
    assert!(sent.starts_with("GET /api/v3/pet/findByStatus\n"), "{sent}");
}

#[tokio::test]
async fn a_pet_is_fetched_with_a_token_or_a_key() {
    let (sent, read) =
        exchange(Reply::json(200, PET), async |store| store.pets.get(10).await).await;
    assert_eq!(
        sent,
        "GET /api/v3/pet/10\n\
         accept: application/json\n\
         authorization: Bearer oauth\n"
    );
    assert_eq!(read, pet());

    let (sent, _) = exchange(Reply::json(200, PET), async |store| {
        store.pets.get(10).api_key(&Secret::new("special-key")).await
    })
    .await;
    assert_eq!(
        sent,
        "GET /api/v3/pet/10\n\
         accept: application/json\n\
         api_key: special-key\n\
         authorization: Bearer oauth\n"
    );
}

#[tokio::test]
async fn a_pet_is_changed_by_its_query_and_deleted() {
    let (sent, ()) = exchange(Reply::empty(200), async |store| {
        store.pets.update_with_form(10).name("Mr. & Mrs. Dog").status(&PetStatus::Sold).await
    })
    .await;
    assert_eq!(
        sent,
        "POST /api/v3/pet/10?name=Mr.+%26+Mrs.+Dog&status=sold\n\
         accept: */*\n\
         authorization: Bearer oauth\n"
    );

    let (sent, ()) = exchange(Reply::text(200, "application/json", "Pet deleted"), async |store| {
        store.pets.delete(10).api_key(&Secret::new("special-key")).await
    })
    .await;
    assert_eq!(
        sent,
        "DELETE /api/v3/pet/10\n\
         accept: */*\n\
         api_key: special-key\n\
         authorization: Bearer oauth\n"
    );
}

#[tokio::test]
async fn an_image_is_uploaded_unchanged() {
    const REPLY: &str = r#"{"code":200,"type":"unknown","message":"File uploaded"}"#;
    let image = b"\x89PNG\r\n\x1a\n".as_slice();
    let (server, store) = start(Reply::json(200, REPLY));
    let said =
        store.pets.upload_image(10, Body::from(image.to_vec())).metadata("a photo").await.unwrap();
    let request = server.request();
    assert_eq!(request.target, "/api/v3/pet/10/uploadImage?additionalMetadata=a+photo");
    assert_eq!((request.method.as_str(), request.header("content-length")), ("POST", Some("8")));
    assert_eq!(request.header("content-type"), Some("application/octet-stream"));
    assert_eq!(request.header("authorization"), Some("Bearer oauth"));
    assert_eq!(request.body, image);
    assert_eq!((said.code, said.r#type.as_deref()), (Some(200), Some("unknown")));
    assert_eq!(said.message.as_deref(), Some("File uploaded"));

    // A file of a known type is declared as the type the API accepts. A stream has no length.
    let (sent, _) = exchange(Reply::json(200, "{}"), async |store| {
        let pieces =
            [Ok::<_, std::io::Error>(Bytes::from_static(b"GIF")), Ok(Bytes::from_static(b"89a"))];
        let image = Body::from_stream(stream::iter(pieces)).with_content_type("image/gif");
        store.pets.upload_image(10, image).await
    })
    .await;
    assert_eq!(
        sent,
        "POST /api/v3/pet/10/uploadImage\n\
         accept: application/json\n\
         authorization: Bearer oauth\n\
         content-type: application/octet-stream\n\
         transfer-encoding: chunked\n\
         \n\
         GIF89a"
    );
}

#[tokio::test]
async fn the_inventory_needs_a_key_and_returns_a_map() {
    let (sent, read) = exchange(
        Reply::json(200, r#"{"approved":57,"placed":100,"sold":3,"available":0}"#),
        async |store| store.store.inventory(&Secret::new("special-key")).await,
    )
    .await;
    assert_eq!(
        sent,
        "GET /api/v3/store/inventory\n\
         accept: application/json\n\
         api_key: special-key\n"
    );
    let counted = [("approved", 57), ("available", 0), ("placed", 100), ("sold", 3)];
    let counted: BTreeMap<_, _> =
        counted.into_iter().map(|(status, count)| (PetStatus::from(status), count)).collect();
    assert_eq!(read, counted);
}

#[tokio::test]
async fn orders_are_placed_read_and_deleted_without_a_token() {
    let (sent, read) =
        exchange(Reply::json(200, ORDER), async |store| store.store.place_order(&order()).await)
            .await;
    assert_eq!(
        sent,
        format!(
            "POST /api/v3/store/order\n\
             accept: application/json\n\
             content-type: application/json\n\
             \n\
             {ORDER}"
        )
    );
    assert_eq!(read, order());

    let (sent, read) =
        exchange(Reply::json(200, ORDER), async |store| store.store.get_order(10).await).await;
    assert_eq!(sent, "GET /api/v3/store/order/10\naccept: application/json\n");
    assert_eq!(read, order());

    let (sent, ()) =
        exchange(Reply::empty(200), async |store| store.store.delete_order(10).await).await;
    assert_eq!(sent, "DELETE /api/v3/store/order/10\naccept: */*\n");
}

#[tokio::test]
async fn users_are_created_alone_and_as_a_list() {
    let (sent, read) =
        exchange(Reply::json(200, USER), async |store| store.users.create(&user()).await).await;
    assert_eq!(
        sent,
        format!(
            "POST /api/v3/user\n\
             accept: application/json\n\
             content-type: application/json\n\
             \n\
             {USER}"
        )
    );
    assert_eq!(read, user());

    let second = User { username: Some("user2".to_owned()), ..User::default() };
    let (sent, read) = exchange(Reply::json(200, USER), async |store| {
        store.users.create_with_list(&[user(), second.clone()]).await
    })
    .await;
    assert_eq!(
        sent,
        format!(
            "POST /api/v3/user/createWithList\n\
             accept: application/json\n\
             content-type: application/json\n\
             \n\
             [{USER},{{\"username\":\"user2\"}}]"
        )
    );
    assert_eq!(read, user());
}

#[tokio::test]
async fn a_login_returns_its_headers() {
    let reply = Reply::json(200, r#""Logged in user session: 6514354283862413""#)
        .header("X-Rate-Limit", "5000")
        .header("X-Expires-After", "2024-01-02T04:04:05Z");
    let (sent, session) = exchange(reply, async |store| {
        store.users.login().username("theUser").password("12&45").await
    })
    .await;
    assert_eq!(
        sent,
        "GET /api/v3/user/login?username=theUser&password=12%2645\n\
         accept: application/json\n"
    );
    assert_eq!(session.calls_per_hour, Some(5000));
    assert_eq!(session.expires.unwrap().to_string(), "2024-01-02T04:04:05Z");
    assert_eq!(session.message, "Logged in user session: 6514354283862413");

    let (sent, ()) = exchange(Reply::text(200, "text/plain", "User logged out"), async |store| {
        store.users.logout().await
    })
    .await;
    assert_eq!(sent, "GET /api/v3/user/logout\naccept: */*\n");
}

#[tokio::test]
async fn users_are_read_replaced_and_deleted_by_name() {
    let (sent, read) =
        exchange(Reply::json(200, USER), async |store| store.users.get("theUser").await).await;
    assert_eq!(sent, "GET /api/v3/user/theUser\naccept: application/json\n");
    assert_eq!(read, user());

    let (sent, ()) =
        exchange(Reply::empty(200), async |store| store.users.update("a/b c", &user()).await).await;
    assert_eq!(
        sent,
        format!(
            "PUT /api/v3/user/a%2Fb%20c\n\
             accept: */*\n\
             content-type: application/json\n\
             \n\
             {USER}"
        )
    );

    let (sent, ()) =
        exchange(Reply::empty(200), async |store| store.users.delete("theUser").await).await;
    assert_eq!(sent, "DELETE /api/v3/user/theUser\naccept: */*\n");
    let shown = format!("{:?}", User { password: Some("s3cret".to_owned()), ..user() });
    assert!(shown.contains("theUser") && !shown.contains("s3cret"), "{shown}");
}

#[tokio::test]
async fn errors_have_the_classes_of_the_description() {
    // The description names no error body. The server answers with a line of text.
    let replies = [
        (
            Reply::text(400, "application/json", "Input error: unable to convert input"),
            PetstoreError::Invalid,
        ),
        (Reply::text(404, "application/json", "Pet not found"), PetstoreError::NotFound),
        (Reply::empty(405), PetstoreError::Other),
    ];
    for (reply, class) in replies {
        let (_server, store) = start(reply);
        let error = store.pets.get(10).await.unwrap_err();
        assert_eq!((error.kind(), error.class()), (ErrorKind::Api, Some(class)));
        assert_eq!(error.is_not_found(), class == PetstoreError::NotFound);
    }

    let (_server, store) =
        start(Reply::text(400, "text/plain", "Invalid username/password supplied"));
    let error = store.users.login().username("theUser").password("12345").await.unwrap_err();
    assert_eq!(error.class(), Some(PetstoreError::Invalid));
    assert!(error.to_string().starts_with("GET user/login: 400 Invalid"), "{error}");
    assert!(!format!("{error} {error:?}").contains("12345"), "{error:?}");

    let (_server, store) =
        start(Reply::json(404, r#"{"code":1,"type":"error","message":"Order not found"}"#));
    let error = store.store.get_order(7).await.unwrap_err();
    assert_eq!(error.to_string(), "GET store/order/<order_id>: 404 NotFound: Order not found");
}

#[tokio::test]
async fn operations_with_a_key_need_no_token() {
    let server = Server::start([Reply::json(200, PET), Reply::json(200, "{}")]);
    let store =
        Petstore::new(builder(&server).auth_header("api_key", "special-key").build().unwrap());
    store.pets.get(10).await.unwrap();
    let error = store.store.inventory(&Secret::new("other-key\n")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert!(!format!("{error} {error:?}").contains("other-key"), "{error:?}");
    assert_eq!(
        whole(&server.request()),
        "GET /pet/10\naccept: application/json\napi_key: special-key\n"
    );
}

#[tokio::test]
async fn a_write_is_not_retried_if_it_may_have_executed() {
    let (server, store) = start([Reply::empty(503)]);
    let error = store.pets.add(&pet()).await.unwrap_err();
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
    let error =
        store.pets.update(&pet()).options(RequestOptions::new().max_retries(1)).await.unwrap_err();
    assert_eq!((error.attempts(), server.requests().len()), (2, 3));
}
