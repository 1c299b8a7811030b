//! Standard output: text for people or JSON for programs, one or the other.

use std::io::Write;

use serde::Serialize;

use super::failure::Failure;

pub(crate) struct Output<'a> {
    out: &'a mut dyn Write,
    json: bool,
}

impl<'a> Output<'a> {
    pub(crate) fn new(out: &'a mut dyn Write, json: bool) -> Self {
        Self { out, json }
    }

    /// Prints a value as JSON for programs, or as `text` for people.
    pub(crate) fn give<T: Serialize>(
        &mut self,
        value: &T,
        text: impl FnOnce(&T) -> String,
    ) -> Result<(), Failure> {
        let text = if self.json { json(value)? } else { text(value) };
        self.write(&text)
    }

    /// Prints a message for people at once.
    pub(crate) fn note(&mut self, text: &str) -> Result<(), Failure> {
        if self.json || text.is_empty() { Ok(()) } else { self.write(text) }
    }

    fn write(&mut self, text: &str) -> Result<(), Failure> {
        self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush()).map_err(Failure::Output)
    }
}

fn json(value: &impl Serialize) -> Result<String, Failure> {
    let text =
        serde_json::to_string_pretty(value).map_err(|error| Failure::Output(error.into()))?;
    Ok(text + "\n")
}
