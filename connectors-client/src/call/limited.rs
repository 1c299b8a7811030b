//! Waiting for the limits of the client.

use std::pin::pin;
use std::time::{Duration, Instant};

use tokio::sync::OwnedSemaphorePermit;

use super::CallLoop;
use crate::body::Body;
use crate::client::limits::{Limiter, NoPlace, Rate, Turn, take};
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

    /// Waits until the limits allow a request. It takes the narrowest limits first, so that a call
    /// that waits for its group takes nothing of the client. The request counts in the rates once
    /// all of them allow it.
    async fn places(&self) -> Result<Option<Places>, Error> {
        if self.shared().limits.is_none() {
            return Ok(None);
        }
        let since = self.shared().clock.now();
        let limiters: Vec<_> = self.limiters().collect();
        let rates: Vec<_> = limiters.iter().map(|limiter| limiter.rate.as_ref()).collect();
        let mut passed = Vec::new();
        loop {
            for limiter in &limiters[passed.len()..] {
                passed.push(self.pass(limiter).await?);
            }
            let Err(early) = take(&rates) else { break };
            // The server has named a limit meanwhile, or a redirect has taken the turn.
            passed.truncate(early + 1);
            self.due(rates[early]).await?;
        }
        self.observed.waited(since);
        Ok(Some(passed.into_iter().filter_map(|(place, _)| place).collect()))
    }

    /// Waits for the place of a limiter, and then for its turn, so that a request starts when its
    /// turn comes.
    async fn pass<'a>(
        &self,
        limiter: &'a Limiter,
    ) -> Result<(Option<OwnedSemaphorePermit>, Option<Turn<'a>>), Error> {
        let place = self.place(limiter).await?;
        let Some(rate) = &limiter.rate else { return Ok((place, None)) };
        let timer = pin!(self.shared().clock.limit(self.remaining()));
        match within(timer, pin!(rate.turn(self.deadline()))).await {
            Some(turn) => Ok((place, Some(turn.map_err(|missed| self.no_turn(&missed))?))),
            None => Err(self.no_place("calls before this one waited for the limits")),
        }
    }

    /// Returns the response, which holds the places until it has been read.
    pub(super) fn admitted(
        &self,
        response: http::Response<Body>,
        places: Option<Places>,
    ) -> http::Response<Body> {
        let Some(places) = places else { return response };
        if let Some(limits) = self.shared().limits.as_ref().filter(|_| !self.is_elsewhere()) {
            limits.learn(self.endpoint.options.limit_group, response.headers());
        }
        response.map(|body| body.holding(places))
    }

    /// Waits until each rate allows the request of a redirect. It does not wait for other calls,
    /// since these may wait for its place.
    pub(super) async fn take_turn(&self) -> Result<(), Error> {
        let rates: Vec<_> = self.limiters().map(|limiter| limiter.rate.as_ref()).collect();
        while let Err(early) = take(&rates) {
            self.due(rates[early]).await?;
        }
        Ok(())
    }

    /// Waits until a rate allows a request.
    async fn due(&self, rate: Option<&Rate>) -> Result<(), Error> {
        let Some(rate) = rate else { return Ok(()) };
        rate.due(self.deadline()).await.map_err(|missed| self.no_turn(&missed))
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
            None if *count == 1 => {
                Err(self.no_place("another request had the only place of `max_in_flight`"))
            }
            None => {
                let others = format!("other requests had the {count} places of `max_in_flight`");
                Err(self.no_place(&others))
            }
        }
    }

    fn deadline(&self) -> Option<Instant> {
        self.started.checked_add(self.settings.timeout)
    }

    #[cold]
    fn no_place(&self, others: &str) -> Error {
        let timeout = self.settings.timeout;
        self.not_entered(format!(
            "timed out: {others} until the call timeout of {timeout:?} had passed"
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
        let error = Error::new(ErrorKind::Timeout, Some(self.endpoint), detail).not_sent();
        if self.is_cut { error.not_begun() } else { error }
    }
}

/// Rounds a duration up to milliseconds, for a person to read.
fn in_milliseconds(duration: Duration) -> Duration {
    let milliseconds = duration.as_nanos().div_ceil(1_000_000);
    u64::try_from(milliseconds).map_or(duration, Duration::from_millis)
}
