//! The recorded vectors: the requests of the official SDK and its results, compared with the four
//! clients, and the recorded chat events, compared with their types.

mod api;
mod call;
mod chat;
mod chat_streams;
mod differences;
mod json;
mod judged;
mod requests;
mod responses;
mod run;
mod same;
mod script;

use std::collections::HashSet;

use differences::DIFFERENCES;
use requests::RequestVector;
use responses::ResponseVector;
use run::Vector;

#[test]
fn requests_are_sent_as_recorded() {
    run::run::<RequestVector>("requests", 192);
}

#[test]
fn responses_are_read_as_expected() {
    run::run::<ResponseVector>("responses", 267);
}

#[test]
fn each_difference_names_one_vector_once() {
    let requests = run::read::<RequestVector>();
    let responses = run::read::<ResponseVector>();
    let names = requests.iter().map(Vector::name).chain(responses.iter().map(Vector::name));
    let mut names: HashSet<&str> = names.collect();
    assert_eq!(names.len(), requests.len() + responses.len(), "two vectors have the same name");
    for (name, _) in DIFFERENCES {
        assert!(names.remove(name), "{name} is not a vector, or is listed twice");
    }
}
