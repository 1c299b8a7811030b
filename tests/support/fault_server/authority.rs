//! A test certificate authority and the server certificates that it signs.

use std::sync::{Arc, OnceLock};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

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
pub fn server_config(certificate: Certificate, protocol: &[u8]) -> Arc<ServerConfig> {
    let host = if certificate == Certificate::OfAnotherHost { "example.com" } else { "127.0.0.1" };
    let mut params = CertificateParams::new([host.to_owned()]).expect("a name that can be certified");
    if certificate == Certificate::Expired {
        (params.not_before, params.not_after) = (date_time_ymd(2000, 1, 1), date_time_ymd(2001, 1, 1));
    }
    let Authorities { ours, another } = authorities();
    let issuer = if certificate == Certificate::OfAnotherAuthority { another } else { ours };
    let key = KeyPair::generate().expect("a key");
    let signed = params.signed_by(&key, issuer).expect("a certificate of a server");
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring has these versions")
        .with_no_client_auth()
        .with_single_cert(vec![signed.der().clone()], key)
        .expect("the key is that of the certificate");
    config.alpn_protocols = vec![protocol.to_vec()];
    Arc::new(config)
}
