#[automatically_derived]
#[allow(deprecated)]
impl<'de> ::connectors_client::__private::serde::Deserialize<'de> for Event {
    fn deserialize<__D: ::connectors_client::__private::serde::Deserializer<'de>>(
        deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::connectors_client::__private::read_tagged(
            deserializer,
            "event_type",
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
