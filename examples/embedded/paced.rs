//! Items that come one after the other, so that a stream can be seen to be one.

use std::convert::Infallible;
use std::time::Duration;

use futures_util::{Stream, StreamExt, stream};

/// About as long as a model takes for a word.
const PAUSE: Duration = Duration::from_millis(20);

/// Gives the items with a pause before each.
pub(crate) fn paced<T>(items: Vec<T>) -> impl Stream<Item = Result<T, Infallible>> {
    stream::iter(items).then(|item| async {
        tokio::time::sleep(PAUSE).await;
        Ok(item)
    })
}

/// A text in the pieces that a model would give it in.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(' ')
}
