//! `OpenEnum` is derived for a struct.

use connectors_client::OpenEnum;

#[derive(OpenEnum)]
pub struct State {
    pub text: String,
}

fn uses(state: State) -> String {
    let state = State::from(state.as_str().to_owned());
    format!("{state} {:?}", serde_json::to_string(&state))
}

fn main() {}
