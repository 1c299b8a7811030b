//! What several kinds of objects have.

use std::collections::BTreeMap;

use connectors_client::OpenEnum;
use serde::{Deserialize, Serialize};

/// Names and values of one's own, as they are kept.
pub type Metadata = BTreeMap<String, String>;

/// Which other objects a reply is to hold whole, in place of their ids.
pub type Expand<'a> = connectors_client::Bracketed<&'a [&'a str]>;

/// An object that is whole where `expand` asks for it, and else an id.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Expandable<T> {
    /// The id.
    Id(String),
    /// The object.
    Object(Box<T>),
}

/// When something was made, in seconds since 1970.
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

/// Where something is sent to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Shipping {
    /// The address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Who carries it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// Who gets it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The telephone number of who gets it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The number by which the carrier finds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_number: Option<String>,
}

/// Who pays.
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

/// Where the money of a payment goes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct TransferData {
    /// How much of it, if not all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<u64>,
    /// The account.
    pub destination: String,
}

/// Why a payment failed, in a word.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DeclineCode {
    /// No reason is given.
    GenericDecline,
    /// There is not enough money.
    InsufficientFunds,
    /// The card is reported lost.
    LostCard,
    /// The card is reported stolen.
    StolenCard,
    /// The card has expired.
    ExpiredCard,
    /// The bank wants to be asked by its customer.
    DoNotHonor,
    /// A value that is not known here, as it came.
    Unknown(String),
}
