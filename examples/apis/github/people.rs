//! Accounts.

use connectors_client::OpenEnum;
use serde::Deserialize;

/// Short form of an account.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct User {
    /// The login name.
    pub login: String,
    /// The id.
    pub id: u64,
    /// The id in the GraphQL API.
    pub node_id: String,
    /// URL of its picture.
    pub avatar_url: String,
    /// Its URL in this API.
    pub url: String,
    /// URL of its page.
    pub html_url: String,
    /// Type of account.
    pub r#type: AccountType,
    /// True for GitHub's own staff.
    pub site_admin: bool,
}

/// Type of an account.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[non_exhaustive]
pub enum AccountType {
    /// A person.
    User,
    /// An organization.
    Organization,
    /// A bot.
    Bot,
    /// An unknown value, as received.
    Unknown(String),
}

/// Association of a user with a repository.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum AuthorAssociation {
    /// Collaborator, who can push.
    Collaborator,
    /// Contributor, who has committed.
    Contributor,
    /// First-time contributor on GitHub.
    FirstTimer,
    /// First-time contributor to this repository.
    FirstTimeContributor,
    /// Mannequin: a placeholder for an imported user.
    Mannequin,
    /// Member of the owning organization.
    Member,
    /// No association.
    None,
    /// Owner.
    Owner,
    /// An unknown value, as received.
    Unknown(String),
}
