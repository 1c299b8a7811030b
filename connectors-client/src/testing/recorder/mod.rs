//! A layer that records the responses of a server and replays them.
//!
//! ```text
//! a request ── Entry ── cleaned ──┬─ replay: the response of the entry that fits, or an error
//!                                 ├─ record: sent; its response is kept while it arrives
//!                                 └─ verify: sent; its response is compared with the entry
//! ```

mod cleaner;
mod compare;
mod entry;
mod file;
mod form;
mod har;
mod json;
mod layer;
mod matching;
mod played;
mod pretty;
mod state;

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Weak};

use crate::client::builder::ClientBuilder;
use crate::client::secret::Secret;
use crate::client::secret_listener;
use crate::error::ConfigError;
use json::Pattern;
use layer::Recording;
use state::{Mode, Tape};

/// Records the responses of a server in a file, and replays them without the server.
///
/// ```
/// use connectors_client::{Client, Error, Recorder, api_client};
///
/// #[api_client]
/// trait Books {
///     #[get("books/<id>")]
///     async fn book(&self, id: &str) -> String;
/// }
///
/// async fn the_title_is_found() -> Result<(), Error> {
///     let recorder = Recorder::auto("tests/recordings/title.har");
///     let client = Client::builder("https://api.example.com").recorder(&recorder).build()?;
///     assert_eq!(BooksClient::new(client).book("emma").await?, "Emma");
///     recorder.save()?;
///     Ok(())
/// }
/// ```
///
/// | mode | a request that the file has | any other request |
/// |---|---|---|
/// | [`record`](Self::record) | is sent and recorded anew | is sent and recorded |
/// | [`replay`](Self::replay) | gets the recorded response | is an error |
/// | [`auto`](Self::auto) | gets the recorded response | is sent and recorded; an error if `CI` is set |
/// | [`verify`](Self::verify) | is sent, and its response is compared with the recorded one | is an error |
///
/// The error of a missing entry is a [`Build`](crate::ErrorKind::Build) error. It names the
/// endpoint, the nearest entry and the arguments that differ.
///
/// # Entries
///
/// An entry is found by its endpoint and arguments: those of the path and of headers, the pairs of
/// the query, and the fields of the body. Neither the base URL nor other headers count. Each attempt
/// of a call, each redirect and each poll is an entry. Requests with equal arguments are a sequence,
/// which is replayed once and in its order. Failures of the network are entries too. A request body
/// is read before it is sent.
///
/// # Files
///
/// The file is HAR 1.2, which the developer tools of browsers open. It has no times, no dates of
/// headers and no ports of this machine, and its entries are sorted by endpoint and arguments. So it
/// only changes if a request or response does. A stream without a length keeps its chunks, in the
/// field `_chunks`, which counts when it is replayed. Bytes that are not text are Base64.
///
/// A HAR file that a browser saved can be replayed too. Its entries are found by method, URL, query
/// and body, and their secrets are replaced when it is read. These are also the values of headers
/// whose name tells that they have a secret, such as `X-Api-Key`, or in which a client of this
/// recorder sends one, and secrets within a segment of the path. Once the recorder writes the file,
/// it has the form of all other recordings.
///
/// The file is written by [`save`](Self::save), or when the recorder and its clients are dropped,
/// unless the test panics. Use one file per test: a second recorder that would write the same file
/// at the same time is an error.
///
/// # Secrets
///
/// These are replaced by a name and a number, such as `{authorization:1}`, before they are kept:
///
/// - [`Secret`] arguments, sensitive headers, the credentials of the client and of its proxies;
/// - values of responses that are decoded as a `Secret`;
/// - the values of `Cookie` and `Set-Cookie`, of idempotency keys and of the queries of URLs in
///   headers, such as `Location` and `Link`;
/// - values that [`redact`](Self::redact) or [`secret`](Self::secret) names.
///
/// Equal secrets have equal numbers, so a token that a response gives and a later request sends is
/// still the same one. A secret of eight bytes or more is replaced wherever it occurs in the file,
/// also escaped or in Base64; a shorter one is replaced where it is a whole value. If a response of
/// JSON cannot be decoded, its strings are not kept, because it may have secrets that were not
/// reached. A secret within a struct that is an argument needs `redact`. A response that stays
/// compressed, by `decompress = none`, is not searched.
#[derive(Clone)]
pub struct Recorder(Arc<Tape>);

impl Recorder {
    /// Sends each request and records its response. The file then has the entries of this run only.
    pub fn record(file: impl AsRef<Path>) -> Self {
        Self::new(Mode::Record, file.as_ref())
    }

    /// Replays the file and sends nothing.
    pub fn replay(file: impl AsRef<Path>) -> Self {
        Self::new(Mode::Replay, file.as_ref())
    }

    /// Replays the file, and records what it does not have. If the environment variable `CI` is
    /// set, to whatever value, nothing is sent or recorded.
    pub fn auto(file: impl AsRef<Path>) -> Self {
        let is_ci = std::env::var_os("CI").is_some();
        Self::new(if is_ci { Mode::AutoInCi } else { Mode::Auto }, file.as_ref())
    }

    /// Sends each request and compares the response with the file. If the status, the media type or
    /// the body differs, the call fails with a [`Decode`](crate::ErrorKind::Decode) error that names
    /// the differences. JSON is compared value by value; [`varies`](Self::varies) excepts values
    /// that change. The file is never written.
    pub fn verify(file: impl AsRef<Path>) -> Self {
        Self::new(Mode::Verify, file.as_ref())
    }

    fn new(mode: Mode, file: &Path) -> Self {
        let tape = Arc::new(Tape::new(mode, file));
        let listener: Weak<Tape> = Arc::downgrade(&tape);
        secret_listener::listen(listener);
        Self(tape)
    }

    /// Replaces the values at this JSON pointer (RFC 6901) in the bodies of all requests and
    /// responses, and all that is below it. A `*` stands for any name or index: `/data/*/email`. The
    /// fields of forms are found by `/name`. Numbers become 0, and booleans false.
    pub fn redact(self, pointer: &str) -> Self {
        self.0.state().places.redacted.push(Pattern::parse(pointer));
        self.0.clean();
        self
    }

    /// Replaces a secret wherever it occurs. `name` stands in its place.
    pub fn secret(self, name: &str, secret: impl Into<Secret>) -> Self {
        self.0.state().cleaner.placeholder(name, secret.into().expose());
        self.0.clean();
        self
    }

    /// Lets the value at this JSON pointer differ when responses are [verified](Self::verify), and
    /// all that is below it. Its type must not. A `*` stands for any name or index.
    pub fn varies(self, pointer: &str) -> Self {
        self.0.state().varying.push(Pattern::parse(pointer));
        self
    }

    /// Writes the file, if it has changed. The error says why that failed.
    pub fn save(&self) -> Result<(), ConfigError> {
        self.0.save().map_err(ConfigError::new)
    }
}

impl ClientBuilder {
    /// Records and replays the client's requests, as a [layer](Self::layer). Layers that are added
    /// before it stand between it and the server, so they see only requests that are sent. Layers
    /// that are added after it also see replayed responses.
    ///
    /// Building the client fails if the file of the recorder cannot be read, or if another recorder
    /// is writing it.
    pub fn recorder(self, recorder: &Recorder) -> Self {
        if let Some(mistake) = recorder.0.mistake() {
            return self.fail(ConfigError::new(mistake));
        }
        let tape = Arc::clone(&recorder.0);
        self.layer(move |next| Recording { next, tape })
    }
}

/// Shows the file and the mode.
impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder")
            .field("mode", &self.0.mode)
            .field("file", &self.0.path)
            .finish_non_exhaustive()
    }
}
