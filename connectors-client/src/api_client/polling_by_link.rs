//! Operations that are polled at a URL of the response that started them.

use std::time::{Duration, Instant};

use http::{StatusCode, Uri};

use super::mode::Mode;
use super::polling::{FIRST_WAIT, FLOOD, LONGEST_WAIT, Polling, left};
use crate::call::CallParts;
use crate::client::base_url;
use crate::endpoint::LinkPlace;
use crate::endpoint::matcher;
use crate::error::{Error, ErrorKind};
use crate::response::{FromResponse, HttpResponse, Response};
use crate::retry::policy;
use crate::runtime::background;

/// The URLs of an operation, as they become known.
#[derive(Default)]
struct Links {
    operation: Option<Uri>,
    result: Option<Uri>,
}

impl LinkPlace {
    fn text(self, response: &Response) -> Option<String> {
        match self {
            Self::Header(name) => {
                response.headers().get(name).map(|value| base_url::header_text(value).into_owned())
            }
            Self::Field(path) => matcher::text_of(response.body(), path),
        }
    }

    fn describe(self) -> String {
        match self {
            Self::Header(name) => format!("header `{name}`"),
            Self::Field(path) => format!("field `{}`", path.join(".")),
        }
    }
}

impl<M: Mode, T: FromResponse + Send + 'static> Polling<M, T> {
    pub(super) async fn run_by_link(
        mut self,
        (link, result): (LinkPlace, Option<LinkPlace>),
    ) -> Result<HttpResponse<T>, Error> {
        let endpoint = self.call.parts.request.endpoint;
        if self.reads_each_response() {
            let detail = "the responses of an operation that is polled by link are not read before the last: declare `done(..)` and `failed(..)`";
            return Err(Error::build(Some(endpoint), detail));
        }
        let clock = self.call.parts.client.shared.clock.clone();
        let started = clock.now();
        let mut links = Links::default();
        let mut asked = self.url()?;
        let mut response = self.ask(self.call.parts.clone(), started, &mut None).await?;
        let mut wait = self.rules.first_wait();
        loop {
            let is_first = links.operation.is_none();
            let body = response.data();
            if endpoint.options.stream.failed.iter().any(|mark| matcher::matches(mark, &body)) {
                return Err(response.error(ErrorKind::Api, "the operation has failed"));
            }
            let done = endpoint.options.stream.done;
            let is_done = if done.is_empty() {
                response.status() != StatusCode::ACCEPTED
            } else {
                done.iter().any(|mark| matcher::matches(mark, &body))
            };
            let names_result = result.is_some_and(|place| place.text(&response).is_some());
            let is_result =
                is_first && (link.text(&response).is_none() || (done.is_empty() && !names_result));
            if is_done && is_result {
                return HttpResponse::<T>::from_response(response);
            }
            if let Some(result) = result {
                self.find(result, &asked, &response, &mut links.result)?;
            }
            if is_done {
                break;
            }
            // A link that is not followed is not looked at.
            self.find(link, &asked, &response, &mut links.operation)?;
            let Some(operation) = &links.operation else {
                return Self::without_link(response, link);
            };
            if is_first && let Some(watch) = &mut self.on_link {
                let url = operation.to_string();
                background::isolate(|| watch(&url));
            }
            response = self.pause(response, wait, started).await?;
            if self.rules.every.is_none() {
                wait = (wait + wait / 2).min(LONGEST_WAIT);
            }
            asked = operation.clone();
            let mut last = Some(response);
            response = self.ask(self.following(operation), started, &mut last).await?;
        }
        let Some(place) = result else { return HttpResponse::<T>::from_response(response) };
        let Some(url) = links.result else {
            let detail = format!(
                "no response of the operation names its result in the {}",
                place.describe()
            );
            return Err(response.decode_error(detail));
        };
        let response = self.ask(self.following(&url), started, &mut Some(response)).await?;
        HttpResponse::<T>::from_response(response)
    }

    /// Returns true if a function needs each response as the return type.
    fn reads_each_response(&self) -> bool {
        self.done_when.is_some()
            || self.failed_when.is_some()
            || self.on_progress.is_some()
            || self.pace.is_some()
    }

    /// Returns the URL of the call that starts the operation.
    fn url(&self) -> Result<Uri, Error> {
        let CallParts { client, request } = &*self.call.parts;
        let options = client.options(request.options.clone());
        request
            .uri(&client.shared, &options)
            .map_err(|mistake| Error::build(Some(request.endpoint), mistake))
    }

    /// Sets `found` to the URL in the response, if it has one, resolved against the URL `asked`.
    fn find(
        &self,
        place: LinkPlace,
        asked: &Uri,
        response: &Response,
        found: &mut Option<Uri>,
    ) -> Result<(), Error> {
        let Some(text) = place.text(response) else { return Ok(()) };
        match self.call.parts.client.shared.base.link_beside(asked, &text) {
            Ok(url) => *found = Some(url),
            Err(mistake) => {
                let detail =
                    format!("the URL in the {} of the response {mistake}", place.describe());
                return Err(response.copy().decode_error(detail));
            }
        }
        Ok(())
    }

    /// Returns the result of an operation that is done at once, or the error of one that is not.
    fn without_link(response: Response, link: LinkPlace) -> Result<HttpResponse<T>, Error> {
        if response.status() == StatusCode::ACCEPTED {
            let detail = format!(
                "the response (202) has no {} with the URL of the operation",
                link.describe()
            );
            return Err(response.decode_error(detail));
        }
        HttpResponse::<T>::from_response(response)
    }

    /// Waits as the response says, or else as the endpoint does. Gives the response back.
    async fn pause(
        &mut self,
        response: Response,
        wait: Duration,
        started: Instant,
    ) -> Result<Response, Error> {
        let clock = self.call.parts.client.shared.clock.clone();
        let asked = policy::retry_after(response.headers(), clock.system_time());
        let shortest = self.rules.first_wait().min(FIRST_WAIT);
        let pause = asked.map_or(wait, |asked| if asked < FLOOD { shortest } else { asked });
        if pause >= left(self.rules.timeout, started, clock.now()) {
            let error = response.error(ErrorKind::Timeout, self.timeout_detail());
            return Err(error.with_retry_after(asked));
        }
        clock.sleep(pause).await;
        Ok(response)
    }

    /// Returns the call of a URL, with the options of the call that started the operation but those
    /// about its query and body.
    fn following(&self, url: &Uri) -> Box<CallParts> {
        let CallParts { client, request } = &*self.call.parts;
        let mut request = request.clone();
        request.link = Some(url.to_string().into());
        if let Some(options) = &mut request.options {
            options.leave_url_and_body();
        }
        Box::new(CallParts { client: client.clone(), request })
    }
}
