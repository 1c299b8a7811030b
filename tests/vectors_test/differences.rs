//! Where the library knowingly differs from what is recorded.

/// Vectors and, in a sentence, why ours differ. What begins with "inexpressible" does not compile.
pub(crate) const DIFFERENCES: &[(&str, &str)] = &[
    // Requests.
    ("list/aq_list_of_obj", "the pairs of each object stay together, and are not regrouped by their names"),
    ("list/aq_datetime_naive", "inexpressible: a date-time without an offset is no `Timestamp`"),
    ("get/ah_bool", "inexpressible: the value of a header is text"),
    ("get/chunk_size", "inexpressible: the option is about downloads, which connectors do not have"),
    ("get/id_float", "inexpressible: an id is text"),
    ("create/name=None", "inexpressible: a required `&str` cannot be null"),
    ("create/only_description", "required fields come first; the order of fields in an object means nothing"),
    ("create/description=None", "required fields come first; the order of fields in an object means nothing"),
    ("client/key_callable", "inexpressible: a key is a value and no function"),
    ("client/token_kw", "the account takes a `token`, as the SDK documents for its own and refuses"),
    ("client/headers_kw", "the client takes headers, which only an inner class of the SDK does"),
    // Responses.
    ("get/date_feb30", "there is no such instant, so that a real date type cannot hold it: Decode"),
];
