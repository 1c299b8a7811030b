//! Every kind of generated method once: setters, nulls, pages, and calls with nothing to set.

use connectors_client::{Nullable, api_client};

/// Calls about things.
#[api_client(prefix = "v1")]
pub trait Things {
    /// Lists things.
    #[get("things?<offset>&<limit>", paginate(offset), timeout = "5s")]
    async fn list(
        &self,
        offset: Option<u64>,
        /// Maximum number of things in a page.
        limit: Option<u32>,
    ) -> Vec<String>;

    /// Changes a thing.
    #[patch("things/<id>", at_most_one(name, r#type))]
    async fn update(
        &self,
        id: &str,
        name: Nullable<&str>,
        #[field("kind")] r#type: Option<u8>,
        #[header("X-Trace")] trace: &str,
    );

    /// Deletes a thing.
    #[delete("things/<id>")]
    async fn delete(&self, id: &str);

    /// Renames a thing.
    async fn rename(&self, id: &str, name: &str) -> bool {
        self.update(id, Nullable::Value(name), None, "").await.is_ok()
    }
}
