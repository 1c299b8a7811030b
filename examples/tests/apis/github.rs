//! Issues of GitHub: what is sent.
