//! What must compile.
