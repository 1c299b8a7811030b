#[automatically_derived]
impl<T> my::http::FromResponse for Job<T>
where
    T: my::http::FromResponse,
{
    const NEEDS_BODY: bool = <T as my::http::FromResponse>::NEEDS_BODY
        || <Ticket as my::http::FromResponse>::NEEDS_BODY
        || <Bytes as my::http::FromResponse>::NEEDS_BODY;
    fn accept() -> &'static str {
        my::http::__private::accept(
            &[
                <T as my::http::FromResponse>::accept(),
                <Ticket as my::http::FromResponse>::accept(),
                <Bytes as my::http::FromResponse>::accept(),
            ],
        )
    }
    fn accepts_status(status: my::http::__private::StatusCode) -> bool {
        status.is_success() || status.as_u16() == 304u16
    }
    #[allow(unused_variables)]
    fn body_mode(
        status: my::http::__private::StatusCode,
        headers: &my::http::__private::http::HeaderMap,
    ) -> my::http::__private::BodyMode {
        match status.as_u16() {
            200u16 => <T as my::http::FromResponse>::body_mode(status, headers),
            201u16 => <T as my::http::FromResponse>::body_mode(status, headers),
            202u16 => <Ticket as my::http::FromResponse>::body_mode(status, headers),
            304u16 => my::http::__private::BodyMode::Buffered,
            _ => <Bytes as my::http::FromResponse>::body_mode(status, headers),
        }
    }
    #[allow(deprecated, unused_variables)]
    fn from_response(
        response: my::http::Response,
    ) -> ::core::result::Result<Self, my::http::Error> {
        match response.status().as_u16() {
            200u16 | 201u16 => {
                let field_0 = <T as my::http::FromResponse>::from_response(response)?;
                ::core::result::Result::Ok(Self::Done { 0: field_0 })
            }
            202u16 => {
                let field_1 = my::http::__private::header::<
                    Option<u64>,
                >(&response, "retry-after")?;
                let field_2 = my::http::__private::status::<StatusCode>(&response);
                let field_0 = <Ticket as my::http::FromResponse>::from_response(
                    response,
                )?;
                ::core::result::Result::Ok(Self::Accepted {
                    ticket: field_0,
                    wait: field_1,
                    status: field_2,
                })
            }
            304u16 => ::core::result::Result::Ok(Self::NotModified {}),
            _ => {
                let field_0 = <Bytes as my::http::FromResponse>::from_response(
                    response,
                )?;
                ::core::result::Result::Ok(Self::Other { 0: field_0 })
            }
        }
    }
}
