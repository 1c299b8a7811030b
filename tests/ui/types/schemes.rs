//! Values that are not schemes of credentials.

use connectors_client::Client;
use connectors_client::auth::{AccessToken, AuthError};

async fn token() -> Result<AccessToken, AuthError> {
    Ok(AccessToken::new("abc"))
}

fn function_without_a_provider() {
    //~ The function is not in a provider.
    let _ = Client::builder("https://api.example.com").auth(token);
}

fn text() {
    //~ The token is text.
    let _ = Client::builder("https://api.example.com").auth_scheme("admin", "abc");
}

fn main() {}
