//! The pages of a list, one call each.

use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::header::LINK;
use http::{HeaderMap, Uri};

use super::cursor::Cursor;
use super::fetch::Fetch;
use super::items::Items;
use super::link_header;
use super::next_page::{PageInfo, next_page};
use super::page::Page;
use crate::call::CallParts;
use crate::client::base_url;
use crate::endpoint::Pagination;
use crate::error::{Error, ErrorKind, Reply};
use crate::response::from_response::ResponseRules;
use crate::response::{FromResponse, HttpResponse};
use crate::stream::{BlockingItems, Next};

/// The pages of a list, returned by `.pages()` of an endpoint with `paginate(..)`.
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
/// In async use it is a `Stream`. In blocking use, iterate with `for page in pages`, or call
/// `.into_iter()` for the methods of an iterator.
///
/// Each page is an [`HttpResponse`] with its status and headers. Each is a call of its own, with
/// the arguments and options of the first call, and with its own timeouts and retries. Nothing is
/// sent until the first page is read.
///
/// The list ends when the server says so: a page without a cursor or link, `has_more` that is
/// false, a total that is reached, or, with offsets and page numbers, a page without items. An
/// error ends it too; [`cursor`](Self::cursor) still returns where to continue.
///
/// If the next page came before, is on another origin, or is announced without a cursor, a
/// [`Decode`](ErrorKind::Decode) error follows the current page.
#[must_use = "a page is fetched only when it is read"]
pub struct Pages<T> {
    parts: Box<CallParts>,
    /// `None` after the end of the list.
    rule: Option<Pagination>,
    /// The cursor of the next page; `None` for the page that the call's arguments select.
    cursor: Option<Cursor>,
    /// True until the first page has arrived.
    is_first: bool,
    /// Number of the page being fetched, or of its first item, if they are counted.
    number: u64,
    items_so_far: Option<u64>,
    /// The URL of the page being fetched, if links are followed.
    asked: Option<Uri>,
    fetch: Option<Fetch>,
    /// The error to return after the last page.
    failed: Option<Error>,
    /// Hashes of the cursors so far. A hash is small, and a list can have very many pages.
    visited: HashSet<u64>,
    hasher: RandomState,
    is_ahead: bool,
    page: PhantomData<fn() -> T>,
}

impl<T> Pages<T> {
    pub(crate) fn new(parts: Box<CallParts>) -> Self {
        Self {
            rule: parts.request.endpoint.options.pagination,
            parts,
            cursor: None,
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

    /// Starts with the page at a saved [`cursor`](Self::cursor), instead of the page that the
    /// call's arguments select.
    pub fn starting_at(mut self, cursor: impl Into<Cursor>) -> Self {
        self.cursor = Some(cursor.into());
        self
    }

    /// Fetches the next page while the current one is read, in a task of the runtime. At most one
    /// page is fetched ahead.
    pub fn prefetch(mut self) -> Self {
        self.is_ahead = true;
        self
    }

    /// Returns the cursor of the next page, to continue from with
    /// [`starting_at`](Self::starting_at). After an error it is the page that failed. It is `None`
    /// before the first page of a list and after the last one.
    pub fn cursor(&self) -> Option<&Cursor> {
        self.cursor.as_ref()
    }

    fn hash(&self, cursor: &impl fmt::Display) -> u64 {
        self.hasher.hash_one(cursor.to_string())
    }

    fn error(&self, detail: impl Into<std::borrow::Cow<'static, str>>) -> Error {
        Error::build(Some(self.parts.request.endpoint), detail)
    }
}

impl<T: Page + FromResponse> Pages<T> {
    /// Returns the items of all pages.
    pub fn items(self) -> Items<T> {
        Items::new(self)
    }

    /// Returns the next page, or `None` after the last one.
    #[expect(
        clippy::should_implement_trait,
        reason = "it is a stream; its iterator waits on the thread"
    )]
    pub fn next(&mut self) -> Next<'_, Self> {
        Next::new(self)
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
            Ok(page) => self.advance(rule, page),
            Err(_) => self.rule = None,
        }
        Poll::Ready(Some(page))
    }

    /// Moves on to the next page.
    fn advance(&mut self, rule: Pagination, page: &HttpResponse<T>) {
        self.is_first = false;
        self.cursor = match self.cursor_after(rule, page) {
            Ok(cursor) => cursor,
            Err(detail) => {
                let reply = Reply {
                    status: page.status(),
                    headers: page.headers().clone(),
                    body: Bytes::new(),
                };
                let error =
                    Error::new(ErrorKind::Decode, Some(self.parts.request.endpoint), detail);
                let error = error.with_secrets(&self.parts.client.shared.secrets);
                self.failed = Some(error.with_reply(reply).with_attempts(page.attempts(), true));
                None
            }
        };
        if self.cursor.is_none() {
            self.rule = None;
        } else if self.is_ahead {
            match self.start(rule) {
                Ok(fetch) => self.fetch = Some(fetch.spawned()),
                Err(error) => (self.rule, self.failed) = (None, Some(error)),
            }
        }
    }

    /// Returns the cursor of the page after this one. The error says why it cannot be known.
    fn cursor_after(
        &mut self,
        rule: Pagination,
        page: &HttpResponse<T>,
    ) -> Result<Option<Cursor>, String> {
        let items = page.data.item_count() as u64;
        self.items_so_far = self.items_so_far.map(|so_far| so_far.saturating_add(items));
        let next = match rule {
            Pagination::Cursor { header: Some(header), .. } => cursor_in(page.headers(), header)?,
            Pagination::Link => {
                let links = page.headers().get_all(LINK).iter().map(base_url::header_text);
                link_header::target(links, "next").map(Cursor::from)
            }
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
        let cursor = next_page(rule, info).map_err(|mistake| format!("the page {mistake}"))?;
        let Some(cursor) = cursor else { return Ok(None) };
        let cursor = match rule {
            Pagination::Link | Pagination::Url => self.resolved(&cursor)?,
            _ => cursor,
        };
        if self.visited.contains(&self.hash(&cursor)) {
            return Err("the next page was already fetched: the list would not end".to_owned());
        }
        Ok(Some(cursor))
    }

    /// Resolves a link to an absolute URL within the origin.
    fn resolved(&self, link: &Cursor) -> Result<Cursor, String> {
        let base = &self.parts.client.shared.base;
        let link = link.to_string();
        let url = match &self.asked {
            Some(asked) => base.link_beside(asked, &link),
            None => base.link(&link),
        };
        url.map(|url| url.to_string().into())
            .map_err(|mistake| format!("the link to the next page {mistake}"))
    }

    /// Starts to fetch the page at the cursor.
    fn start(&mut self, rule: Pagination) -> Result<Fetch, Error> {
        let client = self.parts.client.clone();
        let mut request = self.parts.request.clone();
        if !self.is_first
            && let Some(options) = &mut request.options
        {
            // With the same key the server would return the first page again.
            options.idempotency_key = None;
        }
        let options = client.options(request.options.clone());
        match rule {
            Pagination::Offset(slot)
            | Pagination::Page { slot, .. }
            | Pagination::Cursor { slot, .. } => {
                if let Some(argument) = request.overridden(slot, &options) {
                    return Err(self.error(format!(
                        "`{argument}` is set by options, so that all pages would be the same: use its setter"
                    )));
                }
                match &self.cursor {
                    Some(cursor) => request.set_cursor(slot, cursor.value()),
                    None => self.cursor = request.cursor(slot),
                }
                let first = if let Pagination::Page { first, .. } = rule { first } else { 0 };
                let is_counted = !matches!(rule, Pagination::Cursor { .. });
                self.number = match &self.cursor {
                    Some(cursor) if is_counted => cursor.number().ok_or_else(|| {
                        let argument = request.endpoint.argument(slot);
                        self.error(format!(
                            "pages are counted by `{argument}`, which is not a whole number"
                        ))
                    })?,
                    _ => first,
                };
                if self.is_first && self.number == first {
                    self.items_so_far = Some(0);
                }
            }
            Pagination::Link | Pagination::Url => {
                request.link = self.cursor.as_ref().map(|cursor| cursor.to_string().into());
                let asked =
                    request.uri(&client.shared, &options).map_err(|mistake| self.error(mistake))?;
                self.visited.insert(self.hash(&asked));
                self.asked = Some(asked);
            }
        }
        self.visited.extend(self.cursor.as_ref().map(|cursor| self.hash(cursor)));
        Ok(Fetch::new(CallParts { client, request }, ResponseRules::new::<HttpResponse<T>>()))
    }
}

/// Returns the cursor in a header. In another charset than UTF-8 it is not known, so sending it
/// back would ask for another page.
fn cursor_in(headers: &HeaderMap, header: &str) -> Result<Option<Cursor>, String> {
    let Some(value) = headers.get(header) else { return Ok(None) };
    let text = str::from_utf8(value.as_bytes())
        .map_err(|_| format!("the cursor in the header `{header}` is not UTF-8 text"))?;
    Ok(Cursor::from_value(text))
}

// The pages are never pinned.
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
            .field("request", &self.parts.request)
            .field("has_ended", &self.rule.is_none())
            .finish_non_exhaustive()
    }
}
