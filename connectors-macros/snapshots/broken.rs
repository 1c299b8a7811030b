#[allow(deprecated, clippy::too_many_arguments)]
trait Things: ::core::marker::Send + ::core::marker::Sync {
    #[allow(unused, clippy::all)]
    fn broken(
        &self,
        id: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<Thing, ::connectors_client::Error>,
    > + ::core::marker::Send {
        async { ::core::unreachable!() }
    }
    fn sound(
        &self,
        id: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<(), ::connectors_client::Error>,
    > + ::core::marker::Send;
}
///The clients of [`Things`]. Use it by its aliases [`ThingsClient`], [`RawThingsClient`], [`BlockingThingsClient`] and [`BlockingRawThingsClient`].
#[allow(dead_code, deprecated, clippy::too_many_arguments, clippy::needless_lifetimes)]
struct GenericThingsClient<__Mode>(::connectors_client::__private::Caller<__Mode>);
///The async client of [`Things`].
///
#[allow(dead_code, deprecated, clippy::too_many_arguments, clippy::needless_lifetimes)]
type ThingsClient = GenericThingsClient<::connectors_client::__private::Thin>;
///The async client that gives status and headers too, of [`Things`].
///
#[allow(dead_code, deprecated, clippy::too_many_arguments, clippy::needless_lifetimes)]
type RawThingsClient = GenericThingsClient<::connectors_client::__private::Raw>;
///The blocking client of [`Things`].
///
#[allow(dead_code, deprecated, clippy::too_many_arguments, clippy::needless_lifetimes)]
type BlockingThingsClient = GenericThingsClient<
    ::connectors_client::__private::BlockingThin,
>;
///The blocking client that gives status and headers too, of [`Things`].
///
#[allow(dead_code, deprecated, clippy::too_many_arguments, clippy::needless_lifetimes)]
type BlockingRawThingsClient = GenericThingsClient<
    ::connectors_client::__private::BlockingRaw,
>;
#[allow(dead_code, deprecated, clippy::too_many_arguments, clippy::needless_lifetimes)]
impl<__Mode: ::connectors_client::__private::Mode> GenericThingsClient<__Mode> {
    /// Calls over this client, whose base URL, authentication, limits and connections it shares.
    #[must_use]
    fn new(client: ::connectors_client::Client) -> Self {
        Self(::connectors_client::__private::Caller::new(client))
    }
    /// A view of this client whose calls all have these options.
    #[must_use]
    fn with_options(&self, options: ::connectors_client::RequestOptions) -> Self {
        Self(self.0.with_options(options))
    }
    ///The description of `sound`: `DELETE things/<id>`
    const SOUND: &'static ::connectors_client::Endpoint = &::connectors_client::Endpoint::new(
            "Things",
            "sound",
            "DELETE",
            "things/<id>",
        )
        .path_parts(
            &[
                ::connectors_client::__private::PathPart::Text("things/"),
                ::connectors_client::__private::PathPart::Argument(0usize),
            ],
        )
        .query_parts(&[])
        .parameters(
            &[
                ::connectors_client::__private::Parameter::new(
                    ::connectors_client::__private::ParameterKind::Path,
                    "id",
                    "id",
                ),
            ],
        );
    ///
    ///`DELETE things/<id>`
    fn sound(&self, id: &str) -> ThingsSoundRequest<__Mode> {
        #[allow(unused_mut)]
        let mut call = self.0.call(Self::SOUND);
        call.request().path(0usize, &id);
        ThingsSoundRequest(call)
    }
}
#[allow(dead_code, deprecated, clippy::too_many_arguments, clippy::needless_lifetimes)]
impl<__Mode: ::connectors_client::__private::ThinMode> GenericThingsClient<__Mode> {
    /// The same client giving status and headers beside the data.
    #[must_use]
    fn with_raw_response(&self) -> GenericThingsClient<__Mode::Raw> {
        GenericThingsClient(self.0.raw())
    }
}
#[allow(dead_code, deprecated, clippy::too_many_arguments, clippy::needless_lifetimes)]
impl<__Mode> ::core::clone::Clone for GenericThingsClient<__Mode> {
    fn clone(&self) -> Self {
        Self(::core::clone::Clone::clone(&self.0))
    }
}
#[allow(dead_code, deprecated, clippy::too_many_arguments, clippy::needless_lifetimes)]
impl<__Mode> ::core::fmt::Debug for GenericThingsClient<__Mode> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::core::fmt::Debug::fmt(&self.0, f)
    }
}
#[allow(dead_code, deprecated, clippy::too_many_arguments, clippy::needless_lifetimes)]
impl Things for ThingsClient {
    fn sound(
        &self,
        id: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<(), ::connectors_client::Error>,
    > + ::core::marker::Send {
        Self::sound(self, id).send()
    }
}
#[allow(dead_code, deprecated, clippy::too_many_arguments, clippy::needless_lifetimes)]
impl<__T: Things> Things for &__T {
    fn broken(
        &self,
        id: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<Thing, ::connectors_client::Error>,
    > + ::core::marker::Send {
        <__T as Things>::broken(&**self, id)
    }
    fn sound(
        &self,
        id: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<(), ::connectors_client::Error>,
    > + ::core::marker::Send {
        <__T as Things>::sound(&**self, id)
    }
}
#[allow(dead_code, deprecated, clippy::too_many_arguments, clippy::needless_lifetimes)]
impl<__T: Things> Things for ::std::sync::Arc<__T> {
    fn broken(
        &self,
        id: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<Thing, ::connectors_client::Error>,
    > + ::core::marker::Send {
        <__T as Things>::broken(&**self, id)
    }
    fn sound(
        &self,
        id: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<(), ::connectors_client::Error>,
    > + ::core::marker::Send {
        <__T as Things>::sound(&**self, id)
    }
}
///A call of `Things::sound`, `DELETE things/<id>`: await it, or `.send()` it.
#[must_use = "a call is made only when it is awaited or sent"]
#[allow(dead_code, deprecated, clippy::too_many_arguments, clippy::needless_lifetimes)]
struct ThingsSoundRequest<__Mode = ::connectors_client::__private::Thin>(
    ::connectors_client::__private::Call<__Mode>,
);
#[allow(dead_code, deprecated, clippy::too_many_arguments, clippy::needless_lifetimes)]
impl<__Mode: ::connectors_client::__private::Mode> ThingsSoundRequest<__Mode> {
    /// Sets options of this call; they beat the setters, and merge with those already set.
    fn options(mut self, options: ::connectors_client::RequestOptions) -> Self {
        self.0.request().options(options);
        self
    }
    /// Makes the call: an async one gives its future, a blocking one its result.
    fn send(self) -> <__Mode as ::connectors_client::__private::Mode>::Sent<()> {
        <__Mode as ::connectors_client::__private::Mode>::send::<()>(self.0)
    }
}
#[allow(dead_code, deprecated, clippy::too_many_arguments, clippy::needless_lifetimes)]
impl<__Mode: ::connectors_client::__private::AsyncMode> ::core::future::IntoFuture
for ThingsSoundRequest<__Mode> {
    type Output = ::core::result::Result<
        <__Mode as ::connectors_client::__private::Mode>::Output<()>,
        ::connectors_client::Error,
    >;
    type IntoFuture = ::connectors_client::ResponseFuture<
        <__Mode as ::connectors_client::__private::Mode>::Output<()>,
    >;
    fn into_future(self) -> Self::IntoFuture {
        <__Mode as ::connectors_client::__private::AsyncMode>::future::<()>(self.send())
    }
}
#[allow(dead_code, deprecated, clippy::too_many_arguments, clippy::needless_lifetimes)]
impl<__Mode> ::core::clone::Clone for ThingsSoundRequest<__Mode> {
    fn clone(&self) -> Self {
        Self(::core::clone::Clone::clone(&self.0))
    }
}
#[allow(dead_code, deprecated, clippy::too_many_arguments, clippy::needless_lifetimes)]
impl<__Mode> ::core::fmt::Debug for ThingsSoundRequest<__Mode> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::core::fmt::Debug::fmt(&self.0, f)
    }
}
::core::compile_error! {
    "an endpoint takes `&self`: clients are shared"
}
::core::compile_error! {
    "a placeholder is written `<id>`, not `{id}`"
}
