//! Charges, which are attempts to move money into the account.

use std::collections::BTreeMap;

use connectors_client::{OpenEnum, Page, api_client};
use serde::{Deserialize, Serialize};

use super::{
    BalanceTransaction, BillingDetails, Created, Customer, Expand, Expandable, Metadata,
    PaymentIntent, Shipping, StripeError, TransferData, VERSION,
};

/// Charges, which are attempts to move money into the account.
#[api_client(prefix = "v1/charges", error = StripeError, headers("Stripe-Version" = VERSION), idempotency_key)]
pub trait Charges {
    /// Creates a charge. Stripe recommends payment intents instead.
    #[post("", form)]
    async fn create(
        &self,
        /// Amount in the smallest unit of the currency.
        amount: u64,
        /// Three lowercase letters (ISO 4217).
        currency: &str,
        customer: Option<&str>,
        description: Option<&str>,
        metadata: Option<&BTreeMap<&str, &str>>,
        receipt_email: Option<&str>,
        shipping: Option<&Shipping>,
        /// A token or the id of a card.
        source: Option<&str>,
        statement_descriptor: Option<&str>,
        /// If true, the payment is captured at once. The default is true.
        capture: Option<bool>,
        transfer_data: Option<&TransferData>,
        expand: Option<Expand<'_>>,
    ) -> Charge;

    /// Gets a charge.
    #[get("<id>?<expand>")]
    async fn retrieve(&self, id: &str, expand: Option<Expand<'_>>) -> Charge;

    /// Changes the given fields of a charge.
    #[post("<id>", form)]
    async fn update(
        &self,
        id: &str,
        customer: Option<&str>,
        description: Option<&str>,
        /// An entry with an empty value is removed.
        metadata: Option<&BTreeMap<&str, &str>>,
        receipt_email: Option<&str>,
        shipping: Option<&Shipping>,
        fraud_details: Option<&FraudDetails>,
        expand: Option<Expand<'_>>,
    ) -> Charge;

    /// Captures a charge that was created with `capture` false.
    #[post("<id>/capture", form)]
    async fn capture(
        &self,
        id: &str,
        /// Amount, if not all of it.
        amount: Option<u64>,
        receipt_email: Option<&str>,
        statement_descriptor: Option<&str>,
        statement_descriptor_suffix: Option<&str>,
        expand: Option<Expand<'_>>,
    ) -> Charge;

    /// Lists charges, the newest first.
    #[get("?<..>", paginate(cursor = starting_after), at_most_one(starting_after, ending_before))]
    async fn list(
        &self,
        created: Option<Created>,
        customer: Option<&str>,
        payment_intent: Option<&str>,
        transfer_group: Option<&str>,
        /// Number of charges per page, from 1 to 100. The default is 10.
        limit: Option<u8>,
        /// Starts after this charge.
        starting_after: Option<&str>,
        /// Ends before this charge.
        ending_before: Option<&str>,
        expand: Option<Expand<'_>>,
    ) -> ChargeList;

    /// Finds charges with Stripe's query language. Results are about a minute old.
    #[get("search?<query>&<limit>&<page>&<expand>", paginate(cursor = page))]
    async fn search(
        &self,
        query: &str,
        limit: Option<u8>,
        /// The `next_page` of the previous page.
        page: Option<&str>,
        expand: Option<Expand<'_>>,
    ) -> FoundCharges;
}

/// Fraud assessments of a charge.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct FraudDetails {
    /// Assessment of the user: `fraudulent` or `safe`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_report: Option<String>,
    /// Assessment of Stripe.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stripe_report: Option<String>,
}

/// A page of charges.
#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct ChargeList {
    /// The charges.
    #[page(items, cursor = id)]
    pub data: Vec<Charge>,
    /// True if there are more pages.
    #[page(has_more)]
    pub has_more: bool,
    /// Path of the list.
    pub url: String,
}

/// A page of search results.
#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct FoundCharges {
    /// The charges.
    #[page(items)]
    pub data: Vec<Charge>,
    /// True if there are more pages.
    #[page(has_more)]
    pub has_more: bool,
    /// Token of the next page.
    #[page(next)]
    pub next_page: Option<String>,
    /// Total number of results, if `expand` asks for it.
    pub total_count: Option<u64>,
}

/// A charge.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "fields of the response")]
pub struct Charge {
    /// The id.
    pub id: String,
    /// Amount in the smallest unit of the currency.
    pub amount: u64,
    /// Amount captured.
    pub amount_captured: u64,
    /// Amount refunded.
    pub amount_refunded: u64,
    /// The balance transaction it caused.
    pub balance_transaction: Option<Expandable<BalanceTransaction>>,
    /// Payer's billing details.
    pub billing_details: BillingDetails,
    /// Text on the payer's statement.
    pub calculated_statement_descriptor: Option<String>,
    /// True if the charge was captured.
    pub captured: bool,
    /// Creation time in seconds since 1970.
    pub created: i64,
    /// Three lowercase letters (ISO 4217).
    pub currency: String,
    /// The customer.
    pub customer: Option<Expandable<Customer>>,
    /// Description.
    pub description: Option<String>,
    /// True if the charge is disputed.
    pub disputed: bool,
    /// Machine-readable reason of a failure.
    pub failure_code: Option<String>,
    /// Reason of a failure for people.
    pub failure_message: Option<String>,
    /// Fraud assessments.
    #[serde(default)]
    pub fraud_details: Option<FraudDetails>,
    /// True in live mode.
    pub livemode: bool,
    /// Metadata set by the caller.
    pub metadata: Metadata,
    /// Result of the payment network.
    pub outcome: Option<Outcome>,
    /// True if the charge is paid.
    pub paid: bool,
    /// Payment intent of this charge.
    pub payment_intent: Option<Expandable<PaymentIntent>>,
    /// Payment method.
    pub payment_method: Option<String>,
    /// Email address of the receipt.
    pub receipt_email: Option<String>,
    /// URL of the receipt.
    pub receipt_url: Option<String>,
    /// True if all of it was refunded.
    pub refunded: bool,
    /// Shipping address and recipient.
    pub shipping: Option<Shipping>,
    /// Text on the payer's statement.
    pub statement_descriptor: Option<String>,
    /// Status.
    pub status: ChargeStatus,
}

/// Status of a charge.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChargeStatus {
    /// Succeeded.
    Succeeded,
    /// Pending.
    Pending,
    /// Failed.
    Failed,
    /// An unknown value, as received.
    Unknown(String),
}

/// Result of the payment network.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Outcome {
    /// `approved_by_network`, `declined_by_network` and others.
    pub network_status: Option<String>,
    /// Reason as a code.
    pub reason: Option<String>,
    /// Risk level.
    pub risk_level: Option<String>,
    /// Risk score from 0 to 100.
    #[serde(default)]
    pub risk_score: Option<u8>,
    /// Message for the seller.
    pub seller_message: Option<String>,
    /// Outcome: `authorized`, `blocked`.
    pub r#type: String,
}
