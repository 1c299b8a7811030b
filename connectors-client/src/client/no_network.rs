//! A build without a transport over the network.

use super::base_url::BaseUrl;
use super::builder::ClientBuilder;
use crate::error::ConfigError;
use crate::transport::Transport;

impl ClientBuilder {
    pub(super) fn base(&self) -> Result<BaseUrl, ConfigError> {
        BaseUrl::parse(&self.base_url, self.allow_http_tokens, BaseUrl::is_loopback_host)
    }

    #[allow(clippy::unused_self, reason = "the other builds need it")]
    pub(super) fn network_transport(
        &mut self,
        _: &BaseUrl,
    ) -> Result<Box<dyn Transport>, ConfigError> {
        Err(ConfigError::new(
            "there is no transport: enable the feature `reqwest` or `hyper` of connectors-client, or \
             pass one to `ClientBuilder::transport`",
        ))
    }
}
