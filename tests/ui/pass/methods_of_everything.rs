//! An extension trait whose methods have the names that generated code calls.

#![deny(warnings)]
#![allow(dead_code)]

use connectors_client::{Nullable, api_client};

trait Everything {
    fn path(&self) {}
    fn query(&self) {}
    fn field(&self) {}
    fn header(&self) {}
    fn null(&self) {}
    fn unset(&self) {}
    fn options(&self) {}
    fn request(&self) {}
}

impl<T: ?Sized> Everything for T {}

#[api_client]
trait Things {
    #[patch("things/<id>?<limit>")]
    async fn update(
        &self,
        id: &str,
        limit: Option<u8>,
        name: Nullable<&str>,
        #[header("X")] trace: &str,
    );
}
