#[automatically_derived]
#[allow(deprecated)]
impl<'de> ::connectors_client::__private::serde::Deserialize<'de> for Event {
    fn deserialize<__D: ::connectors_client::__private::serde::Deserializer<'de>>(
        deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::connectors_client::__private::read_tagged(
            deserializer,
            "event_type",
            ::core::option::Option::None,
            |object| match object.tag() {
                ::core::option::Option::Some("stream-start") => {
                    <StreamStart as ::connectors_client::__private::FromObject>::of(
                            object,
                            "stream-start",
                        )
                        .map(Self::StreamStart)
                }
                ::core::option::Option::Some("text-generation") => {
                    <Text as ::connectors_client::__private::FromObject>::of(
                            object,
                            "text-generation",
                        )
                        .map(Self::Text)
                }
                ::core::option::Option::Some("ping") => {
                    ::core::result::Result::Ok(Self::Ping)
                }
                _ => {
                    ::core::result::Result::Ok(
                        Self::Unknown(
                            <Value as ::connectors_client::__private::UnknownObject>::of(
                                object,
                            ),
                        ),
                    )
                }
            },
        )
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::connectors_client::__private::serde::Serialize for Event
where
    for<'__a> StreamStart: ::connectors_client::__private::ToObject,
    for<'__a> Text: ::connectors_client::__private::ToObject,
    for<'__a> Value: ::connectors_client::__private::ToObject,
{
    fn serialize<__S: ::connectors_client::__private::serde::Serializer>(
        &self,
        serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        match self {
            Self::StreamStart(__content) => {
                ::connectors_client::__private::write_tagged(
                    serializer,
                    "event_type",
                    "stream-start",
                    __content,
                )
            }
            Self::Text(__content) => {
                ::connectors_client::__private::write_tagged(
                    serializer,
                    "event_type",
                    "text-generation",
                    __content,
                )
            }
            Self::Ping => {
                ::connectors_client::__private::write_tag(
                    serializer,
                    "event_type",
                    "ping",
                )
            }
            Self::Unknown(__value) => {
                ::connectors_client::__private::serde::Serialize::serialize(
                    __value,
                    serializer,
                )
            }
        }
    }
}
