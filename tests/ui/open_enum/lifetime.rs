//! The enum has a lifetime.

use connectors_client::OpenEnum;

#[derive(OpenEnum)]
pub enum State<'a> {
    Open,
    Unknown(std::borrow::Cow<'a, str>),
}

fn main() {}
