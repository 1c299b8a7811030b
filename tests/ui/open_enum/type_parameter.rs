//! The enum has a type parameter.

use connectors_client::OpenEnum;

#[derive(OpenEnum)]
pub enum State<T> {
    Open,
    Unknown(T),
}

fn main() {}
