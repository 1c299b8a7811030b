//! Refunds: money that is given back.

use std::collections::BTreeMap;

use connectors_client::{OpenEnum, Page, api_client};
use serde::Deserialize;

use super::{
    BalanceTransaction, Charge, Created, Expand, Expandable, Metadata, PaymentIntent, StripeError, VERSION,
};

/// Refunds: money that is given back.
#[api_client(prefix = "v1/refunds", error = StripeError, headers("Stripe-Version" = VERSION), idempotency_key)]
pub trait Refunds {
    /// Gives money back.
    #[post("", form, at_most_one(charge, payment_intent))]
    async fn create(
        &self,
        charge: Option<&str>,
        payment_intent: Option<&str>,
        /// How much, if not all.
        amount: Option<u64>,
        metadata: Option<&BTreeMap<&str, &str>>,
        reason: Option<RefundReason>,
        refund_application_fee: Option<bool>,
        reverse_transfer: Option<bool>,
        expand: Option<Expand<'_>>,
    ) -> Refund;

    /// Gets a refund.
    #[get("<id>?<expand>")]
    async fn retrieve(&self, id: &str, expand: Option<Expand<'_>>) -> Refund;

    /// Changes what is noted of a refund.
    #[post("<id>", form)]
    async fn update(
        &self,
        id: &str,
        metadata: Option<&BTreeMap<&str, &str>>,
        expand: Option<Expand<'_>>,
    ) -> Refund;

    /// Stops a refund that the payer has to do something for.
    #[post("<id>/cancel", form)]
    async fn cancel(&self, id: &str, expand: Option<Expand<'_>>) -> Refund;

    /// Lists refunds, the newest first.
    #[get("?<..>", paginate(cursor = starting_after), at_most_one(starting_after, ending_before))]
    async fn list(
        &self,
        charge: Option<&str>,
        payment_intent: Option<&str>,
        created: Option<Created>,
        limit: Option<u8>,
        starting_after: Option<&str>,
        ending_before: Option<&str>,
        expand: Option<Expand<'_>>,
    ) -> RefundList;
}

/// Why money is given back.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RefundReason {
    /// It was charged twice.
    Duplicate,
    /// It was a fraud.
    Fraudulent,
    /// The payer wanted it.
    RequestedByCustomer,
    /// Stripe did it, as the charge had no source any more.
    ExpiredUncapturedCharge,
    /// A value that is not known here, as it came.
    Unknown(String),
}

/// A page of refunds.
#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct RefundList {
    /// The refunds.
    #[page(items, cursor = id)]
    pub data: Vec<Refund>,
    /// Whether there are more.
    #[page(has_more)]
    pub has_more: bool,
}

/// A refund.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Refund {
    /// The id.
    pub id: String,
    /// In the smallest unit of the currency.
    pub amount: u64,
    /// How it moved the balance.
    pub balance_transaction: Option<Expandable<BalanceTransaction>>,
    /// What is given back.
    pub charge: Option<Expandable<Charge>>,
    /// When it was made, in seconds since 1970.
    pub created: i64,
    /// Three lower-case letters.
    pub currency: String,
    /// Names and values of one's own.
    pub metadata: Option<Metadata>,
    /// What is given back.
    pub payment_intent: Option<Expandable<PaymentIntent>>,
    /// Why.
    pub reason: Option<RefundReason>,
    /// The number on the receipt.
    pub receipt_number: Option<String>,
    /// How far it is: `pending`, `requires_action`, `succeeded`, `failed`, `canceled`.
    pub status: Option<String>,
}
