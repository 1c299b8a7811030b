//! What must hold whatever a server, a caller or the machine does: secrets stay where they belong, calls end, and nothing
//! is left behind.

mod careless;
mod redirects;
mod shown;
