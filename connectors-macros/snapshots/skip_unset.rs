#[derive(Serialize)]
pub struct Patch<T> {
    id: u8,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    name: ::std::option::Option<T>,
    #[serde(rename = "n")]
    #[serde(skip_serializing_if = "my::http::Nullable::is_unset", default)]
    note: my::http::Nullable<String>,
    #[serde(default, skip)]
    cache: Nullable<String>,
    due: Option<String>,
}
