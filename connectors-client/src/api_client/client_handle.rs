//! The part of a generated client that the runtime knows.

use std::fmt;
use std::marker::PhantomData;

use super::mode::{Mode, ThinMode};
use super::pending_call::PendingCall;
use crate::call::CallParts;
use crate::client::Client;
use crate::client::request_options::RequestOptions;
use crate::endpoint::Endpoint;
use crate::request::Request;

/// What a generated client holds: the client, and the mode of its calls.
pub struct ClientHandle<M> {
    client: Client,
    mode: PhantomData<fn() -> M>,
}

impl<M: Mode> ClientHandle<M> {
    /// Calls over this client.
    pub fn new(client: Client) -> Self {
        Self { client, mode: PhantomData }
    }

    /// The same with other defaults.
    pub fn with_options(&self, options: RequestOptions) -> Self {
        Self::new(self.client.with_options(options))
    }

    /// Starts a call.
    // Not inlined: it is the same for all endpoints.
    #[inline(never)]
    pub fn call(&self, endpoint: &'static Endpoint) -> PendingCall<M> {
        PendingCall::of(CallParts { client: self.client.clone(), request: Request::new(endpoint) })
    }
}

impl<M: ThinMode> ClientHandle<M> {
    /// The same with status and headers.
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
