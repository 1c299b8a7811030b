//! Payments with Stripe: charges, customers, payment intents, refunds, balance transactions and the
//! balance.
//!
//! Follows Stripe's API reference, version 2022-11-15, and the examples of its OpenAPI description.

mod balance;
mod charges;
mod common;
mod customers;
mod error;
mod payment_intents;
mod refunds;

pub use balance::*;
pub use charges::*;
pub use common::*;
pub use customers::*;
pub use error::*;
pub use payment_intents::*;
pub use refunds::*;

use connectors_client::{ApiClient, Client, ClientBuilder, RequestOptions, Secret};

/// The declared version of the API.
pub const VERSION: &str = "2022-11-15";

/// The whole API as one client.
#[derive(Clone, Debug, ApiClient)]
pub struct Stripe {
    /// Charges.
    pub charges: ChargesClient,
    /// Customers.
    pub customers: CustomersClient,
    /// Payment intents.
    pub payment_intents: PaymentIntentsClient,
    /// Refunds.
    pub refunds: RefundsClient,
    /// Balance and balance transactions.
    pub balance: BalanceClient,
}

impl Stripe {
    /// Returns a client that acts on behalf of a connected account.
    pub fn on_behalf_of(&self, account: &str) -> Self {
        self.with_options(RequestOptions::new().header("Stripe-Account", account))
    }
}

/// Returns client settings with a secret key, which is the user name of basic authentication. There
/// is no password.
pub fn builder(base_url: impl AsRef<str>, key: &Secret) -> ClientBuilder {
    Client::builder(base_url).basic_auth(key.expose(), "")
}
