//! Customers.

use std::collections::BTreeMap;

use connectors_client::{OpenEnum, Page, api_client};
use serde::{Deserialize, Serialize};

use super::{Address, Created, Expand, Metadata, Shipping, StripeError, VERSION};

/// Customers.
#[api_client(prefix = "v1/customers", error = StripeError, headers("Stripe-Version" = VERSION), idempotency_key)]
pub trait Customers {
    /// Creates a customer.
    #[post("", form)]
    async fn create(
        &self,
        address: Option<&Address>,
        /// Balance in the smallest unit of the currency. A negative balance is a credit.
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

    /// Gets a customer. A deleted one is returned as such.
    #[get("<id>?<expand>")]
    async fn retrieve(&self, id: &str, expand: Option<Expand<'_>>) -> CustomerOrDeleted;

    /// Changes the given fields of a customer. An empty string unsets a field.
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

    /// Deletes a customer permanently.
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

    /// Finds customers with Stripe's query language. Results are about a minute old.
    #[get("search?<query>&<limit>&<page>&<expand>", paginate(cursor = page))]
    async fn search(
        &self,
        query: &str,
        limit: Option<u8>,
        page: Option<&str>,
        expand: Option<Expand<'_>>,
    ) -> FoundCustomers;
}

/// Invoice settings of a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct InvoiceSettings {
    /// Custom fields.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_fields: Option<Vec<CustomField>>,
    /// Default payment method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_payment_method: Option<String>,
    /// Footer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub footer: Option<String>,
}

/// A custom field of an invoice.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct CustomField {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// Tax exemption of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum TaxExempt {
    /// Not exempt.
    None,
    /// Exempt.
    Exempt,
    /// Reverse charge: the customer pays the tax itself.
    Reverse,
    /// An unknown value, as received.
    Unknown(String),
}

/// A page of customers.
#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct CustomerList {
    /// The customers.
    #[page(items, cursor = id)]
    pub data: Vec<Customer>,
    /// True if there are more pages.
    #[page(has_more)]
    pub has_more: bool,
}

/// A page of search results.
#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct FoundCustomers {
    /// The customers.
    #[page(items)]
    pub data: Vec<Customer>,
    /// True if there are more pages.
    #[page(has_more)]
    pub has_more: bool,
    /// Token of the next page.
    #[page(next)]
    pub next_page: Option<String>,
    /// Total number of results, if `expand` asks for it.
    pub total_count: Option<u64>,
}

/// A deleted customer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Deleted {
    /// The id.
    pub id: String,
    /// True for a deleted customer.
    pub deleted: bool,
}

/// A customer, possibly deleted.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum CustomerOrDeleted {
    /// A deleted customer.
    Deleted(Deleted),
    /// An existing customer.
    Customer(Box<Customer>),
}

/// A customer.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Customer {
    /// The id.
    pub id: String,
    /// The address.
    pub address: Option<Address>,
    /// Balance in the smallest unit of the currency. A negative balance is a credit.
    pub balance: Option<i64>,
    /// Creation time in seconds since 1970.
    pub created: i64,
    /// The currency of its subscriptions.
    pub currency: Option<String>,
    /// Default payment source.
    pub default_source: Option<String>,
    /// True if the last invoice was not paid.
    pub delinquent: Option<bool>,
    /// Description.
    pub description: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// Prefix of its invoice numbers.
    pub invoice_prefix: Option<String>,
    /// Invoice settings.
    pub invoice_settings: Option<InvoiceSettings>,
    /// True in live mode.
    pub livemode: bool,
    /// Metadata set by the caller.
    #[serde(default)]
    pub metadata: Metadata,
    /// The whole name.
    pub name: Option<String>,
    /// Number of its next invoice.
    pub next_invoice_sequence: Option<u64>,
    /// The telephone number.
    pub phone: Option<String>,
    /// Languages, the preferred one first.
    #[serde(default)]
    pub preferred_locales: Vec<String>,
    /// Shipping address and recipient.
    pub shipping: Option<Shipping>,
    /// Tax exemption.
    pub tax_exempt: Option<TaxExempt>,
    /// Test clock of the customer.
    pub test_clock: Option<String>,
}
