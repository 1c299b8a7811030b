//! The settings of a client's transport over the network.

#[cfg(any(feature = "reqwest", feature = "hyper"))]
use std::time::Duration;

#[cfg(all(any(feature = "reqwest", feature = "hyper"), feature = "tls"))]
use rustls::pki_types::CertificateDer;
#[cfg(all(any(feature = "reqwest", feature = "hyper"), feature = "tls"))]
use rustls::pki_types::pem::PemObject as _;

use super::base_url::BaseUrl;
use super::builder::ClientBuilder;
use crate::error::ConfigError;
use crate::transport::Transport;
#[cfg(feature = "hyper")]
use crate::transport::hyper::Hyper;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
use crate::transport::network::{NetworkSettings, Purpose};
#[cfg(feature = "reqwest")]
use crate::transport::reqwest::Reqwest;

/// Settings of the network. They do not apply to a custom transport.
#[cfg(any(feature = "reqwest", feature = "hyper"))]
impl ClientBuilder {
    /// Sends over the lean transport: hyper-util and rustls, with the settings, promises and
    /// timeouts of the default transport. It needs about 0.6 times the instructions of the default
    /// one per call.
    #[cfg(feature = "hyper")]
    pub fn lean(mut self) -> Self {
        self.is_lean = true;
        self
    }

    /// Sets the timeout of connecting: name resolution, TCP and TLS. The default is 5 s.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.network.connect_timeout = timeout;
        self
    }

    /// Enables or disables proxies from the environment variables `HTTPS_PROXY`, `HTTP_PROXY`,
    /// `ALL_PROXY` and `NO_PROXY`. They are enabled by default, but never used for a base URL on
    /// this machine. If the base URL is plain http, the proxy can read all requests, including
    /// tokens.
    pub fn env_proxies(mut self, enabled: bool) -> Self {
        self.network.env_proxies = enabled;
        self
    }

    /// Trusts all certificates of a PEM text as root certificates, in addition to the platform's.
    /// Names and dates of certificates are still checked. Text that is not PEM or has no
    /// certificate is an error of `build`. It does not apply on Android.
    #[cfg(feature = "tls")]
    pub fn root_certificates(mut self, pem: impl AsRef<[u8]>) -> Self {
        let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_ref()).collect();
        let problem = match read {
            Ok(certificates) if !certificates.is_empty() => {
                self.network.tls.root_certificates.extend(certificates);
                return self;
            }
            Ok(_) => "no certificate found".to_owned(),
            Err(error) => error.to_string(),
        };
        self.fail(ConfigError::new(format!("the root certificates are not valid PEM: {problem}")))
    }
}

impl ClientBuilder {
    /// Makes the transport over the network.
    #[cfg(any(feature = "reqwest", feature = "hyper"))]
    pub(super) fn network_transport(
        &mut self,
        base: &BaseUrl,
    ) -> Result<Box<dyn Transport>, ConfigError> {
        let purpose = Purpose { base: base.url(), clock: self.clock.clone() };
        let mut settings = std::mem::take(&mut self.network);
        // A proxy is another machine, so requests to this machine must not pass through it.
        settings.env_proxies &= !base.is_loopback();
        self.chosen(settings, &purpose)
    }

    #[cfg(not(any(feature = "reqwest", feature = "hyper")))]
    pub(super) fn network_transport(
        &mut self,
        _: &BaseUrl,
    ) -> Result<Box<dyn Transport>, ConfigError> {
        Err(ConfigError::new(
            "there is no transport: enable the feature `reqwest` or `hyper`, or pass one to \
             `ClientBuilder::transport`",
        ))
    }

    #[cfg(feature = "hyper")]
    fn chosen(
        &self,
        settings: NetworkSettings,
        purpose: &Purpose<'_>,
    ) -> Result<Box<dyn Transport>, ConfigError> {
        #[cfg(feature = "reqwest")]
        if !self.is_lean {
            return Ok(Box::new(Reqwest::new(settings, purpose)?));
        }
        Ok(Box::new(Hyper::new(settings, purpose)?))
    }

    #[cfg(all(feature = "reqwest", not(feature = "hyper")))]
    fn chosen(
        &self,
        settings: NetworkSettings,
        purpose: &Purpose<'_>,
    ) -> Result<Box<dyn Transport>, ConfigError> {
        Ok(Box::new(Reqwest::new(settings, purpose)?))
    }
}
