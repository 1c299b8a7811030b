#[automatically_derived]
impl ::connectors_client::ErrorClass for ThingsError {
    fn from_status(
        status: ::connectors_client::__private::StatusCode,
    ) -> ::core::option::Option<Self> {
        match status.as_u16() {
            404u16 => ::core::option::Option::Some(Self::NotFound),
            409u16 => {
                ::core::option::Option::Some(Self::Invalid(::core::option::Option::None))
            }
            422u16 => {
                ::core::option::Option::Some(Self::Invalid(::core::option::Option::None))
            }
            _ => ::core::option::Option::Some(Self::Other(::core::option::Option::None)),
        }
    }
    fn from_reply(
        status: ::connectors_client::__private::StatusCode,
        body: &[::core::primitive::u8],
    ) -> ::core::option::Option<Self> {
        match status.as_u16() {
            404u16 => ::core::option::Option::Some(Self::NotFound),
            409u16 => {
                ::core::option::Option::Some(
                    Self::Invalid(
                        <Vec<
                            Problem,
                        > as ::connectors_client::__private::FromErrorBody>::from_error_body(
                            body,
                        ),
                    ),
                )
            }
            422u16 => {
                ::core::option::Option::Some(
                    Self::Invalid(
                        <Vec<
                            Problem,
                        > as ::connectors_client::__private::FromErrorBody>::from_error_body(
                            body,
                        ),
                    ),
                )
            }
            _ => {
                ::core::option::Option::Some(
                    Self::Other(
                        <Words as ::connectors_client::__private::FromErrorBody>::from_error_body(
                            body,
                        ),
                    ),
                )
            }
        }
    }
    fn name(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "NotFound",
            Self::Invalid { .. } => "Invalid",
            Self::Other { .. } => "Other",
        }
    }
}
