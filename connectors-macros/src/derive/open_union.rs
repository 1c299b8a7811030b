//! `#[derive(OpenUnion)]`: an enum of JSON objects, told apart by a field, that keeps unknown
//! objects.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{
    Attribute, Data, DataEnum, DeriveInput, Fields, Ident, LitStr, Path, Type, Variant, parse_quote,
};

use super::payload::{self, Payload};
use super::texts::{TextUse, Texts};
use crate::errors::Errors;
use crate::syntax::case::Case;
use crate::syntax::options::{self, OptionSpec, Options, Syntax};
use crate::syntax::rust_type::{self, is_word};
use crate::syntax::span::at;

const OF_ENUM: [OptionSpec; 4] = [
    OptionSpec { name: "tag", syntax: Syntax::Value("tag = \"type\"") },
    OptionSpec { name: "content", syntax: Syntax::Value("content = \"value\"") },
    OptionSpec { name: "rename_all", syntax: Syntax::Value("rename_all = \"snake_case\"") },
    OptionSpec { name: "crate", syntax: Syntax::Value("crate = my::path") },
];

const OF_VARIANT: [OptionSpec; 4] = [
    OptionSpec { name: "rename", syntax: Syntax::Value("rename = \"text-delta\"") },
    OptionSpec { name: "untagged", syntax: Syntax::Flag },
    OptionSpec { name: "other", syntax: Syntax::Flag },
    OptionSpec { name: "recursive", syntax: Syntax::Flag },
];

const TEXTS: TextUse = TextUse { phrase: "tagged", attribute: "open_union" };

/// A sound enum.
struct Union {
    /// Field that tells the objects apart.
    tag: LitStr,
    /// Field of the content. Without it, the fields of the content stand beside the tag.
    content: Option<LitStr>,
    known: Vec<Object>,
    untagged: Vec<(Ident, Type, bool)>,
    other: (Ident, Type),
}

/// The variants read so far. They may have mistakes.
#[derive(Default)]
struct Variants {
    known: Vec<Object>,
    /// Variants that are tried in order if no tag is known, and if they lead back to the union.
    untagged: Vec<(Ident, Type, bool)>,
    /// The variant for other objects. Its type is missing if the variant has no field, which is
    /// reported.
    other: Option<(Ident, Payload)>,
    texts: Texts,
}

/// A known object: its variant, the value of its tag, and the type of its content.
struct Object {
    variant: Ident,
    text: String,
    payload: Payload,
    /// True if the content leads back to this enum by another one.
    is_recursive: bool,
}

/// ```text
/// #[derive(OpenUnion)]
/// #[open_union(tag = "type")]
/// enum Event { Text(Text), Ping, #[open_union(other)] Unknown(Value) }
///
/// impl Deserialize for Event {
///     fn deserialize(deserializer) -> Result<Self, _> {
///         read_tagged(deserializer, "type", None, |object| match object.tag() {
///             Some("Text") => FromObject::of(object, "Text").map(Self::Text),
///             Some("Ping") => Ok(Self::Ping),
///             _ => Ok(Self::Unknown(UnknownObject::of(object))),
///         })
///     }
/// }
///
/// impl Serialize for Event where for<'__a> Text: ToObject, for<'__a> Value: ToObject {
///     fn serialize(&self, serializer) -> Result<_, _> {
///         match self {
///             Self::Text(content) => write_tagged(serializer, "type", "Text", content),
///             Self::Ping => write_tag(serializer, "type", "Ping"),
///             Self::Unknown(value) => Serialize::serialize(value, serializer),
///         }
///     }
/// }
/// ```
///
/// An enum with a mistake gets both too, without content, so that its uses do not produce follow-up
/// errors.
pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let input = match syn::parse2::<DeriveInput>(item) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let options = options_of(&input, &mut errors);
    let union = read(&input, &options, &mut errors);
    let root = options.root(&mut errors);
    let union = union.filter(|_| errors.count() == 0);
    let deserialize = deserialize(&input, &root, union.as_ref());
    let serialize = serialize(&input, &root, union.as_ref());
    let errors = errors.into_tokens();
    quote!(#deserialize #serialize #errors)
}

fn options_of(input: &DeriveInput, errors: &mut Errors) -> Options {
    options::from_attribute(
        &input.attrs,
        "open_union",
        &OF_ENUM,
        "an open union",
        "tag = \"type\"",
        errors,
    )
}

fn ours(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    options::named(attributes, "open_union")
}

/// Reads the enum. Returns `None` if it is incomplete.
fn read(input: &DeriveInput, options: &Options, errors: &mut Errors) -> Option<Union> {
    let Data::Enum(data) = &input.data else {
        errors.at(&input.ident, "`OpenUnion` is derived for an enum: one variant per known object");
        return None;
    };
    let tag = tag(input, options, errors);
    let content = content(options, tag.as_ref(), errors);
    if let Some(parameter) = input.generics.params.first() {
        errors.at(
            parameter,
            "an open union has no parameters, since its objects are read whole first: remove this",
        );
    }
    let case = Case::from_options(options, errors);
    let sound = errors.count();
    let mut variants = Variants::default();
    for variant in &data.variants {
        variants.read(variant, case, errors);
    }
    // A variant with a mistake may be meant for other objects.
    if errors.count() == sound {
        check_other(input, data, &variants, errors);
    }
    let (other, ty) = variants.other?;
    let Variants { known, untagged, .. } = variants;
    Some(Union { tag: tag?, content, known, untagged, other: (other, ty?) })
}

/// Reads the field that tells the objects apart. If the attribute has a mistake, it may be meant to
/// name the field.
fn tag(input: &DeriveInput, options: &Options, errors: &mut Errors) -> Option<LitStr> {
    if options.value("tag").is_none() && errors.count() == 0 {
        let mistake = format!(
            "`{}` needs the field that tells its objects apart: add `#[open_union(tag = \"type\")]`",
            input.ident.unraw()
        );
        errors.at(&input.ident, mistake);
    }
    options.text("tag", errors)
}

/// Reads the field of the content. It cannot be that of the tag.
fn content(options: &Options, tag: Option<&LitStr>, errors: &mut Errors) -> Option<LitStr> {
    let content = options.text("content", errors)?;
    if tag.is_some_and(|tag| tag.value() == content.value()) {
        errors
            .at(&content, "`tag` and `content` are two fields of the object: give them two names");
    }
    Some(content)
}

/// Reports an enum without a variant for unknown objects.
fn check_other(input: &DeriveInput, data: &DataEnum, variants: &Variants, errors: &mut Errors) {
    const OTHER: &str = "`#[open_union(other)] Unknown(serde_json::Value)`";
    let name = input.ident.unraw();
    if data.variants.is_empty() {
        let mistake = format!(
            "`{name}` has no variants: add one per known object, and {OTHER} for all others"
        );
        errors.at(&input.ident, mistake);
    } else if variants.other.is_none() {
        errors
            .at(&input.ident, format!("`{name}` has no variant for unknown objects: add {OTHER}"));
    }
}

impl Variants {
    fn read(&mut self, variant: &Variant, case: Option<&Case>, errors: &mut Errors) {
        for attribute in variant.fields.iter().flat_map(|field| ours(&field.attrs)) {
            errors.at(
                attribute,
                "`#[open_union]` belongs on the enum or on a variant: remove it here",
            );
        }
        let example = "rename = \"…\"";
        let options = options::from_attribute(
            &variant.attrs,
            "open_union",
            &OF_VARIANT,
            "a variant",
            example,
            errors,
        );
        if options.flag("other") {
            self.read_other(variant, &options, errors);
        } else if options.flag("untagged") {
            self.read_untagged(variant, &options, errors);
        } else {
            self.read_known(variant, &options, case, errors);
        }
    }

    fn read_known(
        &mut self,
        variant: &Variant,
        options: &Options,
        case: Option<&Case>,
        errors: &mut Errors,
    ) {
        let rename = options.text("rename", errors);
        let text = self.texts.read(variant, rename.as_ref(), case, TEXTS, errors);
        let payload = payload::read(variant, errors);
        let recursive = options.name("recursive");
        if let (Some(option), Fields::Unit) = (recursive, &variant.fields) {
            let name = variant.ident.unraw();
            errors.at(option, format!("`{name}` has no content: remove `recursive`"));
        }
        let is_recursive = recursive.is_some();
        self.known.push(Object { variant: variant.ident.clone(), text, payload, is_recursive });
    }

    fn read_untagged(&mut self, variant: &Variant, options: &Options, errors: &mut Errors) {
        let name = variant.ident.unraw();
        if let Some(rename) = options.name("rename") {
            errors
                .at(rename, format!("`{name}` has no tag: remove `rename`, or remove `untagged`"));
        }
        match payload::only(&variant.fields) {
            Some(ty) => {
                let is_recursive = options.name("recursive").is_some();
                self.untagged.push((variant.ident.clone(), ty.clone(), is_recursive));
            }
            None => errors.at(
                &variant.ident,
                format!("`{name}` has no tag, so its fields tell it apart: write `{name}(T)`"),
            ),
        }
    }

    fn read_other(&mut self, variant: &Variant, options: &Options, errors: &mut Errors) {
        let name = variant.ident.unraw();
        if let Some(untagged) = options.name("untagged") {
            errors.at(
                untagged,
                format!("`{name}` takes all other objects: remove `untagged`, or remove `other`"),
            );
        }
        if let Some(rename) = options.name("rename") {
            errors.at(
                rename,
                format!("`{name}` takes all other objects: remove `rename`, or remove `other`"),
            );
        }
        if let Some(recursive) = options.name("recursive") {
            errors.at(
                recursive,
                format!("`{name}` takes all other objects: remove `recursive`, or remove `other`"),
            );
        }
        let ty = payload::only(&variant.fields);
        if ty.is_none() {
            let mistake = format!("`{name}` keeps the object: write `{name}(serde_json::Value)`");
            match &variant.fields {
                Fields::Unit => errors.at(&variant.ident, mistake),
                fields => errors.at(fields, mistake),
            }
        }
        match (&self.other, options.name("other")) {
            (Some((first, _)), Some(second)) => {
                errors.at(
                    second,
                    format!("duplicate `other`, beside `{}`: remove one", first.unraw()),
                );
            }
            _ => self.other = Some((variant.ident.clone(), ty.cloned())),
        }
    }
}

fn deserialize(input: &DeriveInput, root: &Path, union: Option<&Union>) -> TokenStream {
    let ident = &input.ident;
    let (_, type_generics, where_clause) = input.generics.split_for_impl();
    let mut generics = input.generics.clone();
    // serde uses the same name. If implementations differ in it, rustc lists all of them in its
    // errors.
    generics.params.insert(0, parse_quote!('de));
    let (impl_generics, _, _) = generics.split_for_impl();
    let serde = quote!(#root::__private::serde);
    let body = union.map_or_else(|| quote!(::core::unreachable!()), |union| body(root, union));
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics #serde::Deserialize<'de> for #ident #type_generics #where_clause {
            fn deserialize<__D: #serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                #body
            }
        }
    }
}

fn body(root: &Path, union: &Union) -> TokenStream {
    let Union { tag, content, known, untagged, other: (other, ty) } = union;
    let content = if let Some(content) = content {
        quote!(::core::option::Option::Some(#content))
    } else {
        quote!(::core::option::Option::None)
    };
    let known = known.iter().map(|object| object.arm(root));
    let untagged = untagged.iter().map(|(variant, ty, _)| {
        let read = quote_spanned!(at(ty)=> <#ty as #root::__private::FromUntagged>::of(&object));
        quote! {
            if let ::core::option::Option::Some(content) = #read {
                return ::core::result::Result::Ok(Self::#variant(content));
            }
        }
    });
    let unknown = quote_spanned!(at(ty)=> <#ty as #root::__private::UnknownObject>::of(object));
    let mut others = quote!(::core::result::Result::Ok(Self::#other(#unknown)));
    if !union.untagged.is_empty() {
        others = quote!({ #(#untagged)* #others });
    }
    quote! {
        #root::__private::read_tagged(deserializer, #tag, #content, |object| match object.tag() {
            #(#known)*
            _ => #others,
        })
    }
}

/// Prints `Serialize`. It has a bound per content, so that a union that is only read needs none of
/// them to serialize. If a union that is sent does not meet the bound, rustc reports it at the call.
fn serialize(input: &DeriveInput, root: &Path, union: Option<&Union>) -> TokenStream {
    let ident = &input.ident;
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    let serde = quote!(#root::__private::serde);
    let body = union
        .map_or_else(|| quote!(_ => ::core::unreachable!()), |union| writing_arms(root, union));
    let bounds = union.map(|union| bounds(input, root, union));
    let where_clause = where_clause.map_or_else(|| quote!(where), |clause| quote!(#clause,));
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics #serde::Serialize for #ident #type_generics #where_clause #bounds {
            fn serialize<__S: #serde::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                match self { #body }
            }
        }
    }
}

/// Prints a bound per type of content. The lifetime makes rustc accept a bound that is not met, as
/// one that may be met elsewhere. A type that holds the union itself has no bound, which would
/// depend on itself. Nor has the content of a recursive variant, which is checked in the body.
fn bounds(input: &DeriveInput, root: &Path, union: &Union) -> TokenStream {
    let is_self =
        |token: &TokenTree| is_word(token, &input.ident.to_string()) || is_word(token, "Self");
    let known = union.known.iter().filter(|object| !object.is_recursive);
    let known = known.filter_map(|object| object.payload.as_ref());
    let untagged = union.untagged.iter().filter(|(_, _, is_recursive)| !is_recursive);
    let types = known.chain(untagged.map(|(_, ty, _)| ty)).chain([&union.other.1]);
    let bounds = types
        .filter(|ty| !rust_type::any(ty.to_token_stream(), &is_self))
        .map(|ty| quote_spanned!(ty.span()=> for<'__a> #ty: #root::__private::ToObject,));
    bounds.collect()
}

fn writing_arms(root: &Path, union: &Union) -> TokenStream {
    let Union { tag, content, known, untagged, other: (other, _) } = union;
    let whole = untagged.iter().map(|(variant, ..)| variant).chain([other]);
    let known = known.iter().map(|Object { variant, text, payload, .. }| match (payload, content) {
        (None, _) => quote! {
            Self::#variant => #root::__private::write_tag(serializer, #tag, #text),
        },
        (Some(_), None) => quote! {
            Self::#variant(__content) => #root::__private::write_tagged(serializer, #tag, #text, __content),
        },
        (Some(_), Some(content)) => quote! {
            Self::#variant(__content) => {
                #root::__private::write_enveloped(serializer, (#tag, #text), #content, __content)
            }
        },
    });
    quote! {
        #(#known)*
        #(Self::#whole(__value) => #root::__private::serde::Serialize::serialize(__value, serializer),)*
    }
}

impl Object {
    fn arm(&self, root: &Path) -> TokenStream {
        let Self { variant, text, payload, .. } = self;
        let read = match payload {
            None => quote!(::core::result::Result::Ok(Self::#variant)),
            Some(ty) => {
                let read = quote_spanned!(at(ty)=> <#ty as #root::__private::FromObject>::of(object, #text));
                quote!(#read.map(Self::#variant))
            }
        };
        quote!(::core::option::Option::Some(#text) => #read,)
    }
}
