//! Two variants take unknown values.

use connectors_client::OpenEnum;

#[derive(OpenEnum)]
pub enum State {
    Open,
    Unknown(String),
    Other(String),
}

fn uses(state: State) -> String {
    let state = State::from(state.as_str().to_owned());
    format!("{state} {:?}", serde_json::to_string(&state))
}

fn main() {}
