//! The variant for unknown values holds a type that is no text.

use connectors_client::OpenEnum;

#[derive(OpenEnum)]
pub enum State {
    Open,
    Unknown(u32),
}

fn uses(state: State) -> String {
    let state = State::from(state.as_str().to_owned());
    format!("{state} {:?}", serde_json::to_string(&state))
}

fn main() {}
