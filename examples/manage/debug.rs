//! Shows a chat that debugs a connector while it arrives.

use std::pin::pin;

use futures_util::{Stream, StreamExt};
use serde::Serialize;

use super::failure::Failure;
use super::output::Output;
use super::visible::{visible, visible_lines};

/// The parts of a chat's events that matter for debugging.
pub(crate) enum ChatEvent {
    Searched { failed: Vec<FailedConnector>, documents: usize },
    Text(String),
    End { finish_reason: String },
    Other,
}

#[derive(Serialize)]
pub(crate) struct FailedConnector {
    pub(crate) id: String,
    pub(crate) error_message: String,
}

/// Result of the chat.
#[derive(Default, Serialize)]
struct Outcome {
    text: String,
    finish_reason: String,
    documents: usize,
    failed: Vec<FailedConnector>,
}

/// Shows events as they arrive and the result at the end. Programs get only the result.
pub(crate) async fn show(
    events: impl Stream<Item = Result<ChatEvent, Failure>>,
    output: &mut Output<'_>,
) -> Result<(), Failure> {
    let mut events = pin!(events);
    let mut outcome = Outcome::default();
    while let Some(event) = events.next().await {
        let event = event?;
        output.note(&told(&event))?;
        if outcome.take(event) {
            return output.give(&outcome, Outcome::summary);
        }
    }
    Err(Failure::Answer("the answer broke off: there was no event to end it".to_owned()))
}

fn told(event: &ChatEvent) -> String {
    match event {
        ChatEvent::Searched { failed, .. } => failed.iter().map(FailedConnector::told).collect(),
        ChatEvent::Text(text) => visible_lines(text),
        ChatEvent::End { .. } | ChatEvent::Other => String::new(),
    }
}

impl FailedConnector {
    fn told(&self) -> String {
        format!("connector {} failed: {}\n", visible(&self.id), visible(&self.error_message))
    }
}

impl Outcome {
    /// Processes an event. Returns true if it was the last one.
    fn take(&mut self, event: ChatEvent) -> bool {
        match event {
            ChatEvent::Searched { failed, documents } => {
                self.failed.extend(failed);
                self.documents += documents;
            }
            ChatEvent::Text(text) => self.text.push_str(&text),
            ChatEvent::End { finish_reason } => {
                self.finish_reason = finish_reason;
                return true;
            }
            ChatEvent::Other => {}
        }
        false
    }

    fn summary(&self) -> String {
        let text_ends = if self.text.is_empty() { "" } else { "\n" };
        let reason = visible(&self.finish_reason);
        format!("{text_ends}\nfinish reason: {reason}\ndocuments found: {}\n", self.documents)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::io::{self, Write};

    use futures_util::{StreamExt, stream};

    use super::super::output::Output;
    use super::{ChatEvent, show};

    /// A shared buffer that others can read during the output.
    struct Screen<'a>(&'a RefCell<String>);

    impl Write for Screen<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().push_str(std::str::from_utf8(bytes).unwrap());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            self.0.borrow_mut().push('|');
            Ok(())
        }
    }

    fn text(text: &str) -> ChatEvent {
        ChatEvent::Text(text.to_owned())
    }

    fn end() -> ChatEvent {
        ChatEvent::End { finish_reason: "COMPLETE".to_owned() }
    }

    #[tokio::test]
    async fn text_is_shown_before_the_next_event_is_read() {
        let screen = RefCell::new(String::new());
        let mut before = vec![];
        let events = stream::iter([text("C6"), text("H12O6"), end()]).map(|event| {
            before.push(screen.borrow().clone());
            Ok(event)
        });
        show(events, &mut Output::new(&mut Screen(&screen), false)).await.ok().unwrap();
        assert_eq!(before, ["", "C6|", "C6|H12O6|"]);
    }

    #[tokio::test]
    async fn control_characters_of_a_model_are_escaped() {
        let screen = RefCell::new(String::new());
        let events = stream::iter([text("a\u{1b}[2Jb\nc"), end()]).map(Ok);
        show(events, &mut Output::new(&mut Screen(&screen), false)).await.ok().unwrap();
        assert!(screen.borrow().starts_with("a\\u{1b}[2Jb\nc|"), "{}", screen.borrow());
    }

    #[tokio::test]
    async fn an_answer_without_an_end_event_is_a_failure() {
        let screen = RefCell::new(String::new());
        let events = stream::iter([text("C6")]).map(Ok);
        let failure =
            show(events, &mut Output::new(&mut Screen(&screen), false)).await.err().unwrap();
        assert_eq!(failure.to_string(), "the answer broke off: there was no event to end it");
    }
}
