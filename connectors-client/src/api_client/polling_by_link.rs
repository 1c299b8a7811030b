//! Operations that are polled at a URL of the response that started them.

use std::time::{Duration, Instant};

use http::{HeaderMap, StatusCode, Uri};

use super::mode::Mode;
use super::polling::{FIRST_WAIT, FLOOD, LONGEST_WAIT, Polling, left};
use crate::call::{CallParts, streamed_whole};
use crate::client::base_url;
use crate::endpoint::{LinkPlace, matcher};
use crate::error::{Error, ErrorKind};
use crate::response::from_response::{BodyMode, ResponseRules};
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
            Self::Field(path) => matcher::text_of(&response.data(), path),
        }
    }

    fn describe(self) -> String {
        match self {
            Self::Header(name) => format!("header `{name}`"),
            Self::Field(path) => format!("field `{}`", matcher::shown(path)),
        }
    }
}

/// Reads a response whole, because it tells the state of the operation.
fn whole(_: StatusCode, _: &HeaderMap) -> BodyMode {
    BodyMode::Buffered
}

/// Reads a 202 whole, and any other response as the result that it is.
fn unless_waiting<T: FromResponse>(status: StatusCode, headers: &HeaderMap) -> BodyMode {
    if status == StatusCode::ACCEPTED { BodyMode::Buffered } else { T::body_mode(status, headers) }
}

impl<M: Mode, T: FromResponse + Send + 'static> Polling<M, T> {
    pub(super) async fn run_by_link(
        mut self,
        (link, result): (LinkPlace, Option<LinkPlace>),
    ) -> Result<HttpResponse<T>, Error> {
        let endpoint = self.call.parts.request.endpoint;
        if let Some(detail) = self.mistake_of_links(result.is_some()) {
            return Err(Error::build(Some(endpoint), detail));
        }
        let of_result = ResponseRules::new::<HttpResponse<T>>();
        let of_state =
            of_result.reading(if result.is_some() { whole } else { unless_waiting::<T> });
        let clock = self.call.parts.client.shared.clock.clone();
        let started = clock.now();
        let mut links = Links::default();
        let mut asked = self.url()?;
        let call = self.call.parts.clone();
        let mut response = self.ask(call, of_state, started, &mut None).await?;
        let mut wait = self.rules.first_wait();
        loop {
            let is_first = links.operation.is_none();
            let body = response.data();
            if self.rules.failed.iter().any(|mark| matcher::matches(mark, &body)) {
                return Err(response.error(ErrorKind::Api, "the operation has failed"));
            }
            let done = self.rules.done;
            let is_done = if done.is_empty() {
                response.status() != StatusCode::ACCEPTED
            } else {
                done.iter().any(|mark| matcher::matches(mark, &body))
            };
            let names_result = result.is_some_and(|place| place.text(&response).is_some());
            let is_result =
                is_first && (link.text(&response).is_none() || (done.is_empty() && !names_result));
            if is_done && is_result {
                return self.read_result(response);
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
                return self.without_link(response, link);
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
            response = self.ask(self.following(operation), of_state, started, &mut last).await?;
        }
        let Some(place) = result else { return self.read_result(response) };
        let Some(url) = links.result else {
            let detail = format!(
                "no response of the operation names its result in the {}",
                place.describe()
            );
            return Err(response.decode_error(detail));
        };
        let call = self.following(&url);
        let response = self.ask(call, of_result, started, &mut Some(response)).await?;
        HttpResponse::<T>::from_response(response)
    }

    /// Returns the reason why the responses cannot be read as the caller or the endpoint asks.
    fn mistake_of_links(&self, has_result: bool) -> Option<&'static str> {
        if self.done_when.is_some()
            || self.failed_when.is_some()
            || self.on_progress.is_some()
            || self.pace.is_some()
        {
            return Some(
                "the responses of an operation that is polled by link are not read before the last: declare `done(..)` and `failed(..)`",
            );
        }
        let has_marks = !self.rules.done.is_empty() || !self.rules.failed.is_empty();
        (has_marks && !has_result && ResponseRules::new::<T>().streams()).then_some(
            "the result is a stream, in which `done(..)` and `failed(..)` see nothing: declare where it is by `result = ..`, or remove them",
        )
    }

    /// Reads the result from a response that was asked about the operation. It was read whole, even
    /// if the return type is a stream.
    fn read_result(&self, response: Response) -> Result<HttpResponse<T>, Error> {
        let mode = T::body_mode(response.status(), response.headers());
        let is_whole = mode != BodyMode::Buffered && !response.is_streaming();
        let response = if is_whole {
            streamed_whole(CallParts::clone(&self.call.parts), response)
        } else {
            response
        };
        HttpResponse::<T>::from_response(response)
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
    fn without_link(&self, response: Response, link: LinkPlace) -> Result<HttpResponse<T>, Error> {
        if response.status() == StatusCode::ACCEPTED {
            let detail = format!(
                "the response (202) has no {} with the URL of the operation",
                link.describe()
            );
            return Err(response.decode_error(detail));
        }
        self.read_result(response)
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
