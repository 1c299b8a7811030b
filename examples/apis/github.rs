//! Issues of GitHub.
