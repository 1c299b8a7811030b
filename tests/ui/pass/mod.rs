//! What must compile, one matter per file; what it does is asserted where it can be seen.

mod argument_names;
mod attributes;
mod cfg_twins;
mod default_method_coerces;
mod default_methods;
mod dyn_compatible;
mod error_bodies;
mod error_size;
mod fakes;
mod keywords;
mod lifetimes;
mod methods_of_everything;
mod nullable_with_underscore;
mod open_enums;
mod options;
mod private_types;
mod renamed_crate;
mod replies;
mod results;
mod send_and_static;
mod shadowed_names;
mod templates;
mod traits_by_macro;
mod two_traits;
mod type_of_a_macro;
mod verbs;
