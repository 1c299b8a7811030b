//! Who does something.

use connectors_client::OpenEnum;
use serde::Deserialize;

/// An account, in short.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct User {
    /// The name by which it is called.
    pub login: String,
    /// The id.
    pub id: u64,
    /// The id in the GraphQL API.
    pub node_id: String,
    /// Its picture.
    pub avatar_url: String,
    /// Its URL in this API.
    pub url: String,
    /// Its page.
    pub html_url: String,
    /// What it is.
    pub r#type: AccountType,
    /// Whether it belongs to GitHub's own staff.
    pub site_admin: bool,
}

/// What an account is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[non_exhaustive]
pub enum AccountType {
    /// A person.
    User,
    /// An organisation.
    Organization,
    /// A program.
    Bot,
    /// A value that is not known here, as it came.
    Unknown(String),
}

/// What somebody is to a repository.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum AuthorAssociation {
    /// May push to it.
    Collaborator,
    /// Has committed to it.
    Contributor,
    /// Has committed for the first time, to anything.
    FirstTimer,
    /// Has committed to it for the first time.
    FirstTimeContributor,
    /// Was a person.
    Mannequin,
    /// Belongs to its organisation.
    Member,
    /// Nothing.
    None,
    /// Owns it.
    Owner,
    /// A value that is not known here, as it came.
    Unknown(String),
}
