//! A test certificate authority and the server certificates that it signs.

use std::sync::{Arc, OnceLock};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::{WantsServerCert, WebPkiClientVerifier};
use rustls::{ConfigBuilder, RootCertStore, ServerConfig, SupportedProtocolVersion, WantsVerifier};

/// The certificate that a server presents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certificate {
    /// Valid: signed by the authority of [`pem`] for this host.
    Good,
    /// Issued for another host.
    OfAnotherHost,
    /// Expired.
    Expired,
    /// Signed by an authority that no client trusts.
    OfAnotherAuthority,
}

struct Authorities {
    ours: CertifiedIssuer<'static, KeyPair>,
    another: CertifiedIssuer<'static, KeyPair>,
}

/// Returns the certificate of the authority as PEM. Each process has its own.
pub fn pem() -> String {
    authorities().ours.pem()
}

/// Returns both authorities. They are created once, since generating keys is slow.
fn authorities() -> &'static Authorities {
    static AUTHORITIES: OnceLock<Authorities> = OnceLock::new();
    AUTHORITIES.get_or_init(|| Authorities { ours: authority(), another: authority() })
}

fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().expect("a key");
    CertifiedIssuer::self_signed(params, key).expect("a certificate of an authority")
}

/// Returns the TLS configuration of a server with this certificate and this ALPN protocol.
///
/// # Panics
///
/// Panics if the certificate cannot be made.
pub fn server_config(certificate: Certificate, protocol: &[u8]) -> Arc<ServerConfig> {
    let host = if certificate == Certificate::OfAnotherHost { "example.com" } else { "127.0.0.1" };
    let mut params = certified(host);
    if certificate == Certificate::Expired {
        (params.not_before, params.not_after) =
            (date_time_ymd(2000, 1, 1), date_time_ymd(2001, 1, 1));
    }
    let Authorities { ours, another } = authorities();
    let issuer = if certificate == Certificate::OfAnotherAuthority { another } else { ours };
    signed(builder(rustls::DEFAULT_VERSIONS).with_no_client_auth(), &params, issuer, protocol)
}

/// Returns the TLS configuration of a server with a valid certificate for this host.
///
/// # Panics
///
/// Panics if the certificate cannot be made.
pub fn for_host(host: &str, protocol: &[u8]) -> Arc<ServerConfig> {
    let builder = builder(rustls::DEFAULT_VERSIONS).with_no_client_auth();
    signed(builder, &certified(host), &authorities().ours, protocol)
}

/// Returns the TLS configuration of a server that speaks TLS 1.2 only.
///
/// # Panics
///
/// Panics if the certificate cannot be made.
pub fn tls12_only(protocol: &[u8]) -> Arc<ServerConfig> {
    let builder = builder(&[&rustls::version::TLS12]).with_no_client_auth();
    signed(builder, &certified("127.0.0.1"), &authorities().ours, protocol)
}

/// Returns the certificate of a client and its private key as PEM.
///
/// # Panics
///
/// Panics if the certificate cannot be made.
pub fn client_identity() -> (String, String) {
    let key = KeyPair::generate().expect("a key");
    let signed = certified("client").signed_by(&key, &authorities().ours);
    (signed.expect("a certificate of a client").pem(), key.serialize_pem())
}

fn certified(host: &str) -> CertificateParams {
    CertificateParams::new([host.to_owned()]).expect("a name that can be certified")
}

fn signed(
    builder: ConfigBuilder<ServerConfig, WantsServerCert>,
    params: &CertificateParams,
    issuer: &CertifiedIssuer<'static, KeyPair>,
    protocol: &[u8],
) -> Arc<ServerConfig> {
    let key = KeyPair::generate().expect("a key");
    let signed = params.signed_by(&key, issuer).expect("a certificate of a server");
    Arc::new(config(builder, signed.der(), &key, protocol))
}

/// Returns the TLS configuration of a server that asks for a certificate of the client.
///
/// # Panics
///
/// Panics if the certificate cannot be made.
pub fn requiring_a_certificate(protocol: &[u8]) -> Arc<ServerConfig> {
    let ours = &authorities().ours;
    let mut roots = RootCertStore::empty();
    roots.add(ours.der().clone()).expect("a certificate of an authority");
    let provider = Arc::new(ring::default_provider());
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build();
    let builder =
        builder(rustls::DEFAULT_VERSIONS).with_client_cert_verifier(verifier.expect("a verifier"));
    signed(builder, &certified("127.0.0.1"), ours, protocol)
}

/// Returns the TLS configuration of a server with a certificate that no authority signed, and the
/// certificate as PEM.
///
/// # Panics
///
/// Panics if the certificate cannot be made.
pub fn self_signed(is_authority: bool) -> (Arc<ServerConfig>, String) {
    let mut params = certified("127.0.0.1");
    params.is_ca =
        if is_authority { IsCa::Ca(BasicConstraints::Unconstrained) } else { IsCa::ExplicitNoCa };
    let key = KeyPair::generate().expect("a key");
    let signed = params.self_signed(&key).expect("a certificate of a server");
    (
        Arc::new(config(
            builder(rustls::DEFAULT_VERSIONS).with_no_client_auth(),
            signed.der(),
            &key,
            b"http/1.1",
        )),
        signed.pem(),
    )
}

fn builder(
    versions: &[&'static SupportedProtocolVersion],
) -> ConfigBuilder<ServerConfig, WantsVerifier> {
    ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(versions)
        .expect("ring has these versions")
}

fn config(
    builder: ConfigBuilder<ServerConfig, WantsServerCert>,
    certificate: &CertificateDer<'static>,
    key: &KeyPair,
    protocol: &[u8],
) -> ServerConfig {
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let mut config = builder
        .with_single_cert(vec![certificate.clone()], key)
        .expect("the key is that of the certificate");
    config.alpn_protocols = vec![protocol.to_vec()];
    config
}
