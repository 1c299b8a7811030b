//! reqwest with its defaults, except for proxies and redirects. Controls are built on it: careless
//! code whose mistakes the tests have to detect.

use std::sync::Arc;

use reqwest::{Client, ClientBuilder};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, SignatureScheme};

/// Returns a client that trusts no authority, for servers without TLS.
pub(crate) fn plain() -> Client {
    builder().build().unwrap()
}

pub(crate) fn builder() -> ClientBuilder {
    without_proxies(tls("", &[]))
}

/// Returns a client builder that trusts this authority and offers these ALPN protocols.
pub(crate) fn trusting(pem: &str, protocols: &[&[u8]]) -> ClientBuilder {
    without_proxies(tls(pem, protocols))
}

/// Returns a client builder that checks no certificate, as careless code for a test system does.
pub(crate) fn unchecked() -> ClientBuilder {
    let mut tls = tls("", &[]);
    let provider = Arc::clone(tls.crypto_provider());
    tls.dangerous().set_certificate_verifier(Arc::new(Anyone(provider)));
    without_proxies(tls)
}

/// Accepts every certificate.
#[derive(Debug)]
struct Anyone(Arc<CryptoProvider>);

impl ServerCertVerifier for Anyone {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

fn without_proxies(tls: rustls::ClientConfig) -> ClientBuilder {
    Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .tls_backend_preconfigured(tls)
}

/// Returns a TLS configuration. reqwest requires one even for plain HTTP.
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
