//! The argument of a request that says which page it is for.

use serde_json::Value;

use super::cursor::Cursor;
use crate::encode::encoded_key;
use crate::endpoint::{Format, ParameterKind};
use crate::options::RequestOptions;
use crate::request::Request;

impl Request {
    /// Sets the argument.
    pub(super) fn place(&mut self, slot: usize, place: &Value) {
        match (self.endpoint.parameters[slot].kind, self.endpoint.format) {
            (ParameterKind::Path, _) => self.path(slot, place),
            (ParameterKind::Header, _) => self.header(slot, place),
            (ParameterKind::Field, Format::Json) => self.field(slot, place),
            // The macro lets nothing else through.
            _ => self.query(slot, place),
        }
    }

    /// What the argument is set to.
    pub(super) fn placed(&self, slot: usize) -> Option<Cursor> {
        let value = self.value(slot)?;
        match (self.endpoint.parameters[slot].kind, self.endpoint.format) {
            (ParameterKind::Path | ParameterKind::Header, _) => {
                Cursor::of(&percent_encoding::percent_decode(value).decode_utf8_lossy())
            }
            (ParameterKind::Field, Format::Json) => Cursor::of(&serde_json::from_slice::<Value>(value).ok()?),
            _ => Cursor::of(&url::form_urlencoded::parse(value).next()?.1),
        }
    }

    /// The argument's name, if options take its place.
    pub(super) fn overridden(&self, slot: usize, options: &RequestOptions) -> Option<&'static str> {
        let parameter = &self.endpoint.parameters[slot];
        let is_given = match parameter.kind {
            ParameterKind::Query => {
                let key = encoded_key(parameter.name);
                options.query.iter().any(|option| option.key == key)
            }
            ParameterKind::Field => options.body_fields.iter().any(|(name, _)| name == parameter.name),
            ParameterKind::Header => options.headers.iter().any(|(name, _)| name == parameter.name),
            ParameterKind::Path | ParameterKind::Body | ParameterKind::Url => false,
        };
        is_given.then_some(parameter.argument)
    }
}
