//! An option of the enum is not known.

use connectors_client::OpenEnum;

#[derive(OpenEnum)]
#[open_enum(rename_every = "snake_case")]
pub enum State {
    Open,
    Unknown(String),
}

fn uses(state: State) -> String {
    let state = State::from(state.as_str().to_owned());
    format!("{state} {:?}", serde_json::to_string(&state))
}

fn main() {}
