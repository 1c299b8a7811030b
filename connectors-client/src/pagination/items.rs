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

/// The items of a list over all its pages: what `.items()` of a call gives whose endpoint has `paginate(..)`.
///
/// ```
/// use connectors_client::cohere::BlockingConnectorsClient;
///
/// fn names(connectors: &BlockingConnectorsClient) -> Result<Vec<String>, connectors_client::Error> {
///     connectors.list().items().into_iter().map(|item| Ok(item?.name)).collect()
/// }
/// ```
///
/// It is a `Stream`, and in blocking use an iterator. A page is fetched when the items of the one before it are used up, or
/// with [`prefetch`](Self::prefetch) while they are; what [`Pages`] says of its end and errors holds here too.
#[must_use = "a page is fetched only when an item of it is asked for"]
pub struct Items<T: Page> {
    pages: Pages<T>,
    /// The page that the items are of, without them.
    page: Option<HttpResponse<T>>,
    /// Where that page is.
    place: Option<Cursor>,
    left: vec::IntoIter<T::Item>,
}

impl<T: Page> Items<T> {
    pub(crate) fn new(pages: Pages<T>) -> Self {
        Self { pages, page: None, place: None, left: Vec::new().into_iter() }
    }

    /// Begins with the page at this place: with a [`cursor`](Self::cursor) that was saved.
    pub fn starting_at(self, cursor: impl Into<Cursor>) -> Self {
        Self { pages: self.pages.starting_at(cursor), ..self }
    }

    /// Fetches the next page while the items of the last one are being looked at, in a task of the runtime.
    pub fn prefetch(self) -> Self {
        Self { pages: self.pages.prefetch(), ..self }
    }

    /// The page of the last item: its status, its headers and its data, out of which the items have been taken.
    pub fn page(&self) -> Option<&HttpResponse<T>> {
        self.page.as_ref()
    }

    /// Where to go on by [`starting_at`](Self::starting_at): the page of the last item until all items of that have been
    /// given, which are then there once more; then the page behind it. `None` on the first page of a list, and behind the
    /// last one.
    pub fn cursor(&self) -> Option<&Cursor> {
        if self.left.len() > 0 { self.place.as_ref() } else { self.pages.cursor() }
    }
}

impl<T: Page + FromResponse> Items<T> {
    /// The next item, or `None` behind the last one.
    #[expect(clippy::should_implement_trait, reason = "it is a stream; its iterator waits on the thread")]
    pub fn next(&mut self) -> Next<'_, Self> {
        Next::of(self)
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T::Item, Error>>> {
        loop {
            if let Some(item) = self.left.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let place = self.pages.cursor().cloned();
            let mut page = match ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => page,
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            };
            self.left = page.data.take_items().into_iter();
            (self.page, self.place) = (Some(page), place);
        }
    }
}

// A stream moves its items out whole.
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
