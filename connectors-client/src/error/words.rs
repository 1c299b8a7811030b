//! Finds the server's own words in the body of an error.
//!
//! APIs agree on few names, so these are rules and not a list of services: which members usually
//! hold words, in which order, and where such members are nested.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::encode::media_type::MediaType;

/// Members that hold words, the most specific first. Names are compared without case, `_` and `-`.
/// An object or list in their place is searched too. `*` is any beginning, and the end may have an
/// `s`.
const NAMES: [&str; 28] = [
    "message",
    "errormessage",
    "errordescription",
    "usermessage",
    "msg",
    "errormsg",
    "errmsg",
    "errorsummary",
    "detail",
    "description",
    "faultstring",
    "reason",
    "errormessages",
    "errortext",
    "*message",
    "error",
    "errors",
    "*error",
    "err",
    "fault",
    "title",
    "details",
    "errordetails",
    "errorlist",
    "exception",
    "info",
    "text",
    "cause",
];

/// Members whose text is often a code, as in OAuth. It counts only if nothing else is found.
const CODES: [&str; 5] = ["error", "*error", "err", "reason", "exception"];

/// Members that wrap the error. Their text is not words: `"status": "error"`.
const WRAPPERS: [&str; 10] = [
    "*violation",
    "invalidparams",
    "*issue",
    "*problem",
    "status",
    "meta",
    "result",
    "response",
    "body",
    "data",
];

/// Members whose words are those of the error, and not of a field with this name.
const MESSAGES: [&str; 4] = ["message", "errormessage", "msg", "detail"];

/// How deep members are searched; a server chooses the depth.
const MAX_DEPTH: usize = 6;

/// Returns the words in a JSON body.
pub(super) fn in_json(value: &Value) -> Option<String> {
    search(value, MAX_DEPTH).map(Cow::into_owned)
}

/// Returns the words in a body that is not JSON: a page's title, a message element, a field of a
/// form, or the text itself.
pub(super) fn in_text(text: &str, media_type: Option<MediaType<'_>>) -> Option<String> {
    let text = text.trim();
    let is = |name| media_type.is_some_and(|media_type| media_type.is(name));
    if text.starts_with('<') {
        return in_markup(text, is("text/html"));
    }
    if is("application/x-www-form-urlencoded") {
        let pairs = url::form_urlencoded::parse(text.as_bytes());
        let pairs = pairs.map(|(name, value)| (name.into_owned(), value.into_owned().into()));
        return in_json(&Value::Object(pairs.collect()));
    }
    // Servers also label plain text as JSON. JSON that was cut off is not text.
    let is_words = is("text/plain") || (is("text/html") && !text.contains('<'));
    let is_text = is_words || media_type.is_none_or(MediaType::is_json);
    let is_json = text.starts_with(['{', '"']) || (text.starts_with('[') && !is_prefixed(text));
    let is_readable = !is_json && !text.contains(['\0', char::REPLACEMENT_CHARACTER]);
    (is_text && is_readable).then(|| text.to_owned()).filter(|text| !text.is_empty())
}

/// Returns true for words after a mark in brackets: `[ERROR] no such user`.
fn is_prefixed(text: &str) -> bool {
    text.split_once(']').is_some_and(|(mark, words)| {
        !mark.contains(['"', '{', ','])
            && words.trim_start().starts_with(|first: char| first.is_alphanumeric())
    })
}

fn search(value: &Value, depth: usize) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(Cow::Borrowed),
        Value::Array(items) if depth > 0 => items.iter().find_map(|item| search(item, depth - 1)),
        Value::Object(object) if depth > 0 => in_object(object, depth - 1),
        _ => None,
    }
}

fn in_object(object: &Map<String, Value>, depth: usize) -> Option<Cow<'_, str>> {
    let members = |name: &'static str| object.iter().filter(move |(key, _)| is_named(key, name));
    let is_code = |name, value: &Value| {
        CODES.contains(&name)
            && value.as_str().is_some_and(|text| !text.trim().contains(char::is_whitespace))
    };
    let named =
        NAMES.into_iter().flat_map(|name| members(name).map(move |(_, value)| (name, value)));
    let mut words = named.clone().filter(|(name, value)| !is_code(name, value));
    let wrapped = || WRAPPERS.into_iter().flat_map(members).filter(|(_, value)| !value.is_string());
    words
        .find_map(|(name, value)| in_member(name, value, depth))
        .or_else(|| wrapped().find_map(|(_, value)| search(value, depth)))
        .or_else(|| named.clone().find_map(|(_, value)| search(value, depth)))
        // Some APIs name the fields that are wrong, and nothing else.
        .or_else(|| object.values().all(is_of_fields).then(|| in_fields(object, depth)).flatten())
        .or_else(|| is_failure(object).then(|| in_data(object, depth)).flatten())
}

/// Returns true for the failure of `JSend`, whose data are the fields that are wrong.
fn is_failure(object: &Map<String, Value>) -> bool {
    object.get("status").and_then(Value::as_str) == Some("fail")
}

fn in_data(object: &Map<String, Value>, depth: usize) -> Option<Cow<'_, str>> {
    let fields = object.get("data")?.as_object().filter(|_| depth > 0)?;
    in_fields(fields, depth - 1)
}

/// Returns true for lists, also in objects: words about fields.
fn is_of_fields(value: &Value) -> bool {
    match value {
        Value::Array(_) => true,
        Value::Object(fields) => !fields.is_empty() && fields.values().all(is_of_fields),
        _ => false,
    }
}

/// Searches a member. Lists in an object, and objects named `errors`, are about the fields that are
/// their keys.
fn in_member<'a>(name: &str, value: &'a Value, depth: usize) -> Option<Cow<'a, str>> {
    let Value::Object(fields) = value else { return search(value, depth) };
    let depth = depth.checked_sub(1)?;
    let is_errors = matches!(name, "errors" | "*error");
    let are_lists =
        fields.values().all(is_of_fields) && !fields.keys().any(|key| is_named(key, "*error"));
    if are_lists || (is_errors && are_about_fields(fields)) {
        return in_fields(fields, depth);
    }
    let words = in_object(fields, depth);
    if is_errors {
        return words.or_else(|| in_fields(fields, depth));
    }
    // OData has the language of its words beside them.
    words.or_else(|| search(fields.get("value").filter(|value| value.is_string())?, depth))
}

/// Returns true if all members are words about a field.
fn are_about_fields(fields: &Map<String, Value>) -> bool {
    let is_message = |name: &String| MESSAGES.iter().any(|message| is_named(name, message));
    fields.iter().all(|(name, words)| (words.is_string() || words.is_array()) && !is_message(name))
}

/// Returns the words about the first field, after its name.
fn in_fields(fields: &Map<String, Value>, depth: usize) -> Option<Cow<'_, str>> {
    fields
        .iter()
        .find_map(|(field, value)| Some(Cow::Owned(format!("{field}: {}", search(value, depth)?))))
}

/// Compares a member's name with one of the lists above.
fn is_named(key: &str, name: &str) -> bool {
    let letters = || key.bytes().filter(|byte| !matches!(byte, b'_' | b'-'));
    let Some(end) = name.strip_prefix('*') else {
        return letters().map(|own| own.to_ascii_lowercase()).eq(name.bytes());
    };
    let own: Vec<u8> = letters().map(|own| own.to_ascii_lowercase()).collect();
    own.strip_suffix(b"s").unwrap_or(&own).ends_with(end.as_bytes())
}

/// Returns the title of an HTML page, or the words of an XML document.
fn in_markup(text: &str, is_html: bool) -> Option<String> {
    let starts =
        |prefix: &str| text.get(..prefix.len()).is_some_and(|own| own.eq_ignore_ascii_case(prefix));
    let is_html = is_html || starts("<html") || starts("<!doctype html");
    let names: &[&str] = if is_html { &["title", "h1"] } else { &NAMES };
    let text = text.replace("<![CDATA[", "").replace("]]>", "");
    let found =
        |name: &&str| elements(&text).find(|(own, _)| is_named(own, name)).map(|(_, words)| words);
    names.iter().find_map(found)
}

/// The elements that hold text, with their local names. Their text is without entities and
/// superfluous whitespace.
fn elements(text: &str) -> impl Iterator<Item = (&str, String)> {
    text.split('<').skip(1).filter_map(|tag| {
        let end =
            tag.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '_' | '-' | '.')))?;
        let (name, rest) = tag.split_at(end);
        let (_, words) = rest.split_once('>')?;
        let words: Vec<_> = words.split_whitespace().collect();
        let words = unescape(&words.join(" "));
        let local = name.rsplit(':').next().unwrap_or(name);
        (!local.is_empty() && !words.is_empty()).then_some((local, words))
    })
}

/// Replaces the entities that texts commonly have.
fn unescape(text: &str) -> String {
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
    ];
    let text = entities
        .iter()
        .fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character));
    text.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::super::body::read;
    use super::*;

    fn words(media_type: &str, body: &str) -> Option<String> {
        read(
            body.as_bytes(),
            Some(media_type).filter(|name| !name.is_empty()).map(MediaType::parse),
        )
        .message
    }

    #[test]
    fn words_are_found_where_apis_put_them() {
        for (body, expected) in [
            (r#"{"message":"boom","id":"r"}"#, "boom"),
            (r#"{"error":"boom"}"#, "boom"),
            (r#"{"error":{"message":"boom","type":"x"}}"#, "boom"),
            (r#"{"error":"invalid_grant","error_description":"boom"}"#, "boom"),
            (r#"{"type":"about:blank","title":"boom"}"#, "boom"),
            (r#"{"type":"about:blank","title":"Forbidden","detail":"boom","status":403}"#, "boom"),
            (r#"{"message":"","detail":[{"msg":"boom","loc":["a"]}]}"#, "boom"),
            (r#"{"errors":[{"message":"boom"},{"message":"second"}]}"#, "boom"),
            ("\u{feff}{\"message\":\"boom\"}", "boom"),
            (r#""boom""#, "boom"),
            // JSON:API, AWS, Elasticsearch, Qdrant.
            (r#"{"errors":[{"status":"422","title":"Invalid","detail":"boom"}]}"#, "boom"),
            (r#"{"__type":"ValidationException","Message":"boom"}"#, "boom"),
            (
                r#"{"error":{"root_cause":[{"type":"x"}],"type":"x","reason":"boom"},"status":404}"#,
                "boom",
            ),
            (r#"{"status":{"error":"boom"},"time":0.1}"#, "boom"),
            (r#"{"status":"error","msg":"boom"}"#, "boom"),
            (r#"{"status":400,"errorMessage":"boom"}"#, "boom"),
            (r#"{"code":3,"description":"boom"}"#, "boom"),
            // Rails, Laravel, ASP.NET, Mongoose, Jira, Django.
            (r#"{"errors":{"name":["boom"]}}"#, "name: boom"),
            (r#"{"errors":{"title":["boom"]}}"#, "title: boom"),
            (r#"{"title":"Invalid.","errors":{"Name":["boom"]}}"#, "Name: boom"),
            (r#"{"errors":{"name":{"kind":"required","message":"boom"}}}"#, "name: boom"),
            (r#"{"errorMessages":[],"errors":{"summary":"boom"}}"#, "summary: boom"),
            (r#"{"username":["boom"]}"#, "username: boom"),
            (r#"{"detail":["boom"]}"#, "boom"),
            // Salesforce, Nest, CouchDB, Okta, Apigee, Instagram, GraphQL, Slack.
            (r#"[{"errorCode":"X","message":"boom"}]"#, "boom"),
            (r#"{"statusCode":400,"message":["boom","second"],"error":"Bad Request"}"#, "boom"),
            (r#"{"error":"not_found","reason":"it is missing"}"#, "it is missing"),
            (r#"{"errorCode":"E1","errorSummary":"boom","errorCauses":[]}"#, "boom"),
            (r#"{"fault":{"faultstring":"boom","detail":{"errorcode":"x"}}}"#, "boom"),
            (r#"{"meta":{"code":400,"error_message":"boom"}}"#, "boom"),
            (r#"{"data":null,"errors":[{"path":["a"],"message":"boom"}]}"#, "boom"),
            (r#"{"ok":false,"error":"invalid_auth"}"#, "invalid_auth"),
            (r#"{"success":false,"error":{"code":101,"info":"boom"}}"#, "boom"),
            (r#"{"timestamp":1,"status":404,"error":"Not Found","path":"/x"}"#, "Not Found"),
            (r#"{"error":true,"reason":"boom"}"#, "boom"),
            // OData 2, TMDB, Twilio, Amadeus, Nuxt.
            (r#"{"error":{"code":"x","message":{"lang":"en","value":"boom"}}}"#, "boom"),
            (r#"{"success":false,"status_code":34,"status_message":"boom"}"#, "boom"),
            (r#"{"messages":["boom"]}"#, "boom"),
            (r#"{"developerMessage":"boom","code":1}"#, "boom"),
            (r#"{"error-messages":["boom"]}"#, "boom"),
            (r#"{"errorText":"boom"}"#, "boom"),
            (r#"{"statusCode":404,"statusMessage":"boom"}"#, "boom"),
            // JSend, nested serializers of Django.
            (r#"{"status":"fail","data":{"title":"boom"}}"#, "boom"),
            (r#"{"status":"fail","data":{"name":"boom"}}"#, "name: boom"),
            (r#"{"status":"fail","data":{"message":"boom"}}"#, "boom"),
            (r#"{"profile":{"email":["boom"]}}"#, "profile: email: boom"),
            (r#"{"errors":{"profile":{"email":["boom"]}}}"#, "profile: email: boom"),
            (r#"{"errors":{"title":"boom"}}"#, "title: boom"),
            // Spring, Google, Symfony, and the members that RFC 9457 shows.
            (r#"{"status":400,"fieldErrors":[{"field":"email","message":"boom"}]}"#, "boom"),
            (r#"{"code":"X","validation_errors":{"email":["boom"]}}"#, "email: boom"),
            (r#"{"error":{"errors":[{"message":"boom"}]}}"#, "boom"),
            (r#"{"status":400,"violations":[{"message":"boom"}]}"#, "boom"),
            (r#"{"status":400,"invalid-params":[{"name":"age","reason":"boom"}]}"#, "boom"),
            (r#"{"code":1,"error_list":["boom"]}"#, "boom"),
            (r#"{"lastError":"E_CODE","text":"boom"}"#, "boom"),
            (r#"{"errors":{"detail":"boom","code":"x"}}"#, "boom"),
        ] {
            assert_eq!(words("application/json", body).as_deref(), Some(expected), "{body}");
        }
    }

    #[test]
    fn words_are_found_in_bodies_that_are_not_json() {
        for (media_type, body, expected) in [
            ("", "boom", "boom"),
            ("text/plain; charset=utf-8", "boom\n", "boom"),
            ("application/json", "Internal Server Error", "Internal Server Error"),
            ("text/html", "<html><head><title>\n 502 Bad\n Gateway</title>", "502 Bad Gateway"),
            ("", "<!DOCTYPE html><HTML><TITLE lang='en'>a &amp; b</TITLE><p>more", "a & b"),
            ("text/html", "<h1>boom</h1><p>more", "boom"),
            ("text/html; charset=utf-8", "boom\n", "boom"),
            ("text/plain", "[ERROR] boom", "[ERROR] boom"),
            ("", "[2026-01-01 10:00] boom", "[2026-01-01 10:00] boom"),
            (
                "application/xml",
                "<?xml version='1.0'?><Error><Code>X</Code><Message>boom</Message>",
                "boom",
            ),
            ("application/xml", "<error><message><![CDATA[boom]]></message></error>", "boom"),
            ("text/xml", "<s:Envelope><s:Fault><faultstring>boom</faultstring>", "boom"),
            (
                "application/x-www-form-urlencoded",
                "error=x&error_description=b%C3%A4+ng",
                "b\u{e4} ng",
            ),
        ] {
            assert_eq!(words(media_type, body).as_deref(), Some(expected), "{body}");
        }
    }

    #[test]
    fn other_bodies_have_no_words() {
        for (media_type, body) in [
            ("application/json", r#"{"message":{"a":1}}"#),
            ("application/json", r#"{"status":"error"}"#),
            ("application/json", r#"{"id":"x","name":"y"}"#),
            ("application/json", "[1]"),
            ("application/json", r#"{"status":"error","data":{"name":"Bob"}}"#),
            ("application/json", r#"{"profile":{"email":"a@b"}}"#),
            ("application/json", "[1] [2"),
            ("text/plain", r#"[{"a": 1}] cut"#),
            ("text/html", "boom <b>"),
            ("application/json", "{}"),
            ("application/json", r#"{"message": "cut"#),
            ("application/json", r#""cut"#),
            ("text/html", "<html><p>boom</p></html>"),
            ("text/csv", "a,b"),
            ("application/octet-stream", "boom"),
            ("text/plain", "\0\u{1}"),
            ("application/x-www-form-urlencoded", "access_token=abc"),
            ("text/plain", " \n"),
            ("", ""),
            ("application/xml", "<a><b>boom</b></a>"),
        ] {
            assert_eq!(words(media_type, body), None, "{media_type} {body}");
        }
        let deep = format!("{}\"boom\"{}", "{\"error\":".repeat(100), "}".repeat(100));
        assert_eq!(words("application/json", &deep), None);
    }
}
