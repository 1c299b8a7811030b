//! Refunds of charges.

use std::collections::BTreeMap;

use connectors_client::{OpenEnum, Page, api_client};
use serde::Deserialize;

use super::{
    BalanceTransaction, Charge, Created, Expand, Expandable, Metadata, PaymentIntent, StripeError,
    VERSION,
};

/// Refunds of charges.
#[api_client(prefix = "v1/refunds", error = StripeError, headers("Stripe-Version" = VERSION), idempotency_key)]
pub trait Refunds {
    /// Creates a refund.
    #[post("", form, at_most_one(charge, payment_intent))]
    async fn create(
        &self,
        charge: Option<&str>,
        payment_intent: Option<&str>,
        /// Amount, if not all of it.
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

    /// Changes the metadata of a refund.
    #[post("<id>", form)]
    async fn update(
        &self,
        id: &str,
        metadata: Option<&BTreeMap<&str, &str>>,
        expand: Option<Expand<'_>>,
    ) -> Refund;

    /// Cancels a refund that requires action from the payer.
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

/// Reason for a refund.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RefundReason {
    /// Duplicate charge.
    Duplicate,
    /// Fraud.
    Fraudulent,
    /// Requested by the payer.
    RequestedByCustomer,
    /// Refunded by Stripe because the charge's source expired.
    ExpiredUncapturedCharge,
    /// An unknown value, as received.
    Unknown(String),
}

/// A page of refunds.
#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct RefundList {
    /// The refunds.
    #[page(items, cursor = id)]
    pub data: Vec<Refund>,
    /// True if there are more pages.
    #[page(has_more)]
    pub has_more: bool,
}

/// A refund.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Refund {
    /// The id.
    pub id: String,
    /// Amount in the smallest unit of the currency.
    pub amount: u64,
    /// The balance transaction it caused.
    pub balance_transaction: Option<Expandable<BalanceTransaction>>,
    /// The refunded payment.
    pub charge: Option<Expandable<Charge>>,
    /// Creation time in seconds since 1970.
    pub created: i64,
    /// Three lowercase letters (ISO 4217).
    pub currency: String,
    /// Metadata set by the caller.
    pub metadata: Option<Metadata>,
    /// The refunded payment.
    pub payment_intent: Option<Expandable<PaymentIntent>>,
    /// Reason.
    pub reason: Option<RefundReason>,
    /// Number of the receipt.
    pub receipt_number: Option<String>,
    /// Status: `pending`, `requires_action`, `succeeded`, `failed`, `canceled`.
    pub status: Option<String>,
}
