//! A request as the server received it.

/// A request as the server received it. Text is UTF-8 if the bytes are valid UTF-8, and otherwise
/// one character per byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The method, with the case in which it was sent.
    pub method: String,
    /// The request target, neither decoded nor normalized.
    pub target: String,
    /// The headers in the order in which they were sent. Names keep their case; values are trimmed.
    pub headers: Vec<(String, String)>,
    /// The body, without chunked framing.
    pub body: Vec<u8>,
    /// Index of the connection that carried the request, from 0.
    pub connection: usize,
    pub(super) head: Vec<u8>,
}

impl Recorded {
    /// Returns the value of the first header with this name, ignoring case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.values(name).next()
    }

    /// Returns the number of headers with this name, ignoring case.
    pub fn header_count(&self, name: &str) -> usize {
        self.values(name).count()
    }

    /// Returns the target up to the first question mark.
    pub fn path(&self) -> &str {
        self.target.split_once('?').map_or(self.target.as_str(), |(path, _)| path)
    }

    /// Returns the target after the first question mark, if it has one.
    pub fn query(&self) -> Option<&str> {
        self.target.split_once('?').map(|(_, query)| query)
    }

    /// Returns the body as text.
    ///
    /// # Panics
    ///
    /// Panics if the body is not UTF-8.
    pub fn text(&self) -> &str {
        str::from_utf8(&self.body).expect("the body of the request is UTF-8")
    }

    /// Returns the request line and the headers as text, with line ends and the final empty line.
    ///
    /// # Panics
    ///
    /// Panics if a header is not UTF-8.
    pub fn head(&self) -> &str {
        str::from_utf8(&self.head).expect("the head of the request is UTF-8")
    }

    /// Returns the bytes of the request line and the headers, with the final empty line.
    pub fn head_bytes(&self) -> &[u8] {
        &self.head
    }

    pub(super) fn values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let named = self.headers.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str())
    }

    /// Returns true if a comma-separated header contains this word.
    pub(super) fn lists(&self, name: &str, word: &str) -> bool {
        let mut words = self.values(name).flat_map(|value| value.split(','));
        words.any(|item| item.trim().eq_ignore_ascii_case(word))
    }
}
