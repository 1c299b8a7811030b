//! The Swagger petstore: what is sent.
