//! The balance, and what moved it.

use connectors_client::{Page, api_client};
use serde::Deserialize;

use super::{Created, Expand, StripeError, VERSION};

/// The balance, and what moved it.
#[api_client(prefix = "v1", error = StripeError, headers("Stripe-Version" = VERSION))]
pub trait Balance {
    /// Gets what is there now.
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
        /// Those of this payout.
        payout: Option<&str>,
        /// Those of this charge, refund or the like.
        source: Option<&str>,
        r#type: Option<&str>,
        limit: Option<u8>,
        starting_after: Option<&str>,
        ending_before: Option<&str>,
        expand: Option<Expand<'_>>,
    ) -> BalanceTransactionList;
}

/// What is there.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Funds {
    /// What can be paid out.
    pub available: Vec<Sum>,
    /// What is yet to come.
    pub pending: Vec<Sum>,
    /// Whether it is real.
    pub livemode: bool,
}

/// A sum in a currency.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Sum {
    /// In the smallest unit of the currency; it can be below zero.
    pub amount: i64,
    /// Three lower-case letters.
    pub currency: String,
}

/// A page of transactions.
#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct BalanceTransactionList {
    /// The transactions.
    #[page(items, cursor = id)]
    pub data: Vec<BalanceTransaction>,
    /// Whether there are more.
    #[page(has_more)]
    pub has_more: bool,
}

/// A transaction: something that moved the balance.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct BalanceTransaction {
    /// The id.
    pub id: String,
    /// In the smallest unit of the currency; below zero it went out.
    pub amount: i64,
    /// When it is there, in seconds since 1970.
    pub available_on: i64,
    /// When it was made, in seconds since 1970.
    pub created: i64,
    /// Three lower-case letters.
    pub currency: String,
    /// What it is for.
    pub description: Option<String>,
    /// From the currency of the payment to this one.
    pub exchange_rate: Option<f64>,
    /// What it cost.
    pub fee: i64,
    /// What it cost, one by one.
    pub fee_details: Vec<Fee>,
    /// What is left.
    pub net: i64,
    /// What kind of thing it is, for an accountant.
    pub reporting_category: String,
    /// What moved the balance.
    pub source: Option<String>,
    /// Whether it is there: `available` or `pending`.
    pub status: String,
    /// What kind of thing it is.
    pub r#type: String,
}

/// A fee.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Fee {
    /// In the smallest unit of the currency.
    pub amount: i64,
    /// Three lower-case letters.
    pub currency: String,
    /// What it is for.
    pub description: Option<String>,
    /// Whose it is: `stripe_fee`, `application_fee`, `tax`.
    pub r#type: String,
}
