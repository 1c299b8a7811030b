//! A field that options add to the request body.

use std::sync::Arc;

use serde::Serialize;

use super::exposed;
use super::request_options::QueryOption;
use crate::body::multipart::{self, NamedPart, Part};
use crate::encode::{self, EncodeError};

/// A field in each form that a body can have, because options do not know their endpoint.
#[derive(Clone)]
pub(crate) struct BodyField {
    pub(crate) name: String,
    pub(crate) json: Vec<u8>,
    /// Pairs of a form, or the reason why the value cannot be sent in one.
    pairs: Result<Vec<u8>, String>,
    /// Parts of a multipart form, or the reason why the value cannot be sent as one.
    parts: Result<Vec<Arc<Part>>, String>,
    /// The secrets within the value.
    pub(crate) secrets: Vec<Vec<u8>>,
}

impl BodyField {
    pub(crate) fn new(name: &str, value: &impl Serialize) -> Result<Self, EncodeError> {
        let (mut json, mut pairs) = (Vec::new(), Vec::new());
        let (written, is_exposed) = exposed::watch(|| encode::json(value, &mut json));
        let secrets = if is_exposed { exposed::take() } else { Vec::new() };
        written?;
        let encoded = encode::query_pairs(name, value, &mut pairs);
        let parts = multipart::parts_from(value);
        Ok(Self {
            name: name.to_owned(),
            secrets,
            json,
            pairs: encoded.map(|()| pairs).map_err(|error| error.to_string()),
            parts: parts
                .map(|parts| parts.0.into_iter().map(Arc::new).collect())
                .map_err(|error| error.to_string()),
        })
    }

    /// Returns the field as pairs of a form.
    pub(crate) fn pairs(&self) -> Result<QueryOption, String> {
        let pairs = self.pairs.clone().map_err(|mistake| self.mistake(&mistake))?;
        Ok(QueryOption { key: encode::encoded_key(&self.name), pairs })
    }

    /// Returns the name and the field as parts of a multipart form.
    pub(crate) fn parts(&self) -> Result<(&str, Vec<NamedPart>), String> {
        let parts = self.parts.as_ref().map_err(|mistake| self.mistake(mistake))?;
        let named = parts.iter().map(|part| (self.name.clone().into(), Arc::clone(part)));
        Ok((&self.name, named.collect()))
    }

    fn mistake(&self, mistake: &str) -> String {
        format!("the body field `{}` {mistake}", self.name)
    }
}
