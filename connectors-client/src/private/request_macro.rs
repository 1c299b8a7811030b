//! The parts of generated code that are equal in all requests. They are a macro by example instead
//! of output of the macro crate, because rustc is optimised and that crate is not. So an endpoint
//! takes less time to compile.

/// Declares the request of an endpoint with optional arguments.
///
/// The macro crate passes the tokens that send the call and that set an argument, with their spans.
/// So rustc reports a return type that cannot be decoded, or an argument that cannot be sent, where
/// the user wrote its type. It also passes `self`, because hygiene would hide the one of this
/// macro.
///
/// The struct stands in a module of its own and is imported, so that a type of the user that has its
/// name causes one error.
#[doc(hidden)]
#[macro_export]
macro_rules! __request {
    (
        [$($attributes:tt)*] [$($cfg:tt)*] $vis:vis $module:ident $inner:vis $request:ident $output:ty,
        $this:ident: { $($send:tt)* }
        $({
            [$($doc:tt)*] $name:ident ($($parameter:tt)*) $maybe:ident [$($generics:tt)*] ($($ty:tt)*) [$($where:tt)*]
            $slot:literal { $($set:tt)* } $maybe_doc:literal
        })*
        [$($more:tt)*]
    ) => {
        $($cfg)*
        #[allow(non_snake_case)]
        mod $module {
            $($attributes)*
            #[must_use = "a call is made only when it is awaited or sent"]
            #[allow(dead_code, deprecated, non_camel_case_types)]
            $inner struct $request<__Mode = $crate::mode::Thin>(
                pub(super) $crate::__private::PendingCall<__Mode>,
            );
        }

        $($cfg)*
        #[allow(deprecated, unused_imports)]
        $vis use $module::$request;

        $($cfg)*
        #[allow(
            dead_code, deprecated, non_snake_case, single_use_lifetimes, unused_lifetimes,
            clippy::needless_lifetimes
        )]
        impl<__Mode: $crate::mode::Mode> $module::$request<__Mode> {
            $(
                $($doc)*
                $vis fn $name $($generics)* (self, $($parameter)*) -> Self $($where)* {
                    Self(self.0 $($set)*)
                }

                #[doc = $maybe_doc]
                $vis fn $maybe $($generics)* (self, $name: ::core::option::Option<$($ty)*>) -> Self $($where)* {
                    if let ::core::option::Option::Some($name) = $name {
                        self.$name($name)
                    } else {
                        Self(self.0.unset($slot))
                    }
                }
            )*

            $($more)*

            /// Makes the call. An async request returns its future, a blocking one its result.
            $vis fn send($this) -> <__Mode as $crate::mode::Mode>::Sent<$output> {
                $($send)*
            }

            /// Sets options of this call. They override the setters and merge with earlier options.
            $vis fn options(self, options: $crate::RequestOptions) -> Self {
                Self(self.0.options(options))
            }

            /// Builds the request that `send` would send first, without sending it. It contains the
            /// client's fixed secrets, but no credentials that a scheme sets: `Client::send` adds those.
            /// Returns a `Build` error if an argument or option cannot be sent.
            $vis fn build(
                self,
            ) -> ::core::result::Result<$crate::__private::http::Request<$crate::Body>, $crate::Error>
            where
                // The bound names the mode's output, so a type that cannot be decoded is reported
                // once, at `send`.
                <__Mode as $crate::mode::Mode>::Output<$output>: $crate::FromResponse,
            {
                self.0.build::<<__Mode as $crate::mode::Mode>::Output<$output>>()
            }
        }

        $($cfg)*
        #[allow(deprecated)]
        impl<__Mode: $crate::mode::AsyncMode> ::core::future::IntoFuture for $module::$request<__Mode> {
            type Output =
                ::core::result::Result<<__Mode as $crate::mode::Mode>::Output<$output>, $crate::Error>;
            type IntoFuture = $crate::ResponseFuture<<__Mode as $crate::mode::Mode>::Output<$output>>;

            fn into_future(self) -> Self::IntoFuture {
                <__Mode as $crate::mode::AsyncMode>::future::<$output>(self.send())
            }
        }

        $($cfg)*
        #[allow(deprecated)]
        impl<__Mode> ::core::clone::Clone for $module::$request<__Mode> {
            fn clone(&self) -> Self {
                Self(::core::clone::Clone::clone(&self.0))
            }
        }

        $($cfg)*
        #[allow(deprecated)]
        impl<__Mode> ::core::fmt::Debug for $module::$request<__Mode> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.0, f)
            }
        }
    };
}
