//! Certificates of an authority of one's own are trusted where a client is told so, and nowhere else.

use connectors_client::cohere::ConnectorsClient;
use connectors_client::{Client, ErrorKind};
use support::fault_server::{Certificate, Fault, FaultServer, Script};

fn server() -> FaultServer {
    let server = FaultServer::start(Fault::https(Certificate::Good, Script::received()));
    server.heal();
    server
}

/// How many calls a server of the authority executes for a client that was told nothing of it.
async fn executed_for_others(call: impl AsyncFn(&FaultServer)) -> usize {
    let server = server();
    call(&server).await;
    server.counts().executed
}

#[tokio::test]
async fn a_private_authority_is_trusted_by_the_client_that_was_told_of_it() {
    let server = server();
    let told = crate::builder(&server).build().unwrap();
    ConnectorsClient::new(told).get("c").await.unwrap();
    assert_eq!(server.counts().executed, 1);
    let executed = executed_for_others(async |server| {
        let others = Client::builder(server.url()).environment_proxies(false).build().unwrap();
        let error = ConnectorsClient::new(others).get("c").await.unwrap_err();
        assert_eq!((error.kind(), error.attempts(), error.may_have_executed()), (ErrorKind::Tls, 1, false));
    });
    assert_eq!(executed.await, 0);
}

/// The control: who was told nothing and looks at nothing is served as well.
#[tokio::test]
async fn a_client_without_the_check_would_be_noticed() {
    let careless = crate::plain_reqwest::unchecked().build().unwrap();
    let executed = executed_for_others(async |server| {
        careless.get(server.url() + "/v1/connectors").send().await.unwrap();
    })
    .await;
    println!("careless: {executed} executed without a word of the authority");
    assert_eq!(executed, 1);
}

#[test]
fn what_is_no_certificate_is_said_to_be_none() {
    let begin = "-----BEGIN CERTIFICATE-----\n";
    for pem in ["", "hello", begin, &format!("{begin}!\n-----END CERTIFICATE-----\n")] {
        let error = Client::builder("https://example.com").root_certificates(pem).build().unwrap_err();
        assert!(error.to_string().starts_with("the root certificates cannot be read as PEM: "), "{error}");
    }
}
