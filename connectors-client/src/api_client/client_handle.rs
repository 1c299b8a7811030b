//! The part of a generated client that the runtime implements.

use std::fmt;
use std::marker::PhantomData;

use super::mode::{Mode, ThinMode};
use super::pending_call::PendingCall;
use crate::call::CallParts;
use crate::client::Client;
use crate::client::request_options::RequestOptions;
use crate::endpoint::Endpoint;
use crate::request::Request;

/// The content of a generated client: the client and the mode of its calls.
pub struct ClientHandle<M> {
    client: Client,
    mode: PhantomData<fn() -> M>,
}

impl<M: Mode> ClientHandle<M> {
    /// Returns a handle that makes calls with this client.
    pub fn new(client: Client) -> Self {
        Self { client, mode: PhantomData }
    }

    /// Returns a handle that applies these options to every call.
    pub fn with_options(&self, options: RequestOptions) -> Self {
        Self::new(self.client.with_options(options))
    }

    /// Starts a call.
    // Not inlined, because it is the same for all endpoints.
    #[inline(never)]
    pub fn call(&self, endpoint: &'static Endpoint) -> PendingCall<M> {
        PendingCall::new(CallParts { client: self.client.clone(), request: Request::new(endpoint) })
    }
}

impl<M: ThinMode> ClientHandle<M> {
    /// Returns a handle whose calls also return status and headers.
    pub fn raw(&self) -> ClientHandle<M::Raw> {
        ClientHandle::new(self.client.clone())
    }
}

impl<M> Clone for ClientHandle<M> {
    fn clone(&self) -> Self {
        Self { client: self.client.clone(), mode: PhantomData }
    }
}

impl<M> fmt::Debug for ClientHandle<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.client.fmt(f)
    }
}
