//! see serve
mod serve;
fn main() -> Result<(), calls::Failure> { serve::run() }
