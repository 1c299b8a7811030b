//! Servers that do not speak TLS although they should, and untrusted certificates.

use connectors_client::ErrorKind::{Connect, Interrupted, Tls};
use support::fault_server::{Certificate, Fault, Script};

use super::{PAUSE, good, good_head};
use crate::row::{Row, answers, fails, times_out};

pub(super) fn rows() -> Vec<Row> {
    let untrusted = |name, certificate| {
        fails(name, Fault::https(certificate, Script::executed().send(good())), Tls)
            .unsent()
            .executing(|_, _| 0)
    };
    let below = Fault::instead_of_tls;
    let above = |script| Fault::https(Certificate::Good, script);
    vec![
        untrusted("unknown authority", Certificate::OfAnotherAuthority),
        untrusted("another host's certificate", Certificate::OfAnotherHost),
        untrusted("expired certificate", Certificate::Expired),
        fails("silent in the handshake", below(Script::at_once().stall()), Connect)
            .unsent()
            .always_retried()
            .while_connecting(),
        fails(
            "dripping in the handshake",
            below(Script::after_bytes(5).send([22, 3, 3, 64, 0]).drip(vec![0; 500], PAUSE)),
            Connect,
        )
        .unsent()
        .always_retried()
        .while_connecting(),
        fails("closed in the handshake", below(Script::after_bytes(5).close()), Connect)
            .unsent()
            .always_retried(),
        fails("reset in the handshake", below(Script::after_bytes(5).reset()), Connect)
            .unsent()
            .always_retried(),
        fails("plain HTTP instead of TLS", below(Script::after_bytes(5).send(good()).close()), Tls)
            .unsent(),
        fails(
            "TLS alert",
            below(Script::after_bytes(5).send([0x15, 3, 3, 0, 2, 2, 40]).close()),
            Tls,
        )
        .unsent(),
        answers("TLS without a farewell", above(Script::executed().send(good()).close()), 200),
        fails("TLS, closed instead of a response", above(Script::executed().close()), Interrupted)
            .retried(),
        fails("TLS, reset instead of a response", above(Script::executed().reset()), Interrupted)
            .retried(),
        times_out("TLS, stalled instead of a response", above(Script::executed().stall())),
        fails(
            "TLS, closed within the body",
            above(Script::executed().send(good_head()).close()),
            Interrupted,
        )
        .with_status(200)
        .retried(),
    ]
}
