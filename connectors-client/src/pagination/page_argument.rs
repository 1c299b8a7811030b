//! The argument of a request that selects the page.

use serde_json::Value;

use super::cursor::Cursor;
use crate::client::request_options::RequestOptions;
use crate::encode::encoded_key;
use crate::endpoint::{Format, Location};
use crate::request::Request;

impl Request {
    /// Sets the argument to a cursor.
    pub(super) fn set_cursor(&mut self, slot: usize, cursor: &Value) {
        match (self.endpoint.location(slot), self.endpoint.options.format) {
            (Location::Path, _) => self.path(slot, cursor),
            (Location::Header | Location::SecretHeader, _) => self.header(slot, cursor),
            (Location::Field, Format::Json) => self.field(slot, cursor),
            // The macro rejects other kinds of arguments.
            _ => self.query(slot, cursor),
        }
    }

    /// Returns the value of the argument.
    pub(super) fn cursor(&self, slot: usize) -> Option<Cursor> {
        let value = self.value(slot)?;
        match (self.endpoint.location(slot), self.endpoint.options.format) {
            (Location::Path | Location::Header | Location::SecretHeader, _) => {
                Cursor::from_value(&percent_encoding::percent_decode(value).decode_utf8_lossy())
            }
            (Location::Field, Format::Json) => {
                Cursor::from_value(&serde_json::from_slice::<Value>(value).ok()?)
            }
            _ => Cursor::from_value(&url::form_urlencoded::parse(value).next()?.1),
        }
    }

    /// Returns the argument's name if the options override it.
    pub(super) fn overridden(&self, slot: usize, options: &RequestOptions) -> Option<&'static str> {
        let name = self.endpoint.wire_name(slot);
        let is_given = match self.endpoint.location(slot) {
            Location::Query => {
                let key = encoded_key(name);
                options.query.iter().any(|option| option.key == key)
            }
            Location::Field => options.body_fields.iter().any(|field| field.name == name),
            Location::Header | Location::SecretHeader => {
                options.headers.iter().any(|(other, _)| other == name)
            }
            Location::Path | Location::Body | Location::Url => false,
        };
        is_given.then(|| self.endpoint.argument(slot))
    }
}
