#[automatically_derived]
#[allow(deprecated)]
impl<T> ::connectors_client::FromEvent for Progress<T>
where
    T: ::connectors_client::FromEvent,
{
    fn from_event(
        event: &::connectors_client::ServerSentEvent,
    ) -> ::core::result::Result<Self, ::connectors_client::__private::JsonError> {
        match ::connectors_client::ServerSentEvent::name(event) {
            "started" => {
                <T as ::connectors_client::__private::EventPayload>::decode(event)
                    .map(Self::Started)
            }
            "tick" | "tock" => ::core::result::Result::Ok(Self::Tick),
            _ => {
                <ServerSentEvent as ::connectors_client::__private::EventPayload>::decode(
                        event,
                    )
                    .map(Self::Other)
            }
        }
    }
}
