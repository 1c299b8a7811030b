//! The items of all pages of a list.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::cursor::Cursor;
use super::page::Page;
use super::pages::Pages;
use crate::error::Error;
use crate::response::{FromResponse, HttpResponse};
use crate::stream::{BlockingItems, Next};

/// The items of a list over all its pages, returned by `.items()` of an endpoint with
/// `paginate(..)`.
///
/// ```
/// use connectors_client::cohere::BlockingConnectorsClient;
///
/// fn names(connectors: &BlockingConnectorsClient) -> Result<Vec<String>, connectors_client::Error> {
///     connectors.list().items().into_iter().map(|item| Ok(item?.name)).collect()
/// }
/// ```
///
/// In async use it is a `Stream`. In blocking use, iterate with `for item in items`, or call
/// `.into_iter()` for the methods of an iterator, as above.
///
/// The next page is fetched when the items of the current one are used up, or with
/// [`prefetch`](Self::prefetch) while they are read. The list ends, and errors end it, as described
/// for [`Pages`].
#[must_use = "a page is fetched only when one of its items is read"]
pub struct Items<T: Page> {
    pages: Pages<T>,
    /// The current page, without its items.
    page: Option<HttpResponse<T>>,
    /// The cursor of the current page.
    cursor: Option<Cursor>,
    left: vec::IntoIter<T::Item>,
}

impl<T: Page> Items<T> {
    pub(crate) fn new(pages: Pages<T>) -> Self {
        Self { pages, page: None, cursor: None, left: Vec::new().into_iter() }
    }

    /// Starts with the page at a saved [`cursor`](Self::cursor).
    pub fn starting_at(self, cursor: impl Into<Cursor>) -> Self {
        Self { pages: self.pages.starting_at(cursor), ..self }
    }

    /// Fetches the next page while the items of the current one are read, in a task of the runtime.
    pub fn prefetch(self) -> Self {
        Self { pages: self.pages.prefetch(), ..self }
    }

    /// Returns the page of the last item: its status, its headers, and its data without the items.
    pub fn page(&self) -> Option<&HttpResponse<T>> {
        self.page.as_ref()
    }

    /// Returns the cursor to continue from with [`starting_at`](Self::starting_at). While items of
    /// a page are left, it is the cursor of this page, so continuing repeats the page's first
    /// items. After the page's last item it is the cursor of the next page. It is `None` on the
    /// first page of a list and after the last page.
    pub fn cursor(&self) -> Option<&Cursor> {
        if self.left.len() > 0 { self.cursor.as_ref() } else { self.pages.cursor() }
    }
}

impl<T: Page + FromResponse> Items<T> {
    /// Returns the next item, or `None` after the last one.
    #[expect(
        clippy::should_implement_trait,
        reason = "it is a stream; its iterator waits on the thread"
    )]
    pub fn next(&mut self) -> Next<'_, Self> {
        Next::new(self)
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T::Item, Error>>> {
        loop {
            if let Some(item) = self.left.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let cursor = self.pages.cursor().cloned();
            let mut page = match ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => page,
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            };
            self.left = page.data.take_items().into_iter();
            (self.page, self.cursor) = (Some(page), cursor);
        }
    }
}

// The items are never pinned.
impl<T: Page> Unpin for Items<T> {}

impl<T: Page + FromResponse> Stream for Items<T> {
    type Item = Result<T::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<T: Page + FromResponse> IntoIterator for Items<T> {
    type Item = Result<T::Item, Error>;
    type IntoIter = BlockingItems<Self>;

    fn into_iter(self) -> BlockingItems<Self> {
        BlockingItems::new(self)
    }
}

impl<T: Page> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .field("left", &self.left.len())
            .finish_non_exhaustive()
    }
}
