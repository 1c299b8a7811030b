#[allow(clippy::too_many_arguments)]
trait Things: ::core::marker::Send + ::core::marker::Sync {
    fn update(
        &self,
        id: &str,
        name: Nullable<&str>,
        r#type: Option<Kind>,
        trace: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<(), ::connectors_client::Error>,
    > + ::core::marker::Send;
    #[allow(
        unreachable_code,
        clippy::diverging_sub_expression,
        clippy::let_unit_value,
        clippy::no_effect_underscore_binding,
        clippy::shadow_same,
        clippy::type_complexity,
        clippy::manual_async_fn
    )]
    fn rename(
        &self,
        id: &str,
    ) -> impl ::core::future::Future<Output = bool> + ::core::marker::Send {
        async move {
            if let ::core::option::Option::Some(__result) = ::core::option::Option::None::<
                bool,
            > {
                return __result;
            }
            let id = id;
            let __result: bool = {
                self.update(id, Nullable::Null, None, "").await.is_ok()
            };
            #[allow(unreachable_code)] __result
        }
    }
}
///Generic client of [`Things`]. Use one of its aliases: [`ThingsClient`], [`RawThingsClient`], [`BlockingThingsClient`] or [`BlockingRawThingsClient`].
#[allow(dead_code, deprecated, non_camel_case_types)]
struct GenericThingsClient<__Mode>(::connectors_client::__private::Caller<__Mode>);
///Async client of [`Things`].
///
#[allow(dead_code, deprecated, non_camel_case_types)]
type ThingsClient = GenericThingsClient<::connectors_client::mode::Thin>;
///Async client of [`Things`] that also returns status and headers.
///
#[allow(dead_code, deprecated, non_camel_case_types)]
type RawThingsClient = GenericThingsClient<::connectors_client::mode::Raw>;
///Blocking client of [`Things`].
///
#[allow(dead_code, deprecated, non_camel_case_types)]
type BlockingThingsClient = GenericThingsClient<::connectors_client::mode::BlockingThin>;
///Blocking client of [`Things`] that also returns status and headers.
///
#[allow(dead_code, deprecated, non_camel_case_types)]
type BlockingRawThingsClient = GenericThingsClient<
    ::connectors_client::mode::BlockingRaw,
>;
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::needless_lifetimes,
    clippy::too_many_arguments
)]
impl<__Mode: ::connectors_client::mode::Mode> GenericThingsClient<__Mode> {
    /// Creates a client that shares the base URL, authentication, timeouts and connections of `client`.
    #[must_use]
    fn new(client: ::connectors_client::Client) -> Self {
        Self(::connectors_client::__private::Caller::new(client))
    }
    /// Returns a client that applies these options to every call.
    #[must_use]
    fn with_options(&self, options: ::connectors_client::RequestOptions) -> Self {
        Self(self.0.with_options(options))
    }
    ///Description of `update`: `PATCH things/<id>`.
    const UPDATE: &'static ::connectors_client::Endpoint = &::connectors_client::Endpoint::new(
            "Things",
            "update",
            "PATCH",
            "things/<id>",
            "pffh",
            &["id", "name", "kind", "x-trace"],
        )
        .options(
            &::connectors_client::__private::EndpointOptions::new()
                .arguments(&["id", "name", "type", "trace"])
                .at_most_one(&[&["name", "type"]]),
        );
    ///`PATCH things/<id>`
    fn update(&self, id: &str, trace: &str) -> ThingsUpdateRequest<__Mode> {
        ThingsUpdateRequest(
            self.0.call(Self::UPDATE).path(0usize, &id).header(3usize, &trace),
        )
    }
}
#[allow(dead_code, deprecated)]
impl<__Mode: ::connectors_client::mode::ThinMode> GenericThingsClient<__Mode> {
    /// Returns a client whose calls give status and headers beside the data.
    #[must_use]
    fn with_raw_response(
        &self,
    ) -> GenericThingsClient<<__Mode as ::connectors_client::mode::ThinMode>::Raw> {
        GenericThingsClient(self.0.raw())
    }
}
#[allow(deprecated)]
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
#[allow(deprecated)]
impl<__Mode> ::core::clone::Clone for GenericThingsClient<__Mode> {
    fn clone(&self) -> Self {
        Self(::core::clone::Clone::clone(&self.0))
    }
}
#[allow(deprecated)]
impl<__Mode> ::core::fmt::Debug for GenericThingsClient<__Mode> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::core::fmt::Debug::fmt(&self.0, f)
    }
}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    refining_impl_trait,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::needless_lifetimes
)]
impl Things for GenericThingsClient<::connectors_client::mode::Thin> {
    fn update(
        &self,
        id: &str,
        name: Nullable<&str>,
        r#type: Option<Kind>,
        trace: &str,
    ) -> ::connectors_client::ResponseFuture<()> {
        Self::update(self, id, trace).__nullable_name(name).maybe_type(r#type).send()
    }
}
/// Implements the trait for references, `Arc`s and `Box`es.
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::needless_lifetimes
)]
#[diagnostic::do_not_recommend]
impl<__T> Things for __T
where
    __T: ::connectors_client::__private::Forwarding<
            Target: Things + ::core::marker::Sized,
        > + ::core::marker::Send + ::core::marker::Sync,
{
    fn update(
        &self,
        id: &str,
        name: Nullable<&str>,
        r#type: Option<Kind>,
        trace: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<(), ::connectors_client::Error>,
    > + ::core::marker::Send {
        Things::update(
            ::connectors_client::__private::Forwarding::target(self),
            id,
            name,
            r#type,
            trace,
        )
    }
    fn rename(
        &self,
        id: &str,
    ) -> impl ::core::future::Future<Output = bool> + ::core::marker::Send {
        Things::rename(::connectors_client::__private::Forwarding::target(self), id)
    }
}
::connectors_client::__request! {
    [#[doc =
    "Call of `Things::update`, `PATCH things/<id>`. Await it, or call `.send()`."]] []
    ThingsUpdateRequest(), self : { self.0.send:: < () > () } { [#[doc =
    "Sends the JSON field `name`."]] name(name : & str) maybe_name[] (& str) [] 1usize {
    .field(1usize, & name) } "Sets `name`, or leaves it out if the value is `None`." } {
    [#[doc = "Sends the JSON field `kind`."]] r#type(r#type : Kind) maybe_type[] (Kind)
    [] 2usize { .field(2usize, & r#type) }
    "Sets `type`, or leaves it out if the value is `None`." } [#[doc =
    "Sends the JSON field `name` as an explicit null."] fn name_null(self) -> Self {
    Self(self.0.null(1usize)) } #[doc(hidden)] fn __nullable_name(self, name :
    ::connectors_client::Nullable < & str >) -> Self { match name {
    ::connectors_client::Nullable::Unset => self, ::connectors_client::Nullable::Null =>
    self.name_null(), ::connectors_client::Nullable::Value(name) => self.name(name), } }]
}
