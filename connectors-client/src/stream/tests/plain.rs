//! A slow and plain reader of server-sent events that follows the standard word by word.
//! `tests/properties` includes this file by path.

use std::mem;
use std::time::Duration;

/// Implements section 9.2.6 of the HTML standard sentence by sentence, on the whole decoded stream.
#[derive(Default)]
pub(super) struct Plain {
    data: String,
    event: String,
    id: String,
    pub(super) events: Vec<[String; 3]>,
    pub(super) last_event_id: String,
    pub(super) retry: Option<Duration>,
}

impl Plain {
    pub(super) fn read(stream: &[u8]) -> Self {
        let text = String::from_utf8_lossy(stream);
        let text = text
            .strip_prefix('\u{feff}')
            .unwrap_or(&text)
            .replace("\r\n", "\n")
            .replace('\r', "\n");
        let mut this = Self::default();
        let mut lines: Vec<&str> = text.split('\n').collect();
        // Text after the last line end is not a line.
        lines.pop();
        for line in lines {
            this.line(line);
        }
        this
    }

    fn line(&mut self, line: &str) {
        if line.is_empty() {
            return self.dispatch();
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "data" => self.data.extend([value, "\n"]),
            "event" => value.clone_into(&mut self.event),
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = Some(Duration::from_millis(value.parse().unwrap_or(u64::MAX)));
            }
            _ => {}
        }
    }

    fn dispatch(&mut self) {
        self.last_event_id.clone_from(&self.id);
        let (data, event) = (mem::take(&mut self.data), mem::take(&mut self.event));
        if let Some(data) = data.strip_suffix('\n') {
            let event = if event.is_empty() { "message".to_owned() } else { event };
            self.events.push([event, data.to_owned(), self.id.clone()]);
        }
    }
}
