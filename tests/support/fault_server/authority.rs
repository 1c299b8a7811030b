//! A test certificate authority and the server certificates that it signs.

use std::sync::{Arc, OnceLock};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::{WantsServerCert, WebPkiClientVerifier};
use rustls::{ConfigBuilder, RootCertStore, ServerConfig, WantsVerifier};

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
    let mut params =
        CertificateParams::new([host.to_owned()]).expect("a name that can be certified");
    if certificate == Certificate::Expired {
        (params.not_before, params.not_after) =
            (date_time_ymd(2000, 1, 1), date_time_ymd(2001, 1, 1));
    }
    let Authorities { ours, another } = authorities();
    let issuer = if certificate == Certificate::OfAnotherAuthority { another } else { ours };
    let key = KeyPair::generate().expect("a key");
    let signed = params.signed_by(&key, issuer).expect("a certificate of a server");
    Arc::new(config(builder().with_no_client_auth(), signed.der(), &key, protocol))
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
    let builder = builder().with_client_cert_verifier(verifier.expect("a verifier"));
    let key = KeyPair::generate().expect("a key");
    let params =
        CertificateParams::new(["127.0.0.1".to_owned()]).expect("a name that can be certified");
    let signed = params.signed_by(&key, ours).expect("a certificate of a server");
    Arc::new(config(builder, signed.der(), &key, protocol))
}

/// Returns the TLS configuration of a server with a certificate that no authority signed, and the
/// certificate as PEM.
///
/// # Panics
///
/// Panics if the certificate cannot be made.
pub fn self_signed(is_authority: bool) -> (Arc<ServerConfig>, String) {
    let mut params =
        CertificateParams::new(["127.0.0.1".to_owned()]).expect("a name that can be certified");
    params.is_ca =
        if is_authority { IsCa::Ca(BasicConstraints::Unconstrained) } else { IsCa::ExplicitNoCa };
    let key = KeyPair::generate().expect("a key");
    let signed = params.self_signed(&key).expect("a certificate of a server");
    (
        Arc::new(config(builder().with_no_client_auth(), signed.der(), &key, b"http/1.1")),
        signed.pem(),
    )
}

fn builder() -> ConfigBuilder<ServerConfig, WantsVerifier> {
    ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
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
