//! Payment intents: payments from the first word to the last.

use std::collections::BTreeMap;

use connectors_client::{Bracketed, OpenEnum, Page, Secret, api_client};
use serde::{Deserialize, Serialize};

use super::{
    Charge, Created, Customer, Expand, Expandable, Metadata, Problem, Shipping, StripeError, TransferData,
    VERSION,
};

/// Payment intents: payments from the first word to the last.
#[api_client(prefix = "v1/payment_intents", error = StripeError, headers("Stripe-Version" = VERSION), idempotency_key)]
pub trait PaymentIntents {
    /// Makes a payment intent.
    #[post("", form)]
    async fn create(
        &self,
        amount: u64,
        currency: &str,
        automatic_payment_methods: Option<AutomaticPaymentMethods>,
        capture_method: Option<CaptureMethod>,
        /// Whether it is confirmed at once.
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
        /// In place of a secret key: what the payer's browser has.
        client_secret: Option<&Secret>,
        expand: Option<Expand<'_>>,
    ) -> PaymentIntent;

    /// Waits for a payment intent until somebody has to do something, or nothing is left to do.
    #[get(
        "<id>",
        poll(every = "2s"),
        done(
            status = "succeeded",
            status = "requires_capture",
            status = "requires_payment_method",
            status = "requires_action"
        ),
        fails_on(status = "canceled")
    )]
    async fn settled(&self, id: &str) -> PaymentIntent;

    /// Changes a payment intent: what is set, and nothing else.
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

    /// Says that the payer wants to pay.
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

    /// Takes the money.
    #[post("<id>/capture", form)]
    async fn capture(
        &self,
        id: &str,
        amount_to_capture: Option<u64>,
        statement_descriptor: Option<&str>,
        expand: Option<Expand<'_>>,
    ) -> PaymentIntent;

    /// Gives up.
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

    /// Finds payment intents by Stripe's language of queries. What is found is a minute old.
    #[get("search?<query>&<limit>&<page>&<expand>", paginate(cursor = page))]
    async fn search(
        &self,
        query: &str,
        limit: Option<u8>,
        page: Option<&str>,
        expand: Option<Expand<'_>>,
    ) -> FoundPaymentIntents;
}

/// Whether the methods are those that the dashboard names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct AutomaticPaymentMethods {
    /// Whether they are.
    pub enabled: bool,
    /// Whether methods may be among them that lead to another site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allow_redirects: Option<AllowRedirects>,
}

/// Whether a method may lead to another site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AllowRedirects {
    /// It may.
    Always,
    /// It may not.
    Never,
}

/// What some methods have of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PaymentMethodOptions {
    /// Of cards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card: Option<CardOptions>,
}

/// What cards have of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CardOptions {
    /// When the payer has to prove to be the owner: `any`, `automatic`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_three_d_secure: Option<String>,
    /// A payment by instalments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub installments: Option<Installments>,
}

/// A payment by instalments.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Installments {
    /// Whether it is possible.
    pub enabled: bool,
}

/// When money is taken.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CaptureMethod {
    /// At once.
    Automatic,
    /// A little later.
    AutomaticAsync,
    /// When it is asked for.
    Manual,
    /// A value that is not known here, as it came.
    Unknown(String),
}

/// Whether a method will be used again.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SetupFutureUsage {
    /// Also while the payer is away.
    OffSession,
    /// While the payer is there.
    OnSession,
    /// A value that is not known here, as it came.
    Unknown(String),
}

/// Why somebody gave up.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CancellationReason {
    /// There is another one for the same.
    Duplicate,
    /// It is a fraud.
    Fraudulent,
    /// The payer wanted it.
    RequestedByCustomer,
    /// The payer went away.
    Abandoned,
    /// A value that is not known here, as it came.
    Unknown(String),
}

/// How far a payment is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PaymentIntentStatus {
    /// There is nothing to pay by.
    RequiresPaymentMethod,
    /// The payer has not said yes.
    RequiresConfirmation,
    /// The payer has to do something.
    RequiresAction,
    /// It is under way.
    Processing,
    /// The money waits to be taken.
    RequiresCapture,
    /// It was given up.
    Canceled,
    /// It is paid.
    Succeeded,
    /// A value that is not known here, as it came.
    Unknown(String),
}

/// A page of payment intents.
#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct PaymentIntentList {
    /// The payment intents.
    #[page(items, cursor = id)]
    pub data: Vec<PaymentIntent>,
    /// Whether there are more.
    #[page(has_more)]
    pub has_more: bool,
}

/// A page of payment intents that were found.
#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct FoundPaymentIntents {
    /// The payment intents.
    #[page(items)]
    pub data: Vec<PaymentIntent>,
    /// Whether there are more.
    #[page(has_more)]
    pub has_more: bool,
    /// Where the next page is.
    #[page(next)]
    pub next_page: Option<String>,
}

/// A payment.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PaymentIntent {
    /// The id.
    pub id: String,
    /// In the smallest unit of the currency.
    pub amount: u64,
    /// How much of it can be taken.
    pub amount_capturable: u64,
    /// How much of it has come.
    pub amount_received: u64,
    /// Whether the methods are those that the dashboard names.
    pub automatic_payment_methods: Option<AutomaticPaymentMethods>,
    /// When it was given up, in seconds since 1970.
    pub canceled_at: Option<i64>,
    /// Why it was.
    pub cancellation_reason: Option<CancellationReason>,
    /// When money is taken.
    pub capture_method: CaptureMethod,
    /// What the payer's browser completes the payment with.
    pub client_secret: Option<Secret>,
    /// When it was made, in seconds since 1970.
    pub created: i64,
    /// Three lower-case letters.
    pub currency: String,
    /// Whose it is.
    pub customer: Option<Expandable<Customer>>,
    /// What it is for.
    pub description: Option<String>,
    /// Why the last attempt failed.
    pub last_payment_error: Option<Problem>,
    /// The last charge that it made.
    pub latest_charge: Option<Expandable<Charge>>,
    /// Whether it is real.
    pub livemode: bool,
    /// Names and values of one's own.
    pub metadata: Metadata,
    /// What is paid by.
    pub payment_method: Option<String>,
    /// The kinds of methods that it can be paid by.
    pub payment_method_types: Vec<String>,
    /// Where a receipt is sent to.
    pub receipt_email: Option<String>,
    /// Whether the method will be used again.
    pub setup_future_usage: Option<SetupFutureUsage>,
    /// Where something is sent to.
    pub shipping: Option<Shipping>,
    /// How far it is.
    pub status: PaymentIntentStatus,
}
