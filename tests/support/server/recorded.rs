//! A request as it came in.

/// A request as it came in; text is UTF-8 where the bytes are, and otherwise one character per byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The method, in the case in which it was sent.
    pub method: String,
    /// The request target, neither decoded nor normalised.
    pub target: String,
    /// The headers in order, names in the case in which they were sent, values without the space around them.
    pub headers: Vec<(String, String)>,
    /// The body, without the framing of chunks.
    pub body: Vec<u8>,
    /// The connection the request came in on, counted from 0.
    pub connection: usize,
    pub(super) head: Vec<u8>,
}

impl Recorded {
    /// The value of the first header with this name in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.values(name).next()
    }

    /// How many headers have this name in any case.
    pub fn header_count(&self, name: &str) -> usize {
        self.values(name).count()
    }

    /// The target up to the question mark.
    pub fn path(&self) -> &str {
        self.target.split_once('?').map_or(self.target.as_str(), |(path, _)| path)
    }

    /// The target after the first question mark, if it has one.
    pub fn query(&self) -> Option<&str> {
        self.target.split_once('?').map(|(_, query)| query)
    }

    /// The body as text.
    ///
    /// # Panics
    ///
    /// When the body is not UTF-8.
    pub fn text(&self) -> &str {
        str::from_utf8(&self.body).expect("the body of the request is UTF-8")
    }

    /// The request line and the headers to the empty line as text, line ends included.
    ///
    /// # Panics
    ///
    /// When a header is not UTF-8.
    pub fn head(&self) -> &str {
        str::from_utf8(&self.head).expect("the head of the request is UTF-8")
    }

    /// The request line and the headers to the empty line, byte for byte.
    pub fn head_bytes(&self) -> &[u8] {
        &self.head
    }

    pub(super) fn values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let named = self.headers.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str())
    }

    /// Whether a header that is a list of words has this word.
    pub(super) fn lists(&self, name: &str, word: &str) -> bool {
        let mut words = self.values(name).flat_map(|value| value.split(','));
        words.any(|item| item.trim().eq_ignore_ascii_case(word))
    }
}
