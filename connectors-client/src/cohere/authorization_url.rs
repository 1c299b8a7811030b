//! Whether a URL from a server is one that a user may be sent to.

use url::Url;

/// A URL as a browser reads it, or what is wrong with it. The text is not in that, since its state is a secret.
pub(super) fn checked(text: &str) -> Result<Url, &'static str> {
    let url = Url::parse(text).map_err(|_| "is not an absolute URL")?;
    if url.scheme() != "https" {
        return Err("is not https");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("has a user or a password, before which the host is easily overlooked");
    }
    Ok(url)
}

#[test]
fn only_what_a_user_may_be_sent_to_passes() {
    for good in
        ["https://accounts.example.com/o/oauth2?state=s&scope=a+b", "https://accounts.example.com:8443/"]
    {
        assert_eq!(checked(good).unwrap().as_str(), good);
    }
    // As a browser reads it.
    assert_eq!(checked(" https:\\\\example.com\\a\tb ").unwrap().as_str(), "https://example.com/ab");
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
            "has a user or a password, before which the host is easily overlooked",
        ),
    ] {
        assert_eq!(checked(bad).unwrap_err(), why, "{bad}");
    }
}
