//! The case of `rename_all` is not known.

use connectors_client::OpenEnum;

#[derive(OpenEnum)]
#[open_enum(rename_all = "Snake_Case")]
pub enum State {
    Open,
    Unknown(String),
}

fn uses(state: State) -> String {
    let state = State::from(state.as_str().to_owned());
    format!("{state} {:?}", serde_json::to_string(&state))
}

fn main() {}
