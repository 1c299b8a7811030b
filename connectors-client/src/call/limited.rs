//! Waiting for the limits of the client.

use std::pin::pin;
use std::time::{Duration, Instant};

use tokio::sync::OwnedSemaphorePermit;

use super::CallLoop;
use crate::body::Body;
use crate::client::limits::{Limiter, NoPlace};
use crate::error::{Error, ErrorKind};
use crate::retry::clock::within;

/// The places of a request in flight. Dropping them gives them back.
pub(super) type Places = Vec<OwnedSemaphorePermit>;

impl CallLoop {
    /// Obtains the credentials of a request, and waits until the limits allow it. The credentials
    /// come first, so that no call holds a place while it waits for them. The error has the reason
    /// why an earlier error is not retried.
    pub(super) async fn enter(
        &mut self,
        request: http::Request<Body>,
    ) -> Result<(http::Request<Body>, Option<Places>), (Error, &'static str)> {
        let request = self.authenticated_in_time(request).await;
        let request = request.map_err(|error| match error.kind() {
            ErrorKind::Build => (error, "the request cannot be built again"),
            _ => (error, "there are no credentials for it"),
        })?;
        match self.places().await {
            Ok(places) => Ok((request, places)),
            Err(error) => Err((error, "the limits leave no time for it")),
        }
    }

    /// Waits until the limits allow a request. It takes its places among the requests in flight
    /// first, so that it can start as soon as its turn in the rate comes.
    async fn places(&self) -> Result<Option<Places>, Error> {
        if self.shared().limits.is_none() {
            return Ok(None);
        }
        let since = self.shared().clock.now();
        let mut places = Places::new();
        for limiter in self.limiters() {
            places.extend(self.place(limiter).await?);
        }
        self.take_turn().await?;
        self.observed.waited(since);
        Ok(Some(places))
    }

    /// Returns the response, which holds the places until it has been read.
    pub(super) fn admitted(
        &self,
        response: http::Response<Body>,
        places: Option<Places>,
    ) -> http::Response<Body> {
        let Some(places) = places else { return response };
        self.limiters().for_each(|limiter| limiter.learn(response.headers()));
        response.map(|body| body.holding(places))
    }

    /// Waits for the turn in each rate.
    pub(super) async fn take_turn(&self) -> Result<(), Error> {
        let until = self.deadline();
        let mut turns = Vec::new();
        for rate in self.limiters().filter_map(|limiter| limiter.rate.as_ref()) {
            turns.push(rate.turn(until).await.map_err(|missed| self.no_turn(&missed))?);
        }
        for turn in turns {
            turn.take();
        }
        Ok(())
    }

    fn limiters(&self) -> impl Iterator<Item = &Limiter> {
        let group = self.endpoint.options.limit_group;
        self.shared().limits.iter().flat_map(move |limits| limits.of(group))
    }

    async fn place(&self, limiter: &Limiter) -> Result<Option<OwnedSemaphorePermit>, Error> {
        let Some((places, count)) = &limiter.places else { return Ok(None) };
        let timer = pin!(self.shared().clock.limit(self.remaining()));
        match within(timer, pin!(places.clone().acquire_owned())).await {
            Some(place) => Ok(place.ok()),
            None => Err(self.no_place(*count)),
        }
    }

    fn deadline(&self) -> Option<Instant> {
        self.started.checked_add(self.settings.timeout)
    }

    #[cold]
    fn no_place(&self, count: usize) -> Error {
        let timeout = self.settings.timeout;
        let places = if count == 1 {
            "another request took the only place".to_owned()
        } else {
            format!("other requests took the {count} places")
        };
        self.not_entered(format!(
            "timed out: {places} of `max_in_flight` for the whole call timeout of {timeout:?}"
        ))
    }

    #[cold]
    fn no_turn(&self, missed: &NoPlace) -> Error {
        let NoPlace { wait, rate } = missed;
        let (wait, left) = (in_milliseconds(*wait), in_milliseconds(self.remaining()));
        self.not_entered(format!(
            "timed out: {rate} allows this request in {wait:?}, but the call has only {left:?} left"
        ))
    }

    fn not_entered(&self, detail: String) -> Error {
        Error::new(ErrorKind::Timeout, Some(self.endpoint), detail).not_sent()
    }
}

/// Rounds a duration up to milliseconds, for a person to read.
fn in_milliseconds(duration: Duration) -> Duration {
    let milliseconds = duration.as_nanos().div_ceil(1_000_000);
    u64::try_from(milliseconds).map_or(duration, Duration::from_millis)
}
