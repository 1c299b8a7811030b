#[automatically_derived]
#[allow(deprecated)]
impl Level {
    /// Returns the number of this value, as it is sent and received.
    #[must_use]
    fn as_number(&self) -> i64 {
        match self {
            Self::Low => 1,
            Self::None => -2,
            Self::Unknown(number) => *number,
        }
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::core::convert::From<i64> for Level {
    fn from(number: i64) -> Self {
        match number {
            1 => Self::Low,
            -2 => Self::None,
            _ => Self::Unknown(number),
        }
    }
}
#[automatically_derived]
impl ::core::convert::From<Level> for i64 {
    fn from(value: Level) -> Self {
        Level::as_number(&value)
    }
}
#[automatically_derived]
impl ::core::str::FromStr for Level {
    type Err = ::core::num::ParseIntError;
    fn from_str(text: &str) -> ::core::result::Result<Self, ::core::num::ParseIntError> {
        let number = <i64 as ::core::str::FromStr>::from_str(text);
        ::core::result::Result::map(number, <Self as ::core::convert::From<i64>>::from)
    }
}
#[automatically_derived]
impl ::core::fmt::Display for Level {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::core::fmt::Display::fmt(&Self::as_number(self), f)
    }
}
#[automatically_derived]
impl ::connectors_client::__private::serde::Serialize for Level {
    fn serialize<__S: ::connectors_client::__private::serde::Serializer>(
        &self,
        serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::connectors_client::__private::serde::Serialize::serialize(
            &Self::as_number(self),
            serializer,
        )
    }
}
#[automatically_derived]
impl<'de> ::connectors_client::__private::serde::Deserialize<'de> for Level {
    fn deserialize<__D: ::connectors_client::__private::serde::Deserializer<'de>>(
        deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        let number = <i64 as ::connectors_client::__private::serde::Deserialize<
            'de,
        >>::deserialize(deserializer);
        ::core::result::Result::map(number, <Self as ::core::convert::From<i64>>::from)
    }
}
