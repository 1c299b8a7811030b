//! Items that arrive one after another, so that a stream is visible as one.

use std::convert::Infallible;
use std::time::Duration;

use futures_util::{Stream, StreamExt, stream};

/// About as long as a model takes for a word.
const PAUSE: Duration = Duration::from_millis(20);

/// Yields the items with a pause before each.
pub(crate) fn paced<T>(items: Vec<T>) -> impl Stream<Item = Result<T, Infallible>> {
    stream::iter(items).then(|item| async {
        tokio::time::sleep(PAUSE).await;
        Ok(item)
    })
}

/// Splits a text into the parts a model would send.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(' ')
}
