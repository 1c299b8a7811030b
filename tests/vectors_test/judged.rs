//! The expected outcomes of vectors that do not state one. They concern redirects and broken
//! connections, for which the promises of the runtime decide.

use crate::responses::{Want, WantedWait};

/// Returns the expected outcome of the vector with this name.
#[expect(clippy::match_same_arms, reason = "each arm has its own reason for its outcome")]
pub(crate) fn want(name: &str) -> Option<Want> {
    Some(match name {
        // A byte order mark and the reason phrase are ignored.
        "get/bom" | "get/reason" => ok(1, []),
        "get/bad_utf8" => error("Decode", Some(200), 1, []),
        // An invalid HTTP status, but still an answer of the server. Nothing suggests that a retry
        // would help.
        "get/600_json" => api(600),
        "get/799_json" => api(799),
        // A redirected GET is followed within its origin, in the same attempt.
        "get/301_same_origin"
        | "get/303_same_origin"
        | "get/307_same_origin"
        | "get/308_same_origin" => Want { hops: 1..=1, ..ok(1, []) },
        "get/302_cross_origin" => error("Redirect", Some(302), 1, []),
        // The number of redirects must have a small limit.
        "get/302_loop" => Want { hops: 1..=20, ..error("Redirect", Some(302), 1, []) },
        // This header is not standardized. It is ignored, valid or not.
        "retry/ratelimit_reset_float" | "retry/ratelimit_reset_garbage" => ok(2, [backoff()]),
        "retry/ratelimit_and_after0" => ok(2, [WantedWait::Seconds(0.0)]),
        // An interrupted GET is retried, and so is one that was never sent.
        "conn/close_no_response" => error("Interrupted", None, 3, [backoff(), backoff()]),
        "conn/close_then_200" => ok(2, [backoff()]),
        "conn/short_body" => error("Interrupted", Some(200), 3, [backoff(), backoff()]),
        "conn/refused" => error("Connect", None, 3, [backoff(), backoff()]),
        "conn/refused_0" => error("Connect", None, 1, []),
        // A response that is not HTTP will not be HTTP the next time either.
        "conn/garbage" => error("Protocol", None, 1, []),
        _ => return None,
    })
}

fn ok<const N: usize>(attempts: u32, waits: [WantedWait; N]) -> Want {
    error("Ok", Some(200), attempts, waits)
}

fn api(status: u16) -> Want {
    Want { class: Some("Api".to_owned()), ..error("Api", Some(status), 1, []) }
}

fn error<const N: usize>(
    kind: &str,
    status: Option<u16>,
    attempts: u32,
    waits: [WantedWait; N],
) -> Want {
    Want { kind: kind.to_owned(), class: None, status, attempts, waits: waits.into(), hops: 0..=0 }
}

fn backoff() -> WantedWait {
    WantedWait::Named("backoff".to_owned())
}
