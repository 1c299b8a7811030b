//! `OpenEnum` is derived for a union.

use connectors_client::OpenEnum;

#[derive(OpenEnum)]
pub union State {
    pub number: u8,
}

fn uses(state: State) -> String {
    let state = State::from(state.as_str().to_owned());
    format!("{state} {:?}", serde_json::to_string(&state))
}

fn main() {}
