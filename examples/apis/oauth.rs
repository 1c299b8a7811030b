//! The token endpoint of an OAuth 2.0 server.
