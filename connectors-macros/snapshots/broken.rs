#[allow(clippy::too_many_arguments)]
trait Things: ::core::marker::Send + ::core::marker::Sync {
    #[allow(unused, clippy::all)]
    fn broken(
        &self,
        _: &str,
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
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
struct GenericThingsClient<__Mode>(::connectors_client::__private::Caller<__Mode>);
///The async client of [`Things`].
///
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
type ThingsClient = GenericThingsClient<::connectors_client::mode::Thin>;
///The async client that gives status and headers too, of [`Things`].
///
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
type RawThingsClient = GenericThingsClient<::connectors_client::mode::Raw>;
///The blocking client of [`Things`].
///
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
type BlockingThingsClient = GenericThingsClient<::connectors_client::mode::BlockingThin>;
///The blocking client that gives status and headers too, of [`Things`].
///
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
type BlockingRawThingsClient = GenericThingsClient<
    ::connectors_client::mode::BlockingRaw,
>;
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
impl<__Mode: ::connectors_client::mode::Mode> GenericThingsClient<__Mode> {
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
        "p",
        &["id"],
    );
    ///`DELETE things/<id>`
    fn sound(&self, id: &str) -> ThingsSoundRequest<__Mode> {
        self.0.call(Self::SOUND).path(0usize, &id).reply::<()>()
    }
}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
impl<__Mode: ::connectors_client::mode::ThinMode> GenericThingsClient<__Mode> {
    /// The same client giving status and headers beside the data.
    #[must_use]
    fn with_raw_response(
        &self,
    ) -> GenericThingsClient<<__Mode as ::connectors_client::mode::ThinMode>::Raw> {
        GenericThingsClient(self.0.raw())
    }
}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
#[diagnostic::do_not_recommend]
impl<__Mode: ::connectors_client::mode::Mode> ::connectors_client::ApiClient
for GenericThingsClient<__Mode> {
    fn new(client: ::connectors_client::Client) -> Self {
        Self::new(client)
    }
    fn with_options(&self, options: ::connectors_client::RequestOptions) -> Self {
        Self::with_options(self, options)
    }
}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
impl<__Mode> ::core::clone::Clone for GenericThingsClient<__Mode> {
    fn clone(&self) -> Self {
        Self(::core::clone::Clone::clone(&self.0))
    }
}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
impl<__Mode> ::core::fmt::Debug for GenericThingsClient<__Mode> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::core::fmt::Debug::fmt(&self.0, f)
    }
}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
#[allow(refining_impl_trait)]
impl Things for GenericThingsClient<::connectors_client::mode::Thin> {
    fn sound(&self, id: &str) -> ::connectors_client::ResponseFuture<()> {
        Self::sound(self, id).send()
    }
}
/// For references to, `Arc`s and `Box`es of whatever implements it.
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
#[diagnostic::do_not_recommend]
impl<__T> Things for __T
where
    __T: ::connectors_client::__private::Forwarding<
            Target: Things + ::core::marker::Sized,
        > + ::core::marker::Send + ::core::marker::Sync,
{
    fn broken(
        &self,
        argument_1: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<Thing, ::connectors_client::Error>,
    > + ::core::marker::Send {
        Things::broken(
            ::connectors_client::__private::Forwarding::target(self),
            argument_1,
        )
    }
    fn sound(
        &self,
        id: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<(), ::connectors_client::Error>,
    > + ::core::marker::Send {
        Things::sound(::connectors_client::__private::Forwarding::target(self), id)
    }
}
///A call of `Things::sound`, `DELETE things/<id>`: await it, or `.send()` it.
#[allow(dead_code, deprecated, non_camel_case_types)]
type ThingsSoundRequest<__Mode = ::connectors_client::mode::Thin> = ::connectors_client::ApiRequest<
    (),
    __Mode,
>;
::core::compile_error! {
    "an endpoint takes `&self`, since clients are shared: remove `mut`"
}
::core::compile_error! {
    "a placeholder is written `<id>`, not `{id}`"
}
