//! Two variants have one text by a rename.

use connectors_client::OpenEnum;

#[derive(OpenEnum)]
#[open_enum(rename_all = "snake_case")]
pub enum State {
    Closed,
    #[open_enum(rename = "closed")]
    Done,
    Unknown(String),
}

fn uses(state: State) -> String {
    let state = State::from(state.as_str().to_owned());
    format!("{state} {:?}", serde_json::to_string(&state))
}

fn main() {}
