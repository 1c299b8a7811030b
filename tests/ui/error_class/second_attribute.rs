//! Two `#[error_class]` on one enum.

use connectors_client::ErrorClass;

#[derive(ErrorClass)]
#[error_class(crate = connectors_client)]
#[error_class(crate = connectors_client)]
pub enum ThingsError {
    #[status(other)]
    Other,
}

fn main() {}
