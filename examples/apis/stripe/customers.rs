//! Customers.

use std::collections::BTreeMap;

use connectors_client::{OpenEnum, Page, api_client};
use serde::{Deserialize, Serialize};

use super::{Address, Created, Expand, Metadata, Shipping, StripeError, VERSION};

/// Customers.
#[api_client(prefix = "v1/customers", error = StripeError, headers("Stripe-Version" = VERSION), idempotency_key)]
pub trait Customers {
    /// Makes a customer.
    #[post("", form)]
    async fn create(
        &self,
        address: Option<&Address>,
        /// In the smallest unit of the currency; below zero it is a credit.
        balance: Option<i64>,
        description: Option<&str>,
        email: Option<&str>,
        invoice_settings: Option<&InvoiceSettings>,
        metadata: Option<&BTreeMap<&str, &str>>,
        name: Option<&str>,
        payment_method: Option<&str>,
        phone: Option<&str>,
        /// Languages, the preferred one first.
        preferred_locales: Option<connectors_client::Bracketed<&[&str]>>,
        shipping: Option<&Shipping>,
        source: Option<&str>,
        tax_exempt: Option<TaxExempt>,
        expand: Option<Expand<'_>>,
    ) -> Customer;

    /// Gets a customer; of one that was deleted, that it was.
    #[get("<id>?<expand>")]
    async fn retrieve(&self, id: &str, expand: Option<Expand<'_>>) -> CustomerOrDeleted;

    /// Changes a customer: what is set, and nothing else. An empty text unsets.
    #[post("<id>", form)]
    async fn update(
        &self,
        id: &str,
        address: Option<&Address>,
        balance: Option<i64>,
        description: Option<&str>,
        email: Option<&str>,
        invoice_settings: Option<&InvoiceSettings>,
        /// An entry with an empty value is removed.
        metadata: Option<&BTreeMap<&str, &str>>,
        name: Option<&str>,
        phone: Option<&str>,
        shipping: Option<&Shipping>,
        tax_exempt: Option<TaxExempt>,
        expand: Option<Expand<'_>>,
    ) -> Customer;

    /// Deletes a customer, for ever.
    #[delete("<id>")]
    async fn delete(&self, id: &str) -> Deleted;

    /// Lists customers, the newest first.
    #[get("?<..>", paginate(cursor = starting_after), at_most_one(starting_after, ending_before))]
    async fn list(
        &self,
        created: Option<Created>,
        email: Option<&str>,
        limit: Option<u8>,
        starting_after: Option<&str>,
        ending_before: Option<&str>,
        expand: Option<Expand<'_>>,
    ) -> CustomerList;

    /// Finds customers by Stripe's language of queries. What is found is a minute old.
    #[get("search?<query>&<limit>&<page>&<expand>", paginate(cursor = page))]
    async fn search(
        &self,
        query: &str,
        limit: Option<u8>,
        page: Option<&str>,
        expand: Option<Expand<'_>>,
    ) -> FoundCustomers;
}

/// What the customer's invoices have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct InvoiceSettings {
    /// Fields of one's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_fields: Option<Vec<CustomField>>,
    /// What is paid by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_payment_method: Option<String>,
    /// What is below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub footer: Option<String>,
}

/// A field of an invoice.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct CustomField {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// Whether a customer pays taxes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum TaxExempt {
    /// It does.
    None,
    /// It does not.
    Exempt,
    /// It pays them itself.
    Reverse,
    /// A value that is not known here, as it came.
    Unknown(String),
}

/// A page of customers.
#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct CustomerList {
    /// The customers.
    #[page(items, cursor = id)]
    pub data: Vec<Customer>,
    /// Whether there are more.
    #[page(has_more)]
    pub has_more: bool,
}

/// A page of customers that were found.
#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct FoundCustomers {
    /// The customers.
    #[page(items)]
    pub data: Vec<Customer>,
    /// Whether there are more.
    #[page(has_more)]
    pub has_more: bool,
    /// Where the next page is.
    #[page(next)]
    pub next_page: Option<String>,
    /// How many there are in all, where `expand` asks for it.
    pub total_count: Option<u64>,
}

/// What is left of a customer that was deleted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Deleted {
    /// The id.
    pub id: String,
    /// True.
    pub deleted: bool,
}

/// A customer, or what is left of one.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum CustomerOrDeleted {
    /// It was deleted.
    Deleted(Deleted),
    /// It is there.
    Customer(Box<Customer>),
}

/// A customer.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Customer {
    /// The id.
    pub id: String,
    /// The address.
    pub address: Option<Address>,
    /// What it owes, in the smallest unit of the currency; below zero it is a credit.
    pub balance: Option<i64>,
    /// When it was made, in seconds since 1970.
    pub created: i64,
    /// The currency of its subscriptions.
    pub currency: Option<String>,
    /// What is paid by, where nothing else is said.
    pub default_source: Option<String>,
    /// Whether it did not pay its last invoice.
    pub delinquent: Option<bool>,
    /// What it is.
    pub description: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// What its invoices begin with.
    pub invoice_prefix: Option<String>,
    /// What its invoices have.
    pub invoice_settings: Option<InvoiceSettings>,
    /// Whether it is real.
    pub livemode: bool,
    /// Names and values of one's own.
    #[serde(default)]
    pub metadata: Metadata,
    /// The whole name.
    pub name: Option<String>,
    /// The number of its next invoice.
    pub next_invoice_sequence: Option<u64>,
    /// The telephone number.
    pub phone: Option<String>,
    /// Languages, the preferred one first.
    #[serde(default)]
    pub preferred_locales: Vec<String>,
    /// Where things are sent to.
    pub shipping: Option<Shipping>,
    /// Whether it pays taxes.
    pub tax_exempt: Option<TaxExempt>,
    /// The clock that it lives by, in tests.
    pub test_clock: Option<String>,
}
