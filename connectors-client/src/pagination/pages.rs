//! The pages of a list, one call after another.

use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::Uri;

use super::cursor::Cursor;
use super::fetch::Fetch;
use super::items::Items;
use super::link_header;
use super::next_page::{PageInfo, next_page};
use super::page::Page;
use crate::call::CallParts;
use crate::endpoint::Pagination;
use crate::error::{Error, ErrorKind, Reply};
use crate::response::{FromResponse, HttpResponse, ResponseSpec};
use crate::stream::{BlockingItems, Next};

/// The pages of a list: what `.pages()` of a call gives whose endpoint has `paginate(..)`.
///
/// ```
/// use connectors_client::cohere::ConnectorsClient;
///
/// async fn all(connectors: ConnectorsClient) -> Result<(), connectors_client::Error> {
///     let mut pages = connectors.list().limit(50).pages();
///     while let Some(page) = pages.next().await {
///         let page = page?;
///         println!("{:?}: {} of {:?}", page.request_id(), page.data.connectors.len(), page.data.total_count);
///     }
///     Ok(())
/// }
/// ```
///
/// It is a `Stream`, and in blocking use an iterator: `for page in pages`. Each page is an [`HttpResponse`], so that its
/// status and headers are at hand, and a call of its own, with the arguments and options of the first one, its own limits of
/// time and its own retries; nothing is sent before the first is asked for.
///
/// The list ends where the server says so: a page without a cursor or link, `has_more` that is false, a total that is
/// reached, or, by offsets and numbers, a page without items. After an error it ends too; [`cursor`](Self::cursor) still
/// says where to go on. A page whose successor was there before, is on another origin, or is announced but not named, is given,
/// and followed by a [`Decode`](ErrorKind::Decode) error.
#[must_use = "a page is fetched only when it is asked for"]
pub struct Pages<T> {
    prepared: Box<CallParts>,
    /// `None` once it has ended.
    rule: Option<Pagination>,
    /// Where the next page to give is; `None` for where the call's arguments say.
    place: Option<Cursor>,
    /// Whether `place` is the page that the call began with.
    is_first: bool,
    /// The number that the page being fetched begins with, where pages are counted.
    number: u64,
    items_so_far: Option<u64>,
    /// The URL of the page being fetched, where links are followed.
    asked: Option<Uri>,
    fetch: Option<Fetch>,
    /// What is wrong with the page behind the last one.
    failed: Option<Error>,
    /// The places that were asked for, as hashes: a list can have a great many.
    visited: HashSet<u64>,
    hasher: RandomState,
    is_ahead: bool,
    page: PhantomData<fn() -> T>,
}

impl<T> Pages<T> {
    pub(crate) fn new(prepared: Box<CallParts>) -> Self {
        Self {
            rule: prepared.request.endpoint.options.pagination,
            prepared,
            place: None,
            is_first: true,
            number: 0,
            items_so_far: None,
            asked: None,
            fetch: None,
            failed: None,
            visited: HashSet::new(),
            hasher: RandomState::new(),
            is_ahead: false,
            page: PhantomData,
        }
    }

    /// Begins with the page at this place, in place of what the call's arguments say: with a [`cursor`](Self::cursor) that was
    /// saved.
    pub fn starting_at(mut self, cursor: impl Into<Cursor>) -> Self {
        self.place = Some(cursor.into());
        self
    }

    /// Fetches the next page while the last one is being looked at, in a task of the runtime. Without it a page is fetched
    /// when it is asked for. At most one page is fetched ahead.
    pub fn prefetch(mut self) -> Self {
        self.is_ahead = true;
        self
    }

    /// Where the next page is: to be saved, and gone on from by [`starting_at`](Self::starting_at). After an error it is the
    /// page that could not be had. `None` before the first page of a list, and behind the last one.
    pub fn cursor(&self) -> Option<&Cursor> {
        self.place.as_ref()
    }

    fn hash(&self, place: &impl fmt::Display) -> u64 {
        self.hasher.hash_one(place.to_string())
    }

    fn error(&self, detail: impl Into<std::borrow::Cow<'static, str>>) -> Error {
        Error::build(Some(self.prepared.request.endpoint), detail)
    }
}

impl<T: Page + FromResponse> Pages<T> {
    /// The items of all pages, one after another.
    pub fn items(self) -> Items<T> {
        Items::new(self)
    }

    /// The next page, or `None` behind the last one.
    #[expect(clippy::should_implement_trait, reason = "it is a stream; its iterator waits on the thread")]
    pub fn next(&mut self) -> Next<'_, Self> {
        Next::of(self)
    }

    pub(super) fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<HttpResponse<T>, Error>>> {
        let Some(rule) = self.rule else { return Poll::Ready(self.failed.take().map(Err)) };
        let fetch = match &mut self.fetch {
            Some(fetch) => fetch,
            None => match self.start(rule) {
                Ok(fetch) => self.fetch.insert(fetch),
                Err(error) => {
                    self.rule = None;
                    return Poll::Ready(Some(Err(error)));
                }
            },
        };
        let response = ready!(fetch.poll(context));
        self.fetch = None;
        let page = response.and_then(HttpResponse::<T>::from_response);
        match &page {
            Ok(page) => self.go_on(rule, page),
            Err(_) => self.rule = None,
        }
        Poll::Ready(Some(page))
    }

    /// Sets out for the page behind this one.
    fn go_on(&mut self, rule: Pagination, page: &HttpResponse<T>) {
        self.is_first = false;
        let place = self.place_behind(rule, page);
        self.place = match place {
            Ok(place) => place,
            Err(detail) => {
                let reply =
                    Reply { status: page.status(), headers: page.headers().clone(), body: Bytes::new() };
                let error = Error::new(ErrorKind::Decode, Some(self.prepared.request.endpoint), detail);
                let error = error.with_secrets(&self.prepared.client.shared.secrets);
                self.failed = Some(error.with_reply(reply).with_attempts(page.attempts(), true));
                None
            }
        };
        if self.place.is_none() {
            self.rule = None;
        } else if self.is_ahead {
            match self.start(rule) {
                Ok(fetch) => self.fetch = Some(fetch.ahead()),
                Err(error) => (self.rule, self.failed) = (None, Some(error)),
            }
        }
    }

    /// Where the page behind this one is, or why that cannot be known, in a sentence.
    fn place_behind(&mut self, rule: Pagination, page: &HttpResponse<T>) -> Result<Option<Cursor>, String> {
        let items = page.data.item_count() as u64;
        self.items_so_far = self.items_so_far.map(|so_far| so_far.saturating_add(items));
        let next = match rule {
            Pagination::Cursor { header: Some(header), .. } => {
                page.headers().get(header).and_then(|value| Cursor::of(value.to_str().ok()?))
            }
            Pagination::Link => link_header::target(page.headers(), "next").map(Cursor::from),
            _ => page.data.next_cursor(),
        };
        let info = PageInfo {
            number: self.number,
            items,
            items_so_far: self.items_so_far,
            next,
            has_more: page.data.has_more(),
            total_items: page.data.total_items(),
            total_pages: page.data.total_pages(),
        };
        let place = next_page(rule, info).map_err(|mistake| format!("the page {mistake}"))?;
        let Some(place) = place else { return Ok(None) };
        let place = match rule {
            Pagination::Link | Pagination::Url => self.resolved(&place)?,
            _ => place,
        };
        if self.visited.contains(&self.hash(&place)) {
            return Err("the page behind this one was there already: the list would not end".to_owned());
        }
        Ok(Some(place))
    }

    /// A link as an absolute URL within the origin.
    fn resolved(&self, link: &Cursor) -> Result<Cursor, String> {
        let base = &self.prepared.client.shared.base;
        let link = link.to_string();
        let url = match &self.asked {
            Some(asked) => base.link_beside(asked, &link),
            None => base.link(&link),
        };
        url.map(|url| url.to_string().into())
            .map_err(|mistake| format!("the link to the page behind this one {mistake}"))
    }

    /// Begins to fetch the page at the place.
    fn start(&mut self, rule: Pagination) -> Result<Fetch, Error> {
        let client = self.prepared.client.clone();
        let mut request = self.prepared.request.clone();
        if !self.is_first
            && let Some(options) = &mut request.options
        {
            // By the same key the server would give the first page again.
            options.idempotency_key = None;
        }
        let options = client.options(request.options.clone());
        match rule {
            Pagination::Offset(slot) | Pagination::Page { slot, .. } | Pagination::Cursor { slot, .. } => {
                if let Some(argument) = request.overridden(slot, &options) {
                    return Err(self.error(format!(
                        "`{argument}` is given by options, so that all pages would be the same: use its setter"
                    )));
                }
                match &self.place {
                    Some(place) => request.place(slot, place.value()),
                    None => self.place = request.placed(slot),
                }
                let first = if let Pagination::Page { first, .. } = rule { first } else { 0 };
                let is_counted = !matches!(rule, Pagination::Cursor { .. });
                self.number = match &self.place {
                    Some(place) if is_counted => place.number().ok_or_else(|| {
                        let argument = request.endpoint.argument(slot);
                        self.error(format!("pages are counted by `{argument}`, and it is no whole number"))
                    })?,
                    _ => first,
                };
                if self.is_first && self.number == first {
                    self.items_so_far = Some(0);
                }
            }
            Pagination::Link | Pagination::Url => {
                request.link = self.place.as_ref().map(ToString::to_string);
                let asked = request.uri(&client.shared, &options).map_err(|mistake| self.error(mistake))?;
                self.visited.insert(self.hash(&asked));
                self.asked = Some(asked);
            }
        }
        self.visited.extend(self.place.as_ref().map(|place| self.hash(place)));
        Ok(Fetch::new(CallParts { client, request }, ResponseSpec::of::<HttpResponse<T>>()))
    }
}

// A stream moves its pages out whole.
impl<T> Unpin for Pages<T> {}

impl<T: Page + FromResponse> Stream for Pages<T> {
    type Item = Result<HttpResponse<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(context)
    }
}

impl<T: Page + FromResponse> IntoIterator for Pages<T> {
    type Item = Result<HttpResponse<T>, Error>;
    type IntoIter = BlockingItems<Self>;

    fn into_iter(self) -> BlockingItems<Self> {
        BlockingItems::new(self)
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("request", &self.prepared.request)
            .field("has_ended", &self.rule.is_none())
            .finish_non_exhaustive()
    }
}
