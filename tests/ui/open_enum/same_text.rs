//! Two variants have one text by the case.

use connectors_client::OpenEnum;

#[derive(OpenEnum)]
#[open_enum(rename_all = "lowercase")]
pub enum State {
    NoScheme,
    Noscheme,
    Unknown(String),
}

fn uses(state: State) -> String {
    let state = State::from(state.as_str().to_owned());
    format!("{state} {:?}", serde_json::to_string(&state))
}

fn main() {}
