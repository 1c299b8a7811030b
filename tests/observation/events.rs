//! Events: the lines that a person reads.
