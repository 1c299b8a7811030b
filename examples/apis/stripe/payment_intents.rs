//! Payment intents, which cover a payment from start to end.

use std::collections::BTreeMap;

use connectors_client::{Bracketed, OpenEnum, Page, Secret, api_client};
use serde::{Deserialize, Serialize};

use super::{
    Charge, Created, Customer, Expand, Expandable, Metadata, Problem, Shipping, StripeError,
    TransferData, VERSION,
};

/// Payment intents, which cover a payment from start to end.
#[api_client(prefix = "v1/payment_intents", error = StripeError, headers("Stripe-Version" = VERSION), idempotency_key)]
pub trait PaymentIntents {
    /// Creates a payment intent.
    #[post("", form)]
    async fn create(
        &self,
        amount: u64,
        currency: &str,
        automatic_payment_methods: Option<AutomaticPaymentMethods>,
        capture_method: Option<CaptureMethod>,
        /// If true, the payment is confirmed at once.
        confirm: Option<bool>,
        customer: Option<&str>,
        description: Option<&str>,
        metadata: Option<&BTreeMap<&str, &str>>,
        off_session: Option<bool>,
        payment_method: Option<&str>,
        payment_method_options: Option<&PaymentMethodOptions>,
        payment_method_types: Option<Bracketed<&[&str]>>,
        receipt_email: Option<&str>,
        return_url: Option<&str>,
        setup_future_usage: Option<SetupFutureUsage>,
        shipping: Option<&Shipping>,
        statement_descriptor: Option<&str>,
        transfer_data: Option<&TransferData>,
        expand: Option<Expand<'_>>,
    ) -> PaymentIntent;

    /// Gets a payment intent.
    #[get("<id>?<client_secret>&<expand>")]
    async fn retrieve(
        &self,
        id: &str,
        /// Client secret, which the payer's browser uses instead of the secret key.
        client_secret: Option<&Secret>,
        expand: Option<Expand<'_>>,
    ) -> PaymentIntent;

    /// Gets a payment intent. `.poll()` waits until it needs an action or is final.
    #[get(
        "<id>",
        poll(every = "2s"),
        done(
            status = "succeeded",
            status = "requires_capture",
            status = "requires_payment_method",
            status = "requires_action"
        ),
        failed(status = "canceled")
    )]
    async fn settled(&self, id: &str) -> PaymentIntent;

    /// Changes the given fields of a payment intent.
    #[post("<id>", form)]
    async fn update(
        &self,
        id: &str,
        amount: Option<u64>,
        currency: Option<&str>,
        customer: Option<&str>,
        description: Option<&str>,
        metadata: Option<&BTreeMap<&str, &str>>,
        payment_method: Option<&str>,
        payment_method_types: Option<Bracketed<&[&str]>>,
        receipt_email: Option<&str>,
        setup_future_usage: Option<SetupFutureUsage>,
        shipping: Option<&Shipping>,
        expand: Option<Expand<'_>>,
    ) -> PaymentIntent;

    /// Confirms that the payer intends to pay.
    #[post("<id>/confirm", form)]
    async fn confirm(
        &self,
        id: &str,
        payment_method: Option<&str>,
        receipt_email: Option<&str>,
        return_url: Option<&str>,
        off_session: Option<bool>,
        expand: Option<Expand<'_>>,
    ) -> PaymentIntent;

    /// Captures the payment.
    #[post("<id>/capture", form)]
    async fn capture(
        &self,
        id: &str,
        amount_to_capture: Option<u64>,
        statement_descriptor: Option<&str>,
        expand: Option<Expand<'_>>,
    ) -> PaymentIntent;

    /// Cancels the payment.
    #[post("<id>/cancel", form)]
    async fn cancel(
        &self,
        id: &str,
        cancellation_reason: Option<CancellationReason>,
        expand: Option<Expand<'_>>,
    ) -> PaymentIntent;

    /// Lists payment intents, the newest first.
    #[get("?<..>", paginate(cursor = starting_after), at_most_one(starting_after, ending_before))]
    async fn list(
        &self,
        created: Option<Created>,
        customer: Option<&str>,
        limit: Option<u8>,
        starting_after: Option<&str>,
        ending_before: Option<&str>,
        expand: Option<Expand<'_>>,
    ) -> PaymentIntentList;

    /// Finds payment intents with Stripe's query language. Results are about a minute old.
    #[get("search?<query>&<limit>&<page>&<expand>", paginate(cursor = page))]
    async fn search(
        &self,
        query: &str,
        limit: Option<u8>,
        page: Option<&str>,
        expand: Option<Expand<'_>>,
    ) -> FoundPaymentIntents;
}

/// Use of the payment methods configured in the dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct AutomaticPaymentMethods {
    /// Enables them.
    pub enabled: bool,
    /// Permission for methods that redirect to another site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allow_redirects: Option<AllowRedirects>,
}

/// Permission for methods that redirect to another site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AllowRedirects {
    /// Allowed.
    Always,
    /// Not allowed.
    Never,
}

/// Options of individual payment methods.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PaymentMethodOptions {
    /// Options of cards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card: Option<CardOptions>,
}

/// Options of cards.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CardOptions {
    /// Time at which the payer must authenticate: `any`, `automatic`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_three_d_secure: Option<String>,
    /// Installment options.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub installments: Option<Installments>,
}

/// Installment options.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Installments {
    /// Enables installments.
    pub enabled: bool,
}

/// Time of capture.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CaptureMethod {
    /// At once.
    Automatic,
    /// A little later.
    AutomaticAsync,
    /// On request.
    Manual,
    /// An unknown value, as received.
    Unknown(String),
}

/// Future use of the payment method.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SetupFutureUsage {
    /// Payments while the payer is absent too.
    OffSession,
    /// Payments while the payer is present.
    OnSession,
    /// An unknown value, as received.
    Unknown(String),
}

/// Reason for a cancellation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CancellationReason {
    /// Duplicate.
    Duplicate,
    /// Fraud.
    Fraudulent,
    /// Requested by the payer.
    RequestedByCustomer,
    /// Abandoned by the payer.
    Abandoned,
    /// An unknown value, as received.
    Unknown(String),
}

/// Status of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PaymentIntentStatus {
    /// A payment method is missing.
    RequiresPaymentMethod,
    /// The payer has not confirmed yet.
    RequiresConfirmation,
    /// The payer has to act.
    RequiresAction,
    /// Processing.
    Processing,
    /// Authorized, not captured yet.
    RequiresCapture,
    /// Canceled.
    Canceled,
    /// Paid.
    Succeeded,
    /// An unknown value, as received.
    Unknown(String),
}

/// A page of payment intents.
#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct PaymentIntentList {
    /// The payment intents.
    #[page(items, cursor = id)]
    pub data: Vec<PaymentIntent>,
    /// True if there are more pages.
    #[page(has_more)]
    pub has_more: bool,
}

/// A page of search results.
#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct FoundPaymentIntents {
    /// The payment intents.
    #[page(items)]
    pub data: Vec<PaymentIntent>,
    /// True if there are more pages.
    #[page(has_more)]
    pub has_more: bool,
    /// Token of the next page.
    #[page(next)]
    pub next_page: Option<String>,
}

/// A payment.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PaymentIntent {
    /// The id.
    pub id: String,
    /// Amount in the smallest unit of the currency.
    pub amount: u64,
    /// Amount that can be captured.
    pub amount_capturable: u64,
    /// Amount that was received.
    pub amount_received: u64,
    /// Use of the payment methods configured in the dashboard.
    pub automatic_payment_methods: Option<AutomaticPaymentMethods>,
    /// Time of cancellation in seconds since 1970.
    pub canceled_at: Option<i64>,
    /// Reason for the cancellation.
    pub cancellation_reason: Option<CancellationReason>,
    /// Time of capture.
    pub capture_method: CaptureMethod,
    /// Secret with which the payer's browser completes the payment.
    pub client_secret: Option<Secret>,
    /// Creation time in seconds since 1970.
    pub created: i64,
    /// Three lowercase letters (ISO 4217).
    pub currency: String,
    /// The customer.
    pub customer: Option<Expandable<Customer>>,
    /// Description.
    pub description: Option<String>,
    /// Error of the last attempt.
    pub last_payment_error: Option<Problem>,
    /// Last charge of this payment.
    pub latest_charge: Option<Expandable<Charge>>,
    /// True in live mode.
    pub livemode: bool,
    /// Metadata set by the caller.
    pub metadata: Metadata,
    /// Payment method.
    pub payment_method: Option<String>,
    /// Allowed kinds of payment methods.
    pub payment_method_types: Vec<String>,
    /// Email address for the receipt.
    pub receipt_email: Option<String>,
    /// Future use of the payment method.
    pub setup_future_usage: Option<SetupFutureUsage>,
    /// Shipping address and recipient.
    pub shipping: Option<Shipping>,
    /// Status.
    pub status: PaymentIntentStatus,
}
