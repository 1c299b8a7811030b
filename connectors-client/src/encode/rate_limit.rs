//! The facts about a rate limit in the headers of a response.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;
use http::header::DATE;

/// How many requests a server still accepts, as the headers of its response say.
///
/// A fact that no header has is `None`. These forms are read, and the first that is there is used:
///
/// - `RateLimit: "default";r=50;t=30`, with the limit in `RateLimit-Policy` (IETF draft
///   "`RateLimit` header fields for HTTP"), and its older form `limit=100, remaining=50, reset=30`.
///   Of several policies, also in several lines, the one with the fewest remaining requests is used.
/// - `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset`, the older drafts.
/// - `X-RateLimit-Limit` and so on, or `X-Rate-Limit-Limit`; also `X-RateLimit-Reset-After`, and
///   `x-ratelimit-limit-requests`, if a server counts tokens too.
///
/// A `Reset` is a number of seconds, a Unix time in seconds or milliseconds, a duration such as
/// `6m0s`, an HTTP date, or a time in UTC such as `2024-05-01T10:00:00Z`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// Number of requests that the server accepts in a window of time.
    pub limit: Option<u64>,
    /// Number of requests that are left in the current window.
    pub remaining: Option<u64>,
    /// Time from the response to the end of the window. If the header has a time of day, it is
    /// measured from the response's `Date`, or else from the clock of this machine.
    pub reset: Option<Duration>,
}

/// Prefixes and suffixes of the headers with one fact each.
const NAMES: [(&str, &str); 4] = [
    ("ratelimit-", ""),
    ("x-ratelimit-", ""),
    ("x-rate-limit-", ""),
    ("x-ratelimit-", "-requests"),
];

impl RateLimit {
    /// Reads the headers; `None` if they have no fact.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        Self::at(headers, SystemTime::now)
    }

    /// Reads the limits of a response that arrives now. A response with `Date` has its own time.
    pub(crate) fn at(headers: &HeaderMap, now: impl Fn() -> SystemTime) -> Option<Self> {
        let facts = [Self::structured(headers)].into_iter().flatten();
        facts.chain(NAMES.iter().map(|name| Self::named(headers, name, &now))).find(Self::has_facts)
    }

    fn has_facts(&self) -> bool {
        *self != Self::default()
    }

    /// Reads a header per fact.
    fn named(
        headers: &HeaderMap,
        (prefix, suffix): &(&str, &str),
        now: &dyn Fn() -> SystemTime,
    ) -> Self {
        let text = |fact: &str| text(headers, &format!("{prefix}{fact}{suffix}"));
        let number = |fact: &str| first_number(text(fact)?);
        let after = || seconds(text("reset-after")?);
        Self {
            limit: number("limit"),
            remaining: number("remaining"),
            reset: after().or_else(|| reset(headers, text("reset")?, now)),
        }
    }

    /// Reads the one header of the newer drafts.
    fn structured(headers: &HeaderMap) -> Option<Self> {
        let header = joined(headers, "ratelimit")?;
        if !header.contains(';') {
            let member = |name| parameter(header.split(','), name);
            return Some(Self {
                limit: member("limit").and_then(first_number),
                remaining: member("remaining").and_then(first_number),
                reset: member("reset").and_then(seconds),
            });
        }
        let policies = joined(headers, "ratelimit-policy").unwrap_or_default();
        let facts = members(&header).map(|(policy, parameters)| Self {
            limit: limit_of(&policies, policy),
            remaining: parameter(parameters.split(';'), "r").and_then(first_number),
            reset: parameter(parameters.split(';'), "t").and_then(seconds),
        });
        facts.min_by_key(|facts| facts.remaining.unwrap_or(u64::MAX))
    }
}

/// Returns the limit that `RateLimit-Policy` has for a policy.
fn limit_of(policies: &str, policy: &str) -> Option<u64> {
    let (_, parameters) = members(policies).find(|(name, _)| *name == policy)?;
    parameter(parameters.split(';'), "q").and_then(first_number)
}

/// Returns the members of a list that have parameters, each apart from them.
fn members(list: &str) -> impl Iterator<Item = (&str, &str)> {
    unquoted(list, ',').filter_map(|member| {
        let name = unquoted(member, ';').next()?;
        Some((name.trim(), member[name.len()..].strip_prefix(';')?))
    })
}

/// Splits a text at the separators outside double quotes.
fn unquoted(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    text.split(move |character| {
        is_quoted ^= character == '"';
        character == separator && !is_quoted
    })
}

/// Returns a header that is a list. Its lines are one list (RFC 9110 section 5.3).
fn joined(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines: Vec<_> =
        headers.get_all(name).iter().filter_map(|line| line.to_str().ok()).map(str::trim).collect();
    (!lines.is_empty()).then(|| lines.join(","))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

/// Returns the value of a parameter `name=value`.
fn parameter<'a>(mut parameters: impl Iterator<Item = &'a str>, name: &str) -> Option<&'a str> {
    parameters.find_map(|parameter| {
        let (own, value) = parameter.split_once('=')?;
        own.trim().eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// Returns the number at the beginning of a text such as `100, 100;w=60`.
fn first_number(text: &str) -> Option<u64> {
    let end = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}

/// Reads a number of seconds.
fn seconds(text: &str) -> Option<Duration> {
    Duration::try_from_secs_f64(text.parse().ok()?).ok()
}

/// Reads the end of the window: seconds from now, a Unix time in seconds or milliseconds, a
/// duration such as `6m0s`, an HTTP date or one of RFC 3339.
fn reset(headers: &HeaderMap, text: &str, now: &dyn Fn() -> SystemTime) -> Option<Duration> {
    /// Larger numbers are a time of day.
    const LONGEST: f64 = 1e9;
    /// Larger numbers are milliseconds.
    const LAST_SECOND: f64 = 1e11;
    let Ok(number) = text.parse::<f64>() else {
        let date = || httpdate::parse_http_date(text).ok().or_else(|| rfc_3339(text));
        return units(text).or_else(|| Some(until(headers, date()?, now)));
    };
    if number < LONGEST {
        return Duration::try_from_secs_f64(number).ok();
    }
    let unix = if number < LAST_SECOND { number } else { number / 1e3 };
    let unix = Duration::try_from_secs_f64(unix).ok()?;
    Some(until(headers, UNIX_EPOCH.checked_add(unix)?, now))
}

/// Reads `2024-05-01T10:00:00Z`. A fraction of a second is left out.
fn rfc_3339(text: &str) -> Option<SystemTime> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let time = time.split('.').next()?;
    let [year, month, day] = date.split('-').collect::<Vec<_>>()[..] else { return None };
    let month = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    // An HTTP date names its day of the week, and only the right one is a date.
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].into_iter().find_map(|weekday| {
        let date = format!("{weekday}, {day} {month} {year} {time} GMT");
        httpdate::parse_http_date(&date).ok()
    })
}

/// Returns the time from the response to a time of day, or zero if that has passed.
fn until(headers: &HeaderMap, end: SystemTime, now: &dyn Fn() -> SystemTime) -> Duration {
    let date = text(headers, DATE.as_str()).and_then(|date| httpdate::parse_http_date(date).ok());
    let now = date.unwrap_or_else(now);
    end.duration_since(now).unwrap_or_default()
}

/// Reads a duration with units: `1s`, `6m0s`, `20ms`.
fn units(text: &str) -> Option<Duration> {
    let mut rest = text;
    let mut total = Duration::ZERO;
    while !rest.is_empty() {
        let end = rest.find(|character: char| character.is_ascii_alphabetic())?;
        let (number, after) = rest.split_at(end);
        let end = after.find(|character: char| !character.is_ascii_alphabetic());
        let (unit, after) = after.split_at(end.unwrap_or(after.len()));
        let factor = match unit {
            "ms" => 0.001,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            "d" => 86_400.0,
            _ => return None,
        };
        let part = Duration::try_from_secs_f64(number.parse::<f64>().ok()? * factor).ok()?;
        total = total.checked_add(part)?;
        rest = after;
    }
    (!text.is_empty()).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reset_without_a_date_is_counted_from_the_clock() {
        let now = || UNIX_EPOCH + Duration::from_secs(2_000_000_000);
        for reset in ["2000000030", "2000000030000", "Wed, 18 May 2033 03:33:50 GMT"] {
            let mut headers = HeaderMap::new();
            headers.insert("x-ratelimit-reset", reset.parse().unwrap());
            let facts = RateLimit::at(&headers, now).unwrap();
            assert_eq!(facts.reset, Some(Duration::from_secs(30)), "{reset}");
        }
    }

    fn read(lines: &[(&'static str, &str)]) -> Option<(Option<u64>, Option<u64>, Option<f64>)> {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, value.parse().unwrap());
        }
        let facts = RateLimit::of(&headers)?;
        Some((facts.limit, facts.remaining, facts.reset.map(|reset| reset.as_secs_f64())))
    }

    #[test]
    fn known_forms_are_read() {
        let date = ("date", "Tue, 02 Jan 2024 03:04:05 GMT");
        let all = Some((Some(100), Some(50), Some(30.0)));
        for lines in [
            &[
                ("ratelimit", "\"default\";r=50;t=30"),
                ("ratelimit-policy", "\"default\";q=100;w=60"),
            ][..],
            &[("ratelimit", "limit=100, remaining=50, reset=30")],
            &[
                ("ratelimit-limit", "100, 100;w=60"),
                ("ratelimit-remaining", "50"),
                ("ratelimit-reset", "30"),
            ],
            &[
                ("x-ratelimit-limit", "100"),
                ("x-ratelimit-remaining", "50"),
                ("x-ratelimit-reset", "1704164675"),
                date,
            ],
            &[
                ("x-ratelimit-limit", "100"),
                ("x-ratelimit-remaining", "50"),
                ("x-ratelimit-reset", "1704164675000"),
                date,
            ],
            &[
                ("x-rate-limit-limit", "100"),
                ("x-rate-limit-remaining", "50"),
                ("x-rate-limit-reset", "Tue, 02 Jan 2024 03:04:35 GMT"),
                date,
            ],
            &[
                ("x-ratelimit-limit", "100"),
                ("x-ratelimit-remaining", "50"),
                ("x-ratelimit-reset", "9"),
                ("x-ratelimit-reset-after", "30.0"),
            ],
            &[
                ("x-ratelimit-limit", "100"),
                ("x-ratelimit-remaining", "50"),
                ("x-ratelimit-reset", "2024-01-02T03:04:35Z"),
                date,
            ],
            &[
                ("ratelimit", "\"a, b;c\";r=50;t=30"),
                ("ratelimit-policy", "\"a\";q=1, \"a, b;c\";q=100;w=60"),
            ],
            &[
                ("x-ratelimit-limit-requests", "100"),
                ("x-ratelimit-remaining-requests", "50"),
                ("x-ratelimit-reset-requests", "30s"),
            ],
        ] {
            assert_eq!(read(lines), all, "{lines:?}");
        }
    }

    #[test]
    fn the_scarcest_policy_is_used() {
        let policies = ("ratelimit-policy", "\"burst\";q=10;w=1, \"daily\";q=1000;w=86400");
        let limits = ("ratelimit", "\"burst\";r=9;t=1, \"daily\";r=3;t=3600");
        assert_eq!(read(&[policies, limits]), Some((Some(1000), Some(3), Some(3600.0))));
        let lines = [
            ("ratelimit-policy", "\"burst\";q=10;w=1"),
            ("ratelimit-policy", "\"daily\";q=1000;w=86400"),
            ("ratelimit", "\"burst\";r=9;t=1"),
            ("ratelimit", "\"daily\";r=3;t=3600"),
        ];
        assert_eq!(read(&lines), Some((Some(1000), Some(3), Some(3600.0))));
    }

    #[test]
    fn a_reset_in_the_past_is_now_and_units_add_up() {
        let date = ("date", "Tue, 02 Jan 2024 03:04:05 GMT");
        assert_eq!(
            read(&[("x-ratelimit-reset", "1704164000"), date]),
            Some((None, None, Some(0.0)))
        );
        assert_eq!(read(&[("x-ratelimit-reset", "1h6m0.5s")]), Some((None, None, Some(3960.5))));
        assert_eq!(read(&[("x-ratelimit-reset", "20ms")]), Some((None, None, Some(0.02))));
    }

    #[test]
    fn whatever_else_a_server_sends_is_no_fact() {
        for text in [
            "",
            "-1",
            "NaN",
            "inf",
            "1e300",
            "-5s",
            "5x",
            "s",
            "99999999999999999999999",
            "é",
            ";;,,=",
            "\"a\";r=;t=-1",
            "\"a;r=1",
            "2024-02-30T10:00:00Z",
            "2024-05-01T10:00Z",
            "2024-13-01T10:00:00Z",
            "T.Z",
        ] {
            for name in ["ratelimit", "ratelimit-reset", "x-ratelimit-reset"] {
                let mut headers = HeaderMap::new();
                headers.insert(name, http::HeaderValue::from_bytes(text.as_bytes()).unwrap());
                let is_far = text.starts_with("999");
                assert!(RateLimit::of(&headers).is_none() || is_far, "{name}: {text}");
            }
        }
        assert_eq!(RateLimit::of(&HeaderMap::new()), None);
    }
}
