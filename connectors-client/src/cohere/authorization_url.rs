//! Checks a URL from a server before a user is sent to it.

use url::Url;

/// Parses a URL as a browser does. The error does not contain the URL, since its state is a secret.
pub(super) fn checked(text: &str) -> Result<Url, &'static str> {
    let url = Url::parse(text).map_err(|_| "is not an absolute URL")?;
    if url.scheme() != "https" {
        return Err("is not https");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("has user information, which can hide the host");
    }
    Ok(url)
}

#[test]
fn only_safe_urls_pass() {
    for good in [
        "https://accounts.example.com/o/oauth2?state=s&scope=a+b",
        "https://accounts.example.com:8443/",
    ] {
        assert_eq!(checked(good).unwrap().as_str(), good);
    }
    // A browser reads it this way.
    assert_eq!(
        checked(" https:\\\\example.com\\a\tb ").unwrap().as_str(),
        "https://example.com/ab"
    );
    for (bad, why) in [
        ("", "is not an absolute URL"),
        ("/authorize?state=s", "is not an absolute URL"),
        ("//example.com/", "is not an absolute URL"),
        ("https://", "is not an absolute URL"),
        ("javascript:alert(1)", "is not https"),
        ("data:text/html,x", "is not https"),
        ("file:///etc/passwd", "is not https"),
        ("blob:https://example.com/1", "is not https"),
        ("http://example.com/?state=s", "is not https"),
        ("http://127.0.0.1:8080/?state=s", "is not https"),
        (
            "https://accounts.example.com@evil.example/",
            "has user information, which can hide the host",
        ),
    ] {
        assert_eq!(checked(bad).unwrap_err(), why, "{bad}");
    }
}
