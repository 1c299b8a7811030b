#[automatically_derived]
impl my::http::ErrorClass for ThingsError {
    fn from_status(
        status: my::http::__private::StatusCode,
    ) -> ::core::option::Option<Self> {
        match status.as_u16() {
            404u16 => ::core::option::Option::Some(Self::NotFound),
            407u16 => ::core::option::Option::Some(Self::InvalidToken),
            498u16 => ::core::option::Option::Some(Self::InvalidToken),
            _ => ::core::option::Option::Some(Self::Other),
        }
    }
    fn name(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "NotFound",
            Self::InvalidToken { .. } => "InvalidToken",
            Self::Other { .. } => "Other",
        }
    }
}
