//! A client trusts a private certificate authority only if it was configured to.

use connectors_client::ErrorKind;
use connectors_client::cohere::ConnectorsClient;
use support::fault_server::{Certificate, Fault, FaultServer, Script};

fn server() -> FaultServer {
    let server = FaultServer::start(Fault::https(Certificate::Good, Script::received()));
    server.heal();
    server
}

/// Returns the number of calls that a server of the authority executes for a client that does not
/// know it.
async fn executed_for_others(call: impl AsyncFn(&FaultServer)) -> usize {
    let server = server();
    call(&server).await;
    server.counts().executed
}

#[tokio::test]
async fn only_a_configured_client_trusts_a_private_authority() {
    let server = server();
    let told = crate::builder(&server).build().unwrap();
    ConnectorsClient::new(told).get("c").await.unwrap();
    assert_eq!(server.counts().executed, 1);
    let executed = executed_for_others(async |server| {
        let others = support::client(server.url()).env_proxies(false).build().unwrap();
        let error = ConnectorsClient::new(others).get("c").await.unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts(), error.may_have_executed()),
            (ErrorKind::Tls, 1, false)
        );
    });
    assert_eq!(executed.await, 0);
}

/// Control: a client without certificate checks is served as well.
#[tokio::test]
async fn a_client_without_certificate_checks_is_detected() {
    let careless = crate::plain_reqwest::unchecked().build().unwrap();
    let executed = executed_for_others(async |server| {
        careless.get(server.url() + "/v1/connectors").send().await.unwrap();
    })
    .await;
    println!("careless: {executed} executed without a word of the authority");
    assert_eq!(executed, 1);
}

#[test]
fn an_invalid_certificate_is_reported() {
    let begin = "-----BEGIN CERTIFICATE-----\n";
    for pem in ["", "hello", begin, &format!("{begin}!\n-----END CERTIFICATE-----\n")] {
        let error =
            support::client("https://example.com").root_certificates(pem).build().unwrap_err();
        assert!(
            error.to_string().starts_with("the root certificates are not valid PEM: "),
            "{error}"
        );
    }
}
