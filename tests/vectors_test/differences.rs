//! Known differences between the library and the recordings.

/// Names of vectors, each with the reason for the difference. A vector marked "inexpressible" would
/// not compile as a call of the library.
pub(crate) const DIFFERENCES: &[(&str, &str)] = &[
    // Requests.
    (
        "list/aq_list_of_obj",
        "the pairs of each object stay together instead of being regrouped by name",
    ),
    ("list/aq_datetime_naive", "inexpressible: a date-time without an offset is not a `Timestamp`"),
    ("get/ah_bool", "inexpressible: a header value is text"),
    (
        "get/chunk_size",
        "inexpressible: the option concerns downloads, which connectors do not have",
    ),
    ("get/id_float", "inexpressible: an id is text"),
    ("create/name=None", "inexpressible: a required `&str` cannot be null"),
    ("create/only_description", "required fields come first; the order of fields has no meaning"),
    ("create/description=None", "required fields come first; the order of fields has no meaning"),
    ("client/key_callable", "inexpressible: a key is a value, not a function"),
    ("client/token_kw", "the account takes a `token`, which the SDK documents but refuses"),
    ("client/headers_kw", "the client takes headers; in the SDK only an inner class does"),
    // Responses.
    ("get/date_feb30", "the instant does not exist, so a real date type cannot hold it: Decode"),
];
