//! Charges: attempts to move money in.

use std::collections::BTreeMap;

use connectors_client::{OpenEnum, Page, api_client};
use serde::{Deserialize, Serialize};

use super::{
    BalanceTransaction, BillingDetails, Created, Customer, Expand, Expandable, Metadata, PaymentIntent,
    Shipping, StripeError, TransferData, VERSION,
};

/// Charges: attempts to move money in.
#[api_client(prefix = "v1/charges", error = StripeError, headers("Stripe-Version" = VERSION), idempotency_key)]
pub trait Charges {
    /// Makes a charge. Stripe recommends payment intents in its place.
    #[post("", form)]
    async fn create(
        &self,
        /// In the smallest unit of the currency.
        amount: u64,
        /// Three lower-case letters (ISO 4217).
        currency: &str,
        customer: Option<&str>,
        description: Option<&str>,
        metadata: Option<&BTreeMap<&str, &str>>,
        receipt_email: Option<&str>,
        shipping: Option<&Shipping>,
        /// A token, a card's id.
        source: Option<&str>,
        statement_descriptor: Option<&str>,
        /// Whether the money is taken at once; the default is true.
        capture: Option<bool>,
        transfer_data: Option<&TransferData>,
        expand: Option<Expand<'_>>,
    ) -> Charge;

    /// Gets a charge.
    #[get("<id>?<expand>")]
    async fn retrieve(&self, id: &str, expand: Option<Expand<'_>>) -> Charge;

    /// Changes a charge: what is set, and nothing else.
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

    /// Takes the money of a charge that was made with `capture` false.
    #[post("<id>/capture", form)]
    async fn capture(
        &self,
        id: &str,
        /// How much, if not all.
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
        /// How many on a page, 1 to 100; the default is 10.
        limit: Option<u8>,
        /// Those behind this one.
        starting_after: Option<&str>,
        /// Those before this one.
        ending_before: Option<&str>,
        expand: Option<Expand<'_>>,
    ) -> ChargeList;

    /// Finds charges by Stripe's language of queries. What is found is a minute old.
    #[get("search?<query>&<limit>&<page>&<expand>", paginate(cursor = page))]
    async fn search(
        &self,
        query: &str,
        limit: Option<u8>,
        /// The `next_page` of the page before.
        page: Option<&str>,
        expand: Option<Expand<'_>>,
    ) -> FoundCharges;
}

/// Whether a charge was a fraud.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct FraudDetails {
    /// What the user says: `fraudulent` or `safe`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_report: Option<String>,
    /// What Stripe says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stripe_report: Option<String>,
}

/// A page of charges.
#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct ChargeList {
    /// The charges.
    #[page(items, cursor = id)]
    pub data: Vec<Charge>,
    /// Whether there are more.
    #[page(has_more)]
    pub has_more: bool,
    /// The list's path.
    pub url: String,
}

/// A page of charges that were found.
#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct FoundCharges {
    /// The charges.
    #[page(items)]
    pub data: Vec<Charge>,
    /// Whether there are more.
    #[page(has_more)]
    pub has_more: bool,
    /// Where the next page is.
    #[page(next)]
    pub next_page: Option<String>,
    /// How many there are in all, where `expand` asks for it.
    pub total_count: Option<u64>,
}

/// A charge.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "they are fields of the reply")]
pub struct Charge {
    /// The id.
    pub id: String,
    /// In the smallest unit of the currency.
    pub amount: u64,
    /// How much of it is taken.
    pub amount_captured: u64,
    /// How much of it is given back.
    pub amount_refunded: u64,
    /// How it moved the balance.
    pub balance_transaction: Option<Expandable<BalanceTransaction>>,
    /// Who pays.
    pub billing_details: BillingDetails,
    /// What the payer's statement shows.
    pub calculated_statement_descriptor: Option<String>,
    /// Whether the money is taken.
    pub captured: bool,
    /// When it was made, in seconds since 1970.
    pub created: i64,
    /// Three lower-case letters.
    pub currency: String,
    /// Whose it is.
    pub customer: Option<Expandable<Customer>>,
    /// What it is for.
    pub description: Option<String>,
    /// Whether it is disputed.
    pub disputed: bool,
    /// Why it failed, for a program.
    pub failure_code: Option<String>,
    /// Why it failed, for a person.
    pub failure_message: Option<String>,
    /// Whether it was a fraud.
    #[serde(default)]
    pub fraud_details: Option<FraudDetails>,
    /// Whether it is real.
    pub livemode: bool,
    /// Names and values of one's own.
    pub metadata: Metadata,
    /// What the payment network said.
    pub outcome: Option<Outcome>,
    /// Whether it succeeded.
    pub paid: bool,
    /// The payment intent that made it.
    pub payment_intent: Option<Expandable<PaymentIntent>>,
    /// By what it was paid.
    pub payment_method: Option<String>,
    /// Where a receipt was sent to.
    pub receipt_email: Option<String>,
    /// Where the receipt is.
    pub receipt_url: Option<String>,
    /// Whether all of it was given back.
    pub refunded: bool,
    /// Where something is sent to.
    pub shipping: Option<Shipping>,
    /// What the payer's statement shows.
    pub statement_descriptor: Option<String>,
    /// Whether it succeeded.
    pub status: ChargeStatus,
}

/// Whether a charge succeeded.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChargeStatus {
    /// It did.
    Succeeded,
    /// It may yet.
    Pending,
    /// It did not.
    Failed,
    /// A value that is not known here, as it came.
    Unknown(String),
}

/// What the payment network said.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Outcome {
    /// `approved_by_network`, `declined_by_network` and others.
    pub network_status: Option<String>,
    /// Why, in a word.
    pub reason: Option<String>,
    /// How risky it seemed.
    pub risk_level: Option<String>,
    /// The same from 0 to 100.
    #[serde(default)]
    pub risk_score: Option<u8>,
    /// The same for the seller.
    pub seller_message: Option<String>,
    /// What it came to: `authorized`, `blocked`.
    pub r#type: String,
}
