//! `rename` is a number.

use connectors_client::OpenEnum;

#[derive(OpenEnum)]
pub enum State {
    #[open_enum(rename = 1)]
    Open,
    Unknown(String),
}

fn uses(state: State) -> String {
    let state = State::from(state.as_str().to_owned());
    format!("{state} {:?}", serde_json::to_string(&state))
}

fn main() {}
