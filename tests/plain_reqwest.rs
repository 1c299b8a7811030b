//! reqwest as it comes, but for proxies and redirects: what is quickly built on it is what the tests have to find wanting.

use std::sync::Arc;

use reqwest::{Client, ClientBuilder};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

/// A client that trusts nobody, for servers without TLS.
pub(crate) fn plain() -> Client {
    builder().build().unwrap()
}

pub(crate) fn builder() -> ClientBuilder {
    without_proxies(tls("", &[]))
}

/// A client that trusts this authority and offers these protocols of HTTP.
pub(crate) fn trusting(pem: &str, protocols: &[&[u8]]) -> ClientBuilder {
    without_proxies(tls(pem, protocols))
}

fn without_proxies(tls: rustls::ClientConfig) -> ClientBuilder {
    Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).tls_backend_preconfigured(tls)
}

/// reqwest wants to be told which TLS, also where it uses none.
pub(crate) fn tls(pem: &str, protocols: &[&[u8]]) -> rustls::ClientConfig {
    let mut roots = rustls::RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
        roots.add(certificate.unwrap()).unwrap();
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    tls.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    tls
}
