//! Secrets in headers that a server repeats in its error.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use connectors_client::auth::ClientCredentials;
use connectors_client::{Error, Secret, api_client};
use support::server::{Recorded, Reply, Server};

use crate::builder;

const CANARY: &str = "canary-abcdef-123456";

#[api_client]
trait Doors {
    #[get("marked")]
    async fn marked(&self, #[header("X-Key", sensitive)] key: &str);

    #[get("named")]
    async fn named(&self, #[header("Authorization")] auth: &str);

    #[get("cookie")]
    async fn cookie(&self, #[header("Cookie")] cookie: &str);

    #[get("typed")]
    async fn typed(&self, #[header("Authorization")] auth: &Secret);

    #[get("plain")]
    async fn plain(&self, #[header("X-Plain")] plain: &str);

    #[get("fixed", headers("Authorization" = "Bearer canary-abcdef-123456"))]
    async fn fixed(&self);
}

/// Answers an error that repeats the secret alone and in Base64.
fn echoing() -> Server {
    Server::answer(|request: &Recorded| {
        let encoded = STANDARD.encode(CANARY);
        let is_sent = request.head().contains(CANARY) || request.head().contains("Basic ");
        assert!(is_sent, "{request:?}");
        Reply::json(401, &format!(r#"{{"message": "invalid {CANARY} or {encoded}"}}"#))
    })
}

fn texts(error: &Error) -> String {
    format!("{error} {error:#} {error:?} {:?}", error.message())
}

fn check(error: &Error) {
    let texts = texts(error);
    assert!(!texts.contains(CANARY), "{texts}");
    assert!(!texts.contains(&STANDARD.encode(CANARY)), "{texts}");
    assert!(texts.contains("invalid *** or ***"), "{texts}");
}

#[tokio::test]
async fn a_secret_in_any_header_is_masked_where_a_server_repeats_it() {
    let server = echoing();
    let doors = DoorsClient::new(builder(&server).build().unwrap());
    let bearer = format!("Bearer {CANARY}");
    let basic = format!("Basic {}", STANDARD.encode(format!("user:{CANARY}")));
    for error in [
        doors.marked(CANARY).await.unwrap_err(),
        doors.marked(&format!("Token key={CANARY}")).await.unwrap_err(),
        doors.named(&bearer).await.unwrap_err(),
        doors.named(&basic).await.unwrap_err(),
        doors.cookie(&format!("sid={CANARY}; a=b")).await.unwrap_err(),
        doors.typed(&Secret::new(&bearer)).await.unwrap_err(),
        doors.typed(&Secret::new(basic)).await.unwrap_err(),
        doors.fixed().await.unwrap_err(),
    ] {
        check(&error);
    }
    let blocking = BlockingDoorsClient::new(builder(&server).build().unwrap());
    let blocked = std::thread::spawn(move || blocking.named(&bearer).send().unwrap_err());
    check(&blocked.join().unwrap());
    // Control: a header that is no secret is shown.
    let error = doors.plain(CANARY).await.unwrap_err();
    assert!(texts(&error).contains(CANARY), "{error}");
}

#[tokio::test]
async fn a_client_secret_that_a_token_server_repeats_is_masked() {
    let (api, issuer) = (Server::start([Reply::empty(204)]), echoing());
    for grant in [
        ClientCredentials::new(&issuer.url(), "id", CANARY),
        ClientCredentials::new(&issuer.url(), "id", CANARY).scope("read"),
    ] {
        let doors = DoorsClient::new(builder(&api).auth(grant).build().unwrap());
        let error = doors.plain("p").await.unwrap_err();
        let texts = format!("{error} {error:#} {error:?}");
        assert!(!texts.contains(CANARY) && !texts.contains(&STANDARD.encode(CANARY)), "{texts}");
    }
}
