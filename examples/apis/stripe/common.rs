//! Types that several kinds of objects share.

use std::collections::BTreeMap;

use connectors_client::OpenEnum;
use serde::{Deserialize, Serialize};

/// Metadata set by the caller.
pub type Metadata = BTreeMap<String, String>;

/// Objects to include whole in the response instead of their ids.
pub type Expand<'a> = connectors_client::Bracketed<&'a [&'a str]>;

/// An object that is whole if `expand` asks for it, and otherwise an id.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Expandable<T> {
    /// The id.
    Id(String),
    /// The object.
    Object(Box<T>),
}

/// Creation time in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Created {
    /// At this second.
    At(i64),
    /// Within bounds.
    Within(Within),
}

/// Bounds of time, in seconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Within {
    /// After.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gt: Option<i64>,
    /// After or at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gte: Option<i64>,
    /// Before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lt: Option<i64>,
    /// Before or at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lte: Option<i64>,
}

/// An address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Address {
    /// The city.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Two letters (ISO 3166-1 alpha-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The street, a company's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line1: Option<String>,
    /// The apartment, a building.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line2: Option<String>,
    /// The postal code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// The state, county or region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
}

/// Shipping address and recipient.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Shipping {
    /// The address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Carrier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// Recipient.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Telephone number of the recipient.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Tracking number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_number: Option<String>,
}

/// Billing details of a payer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct BillingDetails {
    /// The address.
    pub address: Option<Address>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The whole name.
    pub name: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
}

/// Destination of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct TransferData {
    /// Amount, if not all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<u64>,
    /// The account.
    pub destination: String,
}

/// Reason code of a failed payment.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DeclineCode {
    /// No reason given.
    GenericDecline,
    /// Insufficient funds.
    InsufficientFunds,
    /// Card reported lost.
    LostCard,
    /// Card reported stolen.
    StolenCard,
    /// Card expired.
    ExpiredCard,
    /// The payer must call the bank.
    DoNotHonor,
    /// An unknown value, as received.
    Unknown(String),
}
