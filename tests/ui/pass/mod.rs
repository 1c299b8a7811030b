//! What must compile, one matter per file; what it does is asserted where it can be seen.

mod argument_names;
mod attributes;
mod default_methods;
mod error_size;
mod fakes;
mod keywords;
mod lifetimes;
mod options;
mod private_types;
mod renamed_crate;
mod results;
mod send_and_static;
mod shadowed_names;
mod templates;
mod traits_by_macro;
mod two_traits;
mod verbs;
