#[automatically_derived]
#[allow(deprecated)]
impl State {
    /// Returns the text of this value, as it is sent and received.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Open => "open",
            Self::InProgress => "in_progress",
            Self::WontFix => "wont-fix",
            Self::Unknown(text) => {
                <String as my::http::__private::UnknownText>::text(text)
            }
        }
    }
}
#[automatically_derived]
impl ::core::convert::From<&str> for State {
    fn from(text: &str) -> Self {
        match text {
            "open" => Self::Open,
            "in_progress" => Self::InProgress,
            "wont-fix" => Self::WontFix,
            _ => {
                Self::Unknown(
                    <String as my::http::__private::UnknownText>::of(
                        ::std::string::String::from(text),
                    ),
                )
            }
        }
    }
}
#[automatically_derived]
impl ::core::convert::From<::std::string::String> for State {
    fn from(text: ::std::string::String) -> Self {
        match ::std::string::String::as_str(&text) {
            "open" => Self::Open,
            "in_progress" => Self::InProgress,
            "wont-fix" => Self::WontFix,
            _ => Self::Unknown(<String as my::http::__private::UnknownText>::of(text)),
        }
    }
}
#[automatically_derived]
impl ::core::str::FromStr for State {
    type Err = ::core::convert::Infallible;
    fn from_str(
        text: &str,
    ) -> ::core::result::Result<Self, ::core::convert::Infallible> {
        ::core::result::Result::Ok(<Self as ::core::convert::From<&str>>::from(text))
    }
}
#[automatically_derived]
impl ::core::convert::AsRef<str> for State {
    fn as_ref(&self) -> &str {
        Self::as_str(self)
    }
}
#[automatically_derived]
impl ::core::fmt::Display for State {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::core::fmt::Display::fmt(Self::as_str(self), f)
    }
}
#[automatically_derived]
impl my::http::__private::serde::Serialize for State {
    fn serialize<__S: my::http::__private::serde::Serializer>(
        &self,
        serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        my::http::__private::serde::Serializer::serialize_str(
            serializer,
            Self::as_str(self),
        )
    }
}
#[automatically_derived]
impl<'de> my::http::__private::serde::Deserialize<'de> for State {
    fn deserialize<__D: my::http::__private::serde::Deserializer<'de>>(
        deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        my::http::__private::read_text(deserializer)
    }
}
