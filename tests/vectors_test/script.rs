//! The responses of a vector. `@OTHER`, `@NOW` and `@DATE` in their headers stand for values that
//! are known only at run time.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use support::server::{Reply, Server};

use crate::json::Json;

/// A response as written in a vector.
#[derive(Deserialize)]
pub(crate) struct Script {
    status: u16,
    #[serde(default)]
    headers: Vec<(String, String)>,
    #[serde(default)]
    body: String,
    body_b64: Option<String>,
    reason: Option<String>,
    /// Number of bytes missing from the declared length.
    short: Option<u64>,
    mode: Option<String>,
}

/// The targets of placeholders in response headers.
pub(crate) struct Origins {
    /// An origin other than the one being called.
    pub(crate) other: Server,
    start: SystemTime,
}

impl Origins {
    pub(crate) fn start(other: &[Script]) -> Self {
        let start = SystemTime::now();
        let replies = other.iter().map(|script| script.fixed_reply(str::to_owned));
        // If a vector needs no other origin, it must not call it either.
        let other = Server::start(replies.chain([Reply::empty(500)]));
        Self { other, start }
    }

    fn fill_in(&self, value: &str) -> String {
        if let Some(path) = value.strip_prefix("@OTHER") {
            return self.other.url() + path;
        }
        if let Some(seconds) = value.strip_prefix("@NOW") {
            return self
                .moment(seconds)
                .duration_since(UNIX_EPOCH)
                .map_or(0.0, |time| time.as_secs_f64())
                .to_string();
        }
        match value.strip_prefix("@DATE") {
            Some(seconds) => httpdate::fmt_http_date(self.moment(seconds)),
            None => value.to_owned(),
        }
    }

    fn moment(&self, seconds: &str) -> SystemTime {
        let offset = number(seconds);
        let distance = Duration::from_secs_f64(offset.abs());
        if offset < 0.0 { self.start - distance } else { self.start + distance }
    }
}

fn number(seconds: &str) -> f64 {
    seconds.parse().unwrap_or_else(|_| panic!("{seconds} is not a number of seconds"))
}

impl Script {
    /// Returns the response that the server sends.
    pub(crate) fn reply(&self, origins: &Origins) -> Reply {
        match self.mode.as_deref() {
            None => self.fixed_reply(|value| origins.fill_in(value)),
            Some("close") => Reply::close(),
            Some(other) => panic!("unknown mode {other}"),
        }
    }

    fn fixed_reply(&self, fill_in: impl Fn(&str) -> String) -> Reply {
        let mut reply = Reply::empty(self.status).body(self.bytes());
        if let Some(reason) = &self.reason {
            reply = reply.reason(reason);
        }
        for (name, value) in &self.headers {
            reply = reply.header(name, latin1(&fill_in(value)));
        }
        match self.short {
            Some(missing) => {
                reply.declare_length(self.bytes().len() as u64 + missing).close_after()
            }
            None => reply,
        }
    }

    /// Returns the body as it is sent.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        match &self.body_b64 {
            Some(text) => STANDARD.decode(text).expect("the body is base64"),
            None => self.body.clone().into_bytes(),
        }
    }

    /// Returns the body as data. An empty body counts as an empty object.
    pub(crate) fn json(&self) -> Json {
        let text = if self.body.is_empty() { "{}" } else { &self.body };
        serde_json::from_str(text).expect("the body is JSON")
    }

    /// Returns the delay in seconds that the response requests by a date, if it does.
    pub(crate) fn asked_date(&self) -> Option<f64> {
        self.headers.iter().find_map(|(_, value)| value.strip_prefix("@DATE").map(number))
    }
}

/// Header values are recorded in Latin-1, their encoding since HTTP/1.0.
fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|character| u8::try_from(character).expect("headers are Latin-1")).collect()
}
