#[allow(clippy::too_many_arguments)]
pub(crate) trait Things: Base + ::core::marker::Send + ::core::marker::Sync {
    #[cfg(all())]
    fn get<'a>(
        &self,
        id: &'a str,
        note: Option<Cow<'_, str>>,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<Thing, ::connectors_client::Error>,
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
    fn longest(
        &self,
        names: Vec<&str>,
    ) -> impl ::core::future::Future<Output = &str> + ::core::marker::Send {
        async move {
            if let ::core::option::Option::Some(__result) = ::core::option::Option::None::<
                &str,
            > {
                return __result;
            }
            let mut names = names;
            let __result: &str = { names.pop().map_or(self.name(), |_| "") };
            #[allow(unreachable_code)] __result
        }
    }
    fn name(&self) -> &str {
        "things"
    }
    fn into_any<T: From<Self>>(self) -> T
    where
        Self: Sized,
    {
        T::from(self)
    }
}
///Generic client of [`Things`]. Use one of its aliases: [`ThingsClient`], [`RawThingsClient`], [`BlockingThingsClient`] or [`BlockingRawThingsClient`].
#[allow(dead_code, deprecated, non_camel_case_types)]
pub(crate) struct GenericThingsClient<__Mode>(
    ::connectors_client::__private::Caller<__Mode>,
);
///Async client of [`Things`].
///
#[allow(dead_code, deprecated, non_camel_case_types)]
pub(crate) type ThingsClient = GenericThingsClient<::connectors_client::mode::Thin>;
///Async client of [`Things`] that also returns status and headers.
///
#[allow(dead_code, deprecated, non_camel_case_types)]
pub(crate) type RawThingsClient = GenericThingsClient<::connectors_client::mode::Raw>;
///Blocking client of [`Things`].
///
#[allow(dead_code, deprecated, non_camel_case_types)]
pub(crate) type BlockingThingsClient = GenericThingsClient<
    ::connectors_client::mode::BlockingThin,
>;
///Blocking client of [`Things`] that also returns status and headers.
///
#[allow(dead_code, deprecated, non_camel_case_types)]
pub(crate) type BlockingRawThingsClient = GenericThingsClient<
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
    pub(crate) fn new(client: ::connectors_client::Client) -> Self {
        Self(::connectors_client::__private::Caller::new(client))
    }
    /// Returns a client that applies these options to every call.
    #[must_use]
    pub(crate) fn with_options(
        &self,
        options: ::connectors_client::RequestOptions,
    ) -> Self {
        Self(self.0.with_options(options))
    }
    ///Description of `get`: `GET things/<id>`.
    #[cfg(all())]
    pub(crate) const GET: &'static ::connectors_client::Endpoint = &::connectors_client::Endpoint::new(
            "Things",
            "get",
            "GET",
            "things/<id>",
            "ph",
            &["id", "x-a"],
        )
        .options(
            &::connectors_client::__private::EndpointOptions::new()
                .arguments(&["id", "note"]),
        );
    #[cfg(all())]
    ///
    ///`GET things/<id>`
    pub(crate) fn get<'a>(&self, id: &'a str) -> ThingsGetRequest<__Mode> {
        ThingsGetRequest(self.0.call(Self::GET).path(0usize, &id))
    }
}
#[allow(dead_code, deprecated)]
impl<__Mode: ::connectors_client::mode::ThinMode> GenericThingsClient<__Mode> {
    /// Returns a client whose calls give status and headers beside the data.
    #[must_use]
    pub(crate) fn with_raw_response(
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
    #[cfg(all())]
    fn get<'a>(
        &self,
        id: &'a str,
        note: Option<Cow<'_, str>>,
    ) -> ::connectors_client::ResponseFuture<Thing> {
        Self::get(self, id).maybe_note(note).send()
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
    __T: ::connectors_client::__private::Forwarding<Target: Things> + Base
        + ::core::marker::Send + ::core::marker::Sync,
{
    #[cfg(all())]
    fn get<'a>(
        &self,
        id: &'a str,
        note: Option<Cow<'_, str>>,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<Thing, ::connectors_client::Error>,
    > + ::core::marker::Send {
        Things::get(::connectors_client::__private::Forwarding::target(self), id, note)
    }
    fn longest(
        &self,
        names: Vec<&str>,
    ) -> impl ::core::future::Future<Output = &str> + ::core::marker::Send {
        Things::longest(::connectors_client::__private::Forwarding::target(self), names)
    }
    fn name(&self) -> &str {
        Things::name(::connectors_client::__private::Forwarding::target(self))
    }
}
///Object-safe companion of [`Things`]. Every implementation of [`Things`] is a `dyn DynThings`, and a reference, `Arc` or `Box` of one implements [`Things`].
#[allow(
    dead_code,
    deprecated,
    non_camel_case_types,
    non_snake_case,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::multiple_bound_locations,
    clippy::needless_lifetimes,
    clippy::too_many_arguments,
    clippy::type_complexity
)]
pub(crate) trait DynThings: Base + ::core::marker::Send + ::core::marker::Sync {
    #[cfg(all())]
    #[doc(hidden)]
    fn __dyn_get<'a, '__0, '__1, '__a>(
        &'__0 self,
        id: &'a str,
        note: Option<Cow<'__1, str>>,
    ) -> ::core::pin::Pin<
        ::std::boxed::Box<
            dyn ::core::future::Future<
                Output = ::core::result::Result<Thing, ::connectors_client::Error>,
            > + ::core::marker::Send + '__a,
        >,
    >
    where
        'a: '__a,
        '__0: '__a,
        '__1: '__a;
    #[doc(hidden)]
    fn __dyn_longest<'__0, '__1, '__a>(
        &'__0 self,
        names: Vec<&'__1 str>,
    ) -> ::core::pin::Pin<
        ::std::boxed::Box<
            dyn ::core::future::Future<Output = &'__0 str> + ::core::marker::Send + '__a,
        >,
    >
    where
        '__0: '__a,
        '__1: '__a;
    #[doc(hidden)]
    fn __dyn_name(&self) -> &str;
}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::multiple_bound_locations,
    clippy::needless_lifetimes,
    clippy::type_complexity
)]
impl<__T: Things> DynThings for __T {
    #[cfg(all())]
    fn __dyn_get<'a, '__0, '__1, '__a>(
        &'__0 self,
        id: &'a str,
        note: Option<Cow<'__1, str>>,
    ) -> ::core::pin::Pin<
        ::std::boxed::Box<
            dyn ::core::future::Future<
                Output = ::core::result::Result<Thing, ::connectors_client::Error>,
            > + ::core::marker::Send + '__a,
        >,
    >
    where
        'a: '__a,
        '__0: '__a,
        '__1: '__a,
    {
        ::std::boxed::Box::pin(<Self as Things>::get(self, id, note))
    }
    fn __dyn_longest<'__0, '__1, '__a>(
        &'__0 self,
        names: Vec<&'__1 str>,
    ) -> ::core::pin::Pin<
        ::std::boxed::Box<
            dyn ::core::future::Future<Output = &'__0 str> + ::core::marker::Send + '__a,
        >,
    >
    where
        '__0: '__a,
        '__1: '__a,
    {
        ::std::boxed::Box::pin(<Self as Things>::longest(self, names))
    }
    fn __dyn_name(&self) -> &str {
        <Self as Things>::name(self)
    }
}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::needless_lifetimes
)]
impl Things for dyn DynThings + '_ {
    #[cfg(all())]
    fn get<'a>(
        &self,
        id: &'a str,
        note: Option<Cow<'_, str>>,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<Thing, ::connectors_client::Error>,
    > + ::core::marker::Send {
        async move { <Self as DynThings>::__dyn_get(self, id, note).await }
    }
    fn longest(
        &self,
        names: Vec<&str>,
    ) -> impl ::core::future::Future<Output = &str> + ::core::marker::Send {
        async move { <Self as DynThings>::__dyn_longest(self, names).await }
    }
    fn name(&self) -> &str {
        <Self as DynThings>::__dyn_name(self)
    }
}
::connectors_client::__request! {
    [#[doc = "Call of `Things::get`, `GET things/<id>`. Await it, or call `.send()`."]
    #[cfg(all())]] [#[cfg(all())]] pub (crate) ThingsGetRequest Thing, self : { self.0
    .send:: < Thing > () } { [#[doc = "Sends the header `x-a`."]] note(note : Cow < '_,
    str >) maybe_note[< 'a >] (Cow < '_, str >) [] 1usize { .header(1usize, & note) }
    "Sets `note`, or leaves it out if the value is `None`." } []
}
