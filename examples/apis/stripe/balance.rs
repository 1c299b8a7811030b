//! Balance and balance transactions.

use connectors_client::{Page, api_client};
use serde::Deserialize;

use super::{Created, Expand, StripeError, VERSION};

/// Balance and balance transactions.
#[api_client(prefix = "v1", error = StripeError, headers("Stripe-Version" = VERSION))]
pub trait Balance {
    /// Gets the balance.
    #[get("balance")]
    async fn retrieve(&self) -> Funds;

    /// Gets a transaction.
    #[get("balance_transactions/<id>?<expand>")]
    async fn transaction(&self, id: &str, expand: Option<Expand<'_>>) -> BalanceTransaction;

    /// Lists transactions, the newest first.
    #[get(
        "balance_transactions?<..>",
        paginate(cursor = starting_after),
        at_most_one(starting_after, ending_before)
    )]
    async fn transactions(
        &self,
        created: Option<Created>,
        currency: Option<&str>,
        /// Lists only transactions of this payout.
        payout: Option<&str>,
        /// Lists only transactions of this charge, refund or other source.
        source: Option<&str>,
        r#type: Option<&str>,
        limit: Option<u8>,
        starting_after: Option<&str>,
        ending_before: Option<&str>,
        expand: Option<Expand<'_>>,
    ) -> BalanceTransactionList;
}

/// The balance.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Funds {
    /// Amounts available for payout.
    pub available: Vec<Sum>,
    /// Pending amounts.
    pub pending: Vec<Sum>,
    /// True in live mode.
    pub livemode: bool,
}

/// A sum in a currency.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Sum {
    /// Amount in the smallest unit of the currency. It can be negative.
    pub amount: i64,
    /// Three lowercase letters (ISO 4217).
    pub currency: String,
}

/// A page of transactions.
#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct BalanceTransactionList {
    /// The transactions.
    #[page(items, cursor = id)]
    pub data: Vec<BalanceTransaction>,
    /// True if there are more pages.
    #[page(has_more)]
    pub has_more: bool,
}

/// A balance transaction.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct BalanceTransaction {
    /// The id.
    pub id: String,
    /// Amount in the smallest unit of the currency. It is negative for outgoing money.
    pub amount: i64,
    /// Time of availability in seconds since 1970.
    pub available_on: i64,
    /// Creation time in seconds since 1970.
    pub created: i64,
    /// Three lowercase letters (ISO 4217).
    pub currency: String,
    /// Description.
    pub description: Option<String>,
    /// Exchange rate from the currency of the payment.
    pub exchange_rate: Option<f64>,
    /// Total fee.
    pub fee: i64,
    /// Individual fees.
    pub fee_details: Vec<Fee>,
    /// Net amount.
    pub net: i64,
    /// Category for accounting.
    pub reporting_category: String,
    /// The object that caused it.
    pub source: Option<String>,
    /// Status: `available` or `pending`.
    pub status: String,
    /// Type.
    pub r#type: String,
}

/// A fee.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Fee {
    /// Amount in the smallest unit of the currency.
    pub amount: i64,
    /// Three lowercase letters (ISO 4217).
    pub currency: String,
    /// Description.
    pub description: Option<String>,
    /// Type: `stripe_fee`, `application_fee`, `tax`.
    pub r#type: String,
}
