//! The Swagger petstore.
