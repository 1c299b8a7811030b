//! TLS of the network transports: rustls with ring and the platform's trusted certificates.

use std::sync::{Arc, OnceLock};

use rustls::client::WantsClientCert;
use rustls::crypto::ring;
use rustls::pki_types::pem::{self, PemObject as _};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::version::TLS13;
use rustls::{ClientConfig, ConfigBuilder, SupportedProtocolVersion};
use rustls_platform_verifier::BuilderVerifierExt as _;

use crate::error::ConfigError;

type WithVersions = ConfigBuilder<ClientConfig, rustls::WantsVerifier>;

/// A version of TLS, for [`ClientBuilder::min_tls_version`](crate::ClientBuilder::min_tls_version).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum TlsVersion {
    /// TLS 1.2 (RFC 5246).
    #[default]
    Tls12,
    /// TLS 1.3 (RFC 8446).
    Tls13,
}

/// Settings of TLS.
#[derive(Clone, Debug, Default)]
pub(crate) struct TlsSettings {
    /// Trusted in addition to those of the platform.
    pub(crate) root_certificates: Vec<CertificateDer<'static>>,
    pub(crate) identity: Option<Identity>,
    pub(crate) min_version: TlsVersion,
}

impl TlsSettings {
    fn is_default(&self) -> bool {
        self.root_certificates.is_empty()
            && self.identity.is_none()
            && self.min_version == TlsVersion::Tls12
    }
}

/// The client's certificate, with its chain and key.
#[derive(Debug)]
pub(crate) struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

impl Identity {
    /// Reads a certificate, its chain and its key from a PEM text.
    pub(crate) fn from_pem(pem: &[u8]) -> Result<Self, ConfigError> {
        let invalid =
            |why: String| ConfigError::new(format!("the client identity is not valid PEM: {why}"));
        let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
        let chain = chain.map_err(|error| invalid(error.to_string()))?;
        if chain.is_empty() {
            return Err(invalid("no certificate found".to_owned()));
        }
        let key = PrivateKeyDer::from_pem_slice(pem).map_err(|error| match error {
            pem::Error::NoItemsFound => invalid("no private key found".to_owned()),
            error => invalid(error.to_string()),
        })?;
        Ok(Self { chain, key })
    }
}

impl Clone for Identity {
    fn clone(&self) -> Self {
        Self { chain: self.chain.clone(), key: self.key.clone_key() }
    }
}

/// Returns the configuration for these settings. The default one is made once per process. If TLS
/// is not needed, a machine without trusted certificates is no error.
pub(in crate::transport) fn configuration(
    settings: &TlsSettings,
    is_needed: bool,
) -> Result<ClientConfig, ConfigError> {
    static DEFAULT: OnceLock<ClientConfig> = OnceLock::new();
    let failed = |error| ConfigError::new(format!("TLS cannot be set up: {error}"));
    if !settings.is_default() {
        return build(settings).map_err(failed);
    }
    if let Some(config) = DEFAULT.get() {
        return Ok(config.clone());
    }
    match build(settings) {
        // A failure is not kept: it may pass, as too many open files do.
        Ok(config) => Ok(DEFAULT.get_or_init(|| config).clone()),
        Err(_) if !is_needed => trusting_nothing().map_err(failed),
        Err(error) => Err(failed(error)),
    }
}

fn build(settings: &TlsSettings) -> Result<ClientConfig, rustls::Error> {
    let builder = verified(versions(settings)?, settings.root_certificates.clone())?;
    let config = match &settings.identity {
        None => builder.with_no_client_auth(),
        Some(Identity { chain, key }) => {
            builder.with_client_auth_cert(chain.clone(), key.clone_key())?
        }
    };
    Ok(with_protocols(config))
}

fn versions(settings: &TlsSettings) -> Result<WithVersions, rustls::Error> {
    const TLS13_ONLY: &[&SupportedProtocolVersion] = &[&TLS13];
    let versions = match settings.min_version {
        TlsVersion::Tls12 => rustls::DEFAULT_VERSIONS,
        TlsVersion::Tls13 => TLS13_ONLY,
    };
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(versions)
}

fn verified(
    builder: WithVersions,
    more: Vec<CertificateDer<'static>>,
) -> Result<ConfigBuilder<ClientConfig, WantsClientCert>, rustls::Error> {
    if more.is_empty() {
        builder.with_platform_verifier()
    } else {
        trusting_platform_and(builder, more)
    }
}

#[cfg(not(target_os = "android"))]
fn trusting_platform_and(
    builder: WithVersions,
    more: Vec<CertificateDer<'static>>,
) -> Result<ConfigBuilder<ClientConfig, WantsClientCert>, rustls::Error> {
    can_open_files()?;
    let provider = Arc::clone(builder.crypto_provider());
    let verifier = rustls_platform_verifier::Verifier::new_with_extra_roots(more, provider)?;
    // A verifier that trusts everybody would be dangerous. This is the platform's.
    Ok(builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)))
}

/// Returns an error while the process has no free file descriptor. The platform's certificates would
/// then be left out, for as long as the client lives.
#[cfg(not(target_os = "android"))]
fn can_open_files() -> Result<(), rustls::Error> {
    let opened = if cfg!(unix) { std::fs::File::open("/").map(drop) } else { Ok(()) };
    opened.map_err(|error| {
        rustls::Error::General(format!("the platform's certificates cannot be read: {error}"))
    })
}

/// On Android only the platform decides which certificates an application trusts.
#[cfg(target_os = "android")]
fn trusting_platform_and(
    _: WithVersions,
    _: Vec<CertificateDer<'static>>,
) -> Result<ConfigBuilder<ClientConfig, WantsClientCert>, rustls::Error> {
    Err(rustls::Error::General("root certificates cannot be added on Android".to_owned()))
}

fn trusting_nothing() -> Result<ClientConfig, rustls::Error> {
    let builder = versions(&TlsSettings::default())?;
    let nothing = rustls::RootCertStore::empty();
    Ok(with_protocols(builder.with_root_certificates(nothing).with_no_client_auth()))
}

/// Offers the protocols of HTTP, because the HTTP libraries do not change a given configuration.
fn with_protocols(mut config: ClientConfig) -> ClientConfig {
    if cfg!(feature = "http2") {
        config.alpn_protocols.push(b"h2".to_vec());
    }
    config.alpn_protocols.push(b"http/1.1".to_vec());
    config
}
