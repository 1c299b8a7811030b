//! `#[derive(OpenUnion)]`: an enum of JSON objects, told apart by a field, that keeps unknown
//! objects.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Attribute, Data, DataEnum, DeriveInput, Fields, Ident, LitStr, Path, Type, Variant, parse_quote};

use super::case::{Case, TextUse, Texts};
use super::payload::{self, Payload};
use crate::errors::Errors;
use crate::syntax::options::{self, OptionSpec, Options, Syntax};

const OF_ENUM: [OptionSpec; 3] = [
    OptionSpec { name: "tag", syntax: Syntax::Value("tag = \"type\"") },
    OptionSpec { name: "rename_all", syntax: Syntax::Value("rename_all = \"snake_case\"") },
    OptionSpec { name: "crate", syntax: Syntax::Value("crate = my::path") },
];

const OF_VARIANT: [OptionSpec; 2] = [
    OptionSpec { name: "rename", syntax: Syntax::Value("rename = \"text-delta\"") },
    OptionSpec { name: "other", syntax: Syntax::Flag },
];

const TEXTS: TextUse = TextUse { phrase: "read from", attribute: "open_union" };

/// A sound enum.
struct Union {
    tag: LitStr,
    known: Vec<Object>,
    other: (Ident, Type),
}

/// The variants read so far. They may have mistakes.
#[derive(Default)]
struct Variants {
    known: Vec<Object>,
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
}

/// ```text
/// #[derive(OpenUnion)]
/// #[open_union(tag = "type")]
/// enum Event { Text(Text), Ping, #[open_union(other)] Unknown(Value) }
///
/// impl Deserialize for Event {
///     fn deserialize(deserializer) -> Result<Self, _> {
///         read_tagged(deserializer, "type", |object| match object.tag() {
///             Some("Text") => FromObject::of(object, "Text").map(Self::Text),
///             Some("Ping") => Ok(Self::Ping),
///             _ => Ok(Self::Unknown(UnknownObject::of(object))),
///         })
///     }
/// }
/// ```
///
/// An enum with a mistake gets it too, without content, so that its uses do not produce follow-up
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
    let errors = errors.into_tokens();
    quote!(#deserialize #errors)
}

fn options_of(input: &DeriveInput, errors: &mut Errors) -> Options {
    options::from_attribute(&input.attrs, "open_union", &OF_ENUM, "an open union", "tag = \"type\"", errors)
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
    Some(Union { tag: tag?, known: variants.known, other: (other, ty?) })
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

/// Reports an enum without a variant for unknown objects.
fn check_other(input: &DeriveInput, data: &DataEnum, variants: &Variants, errors: &mut Errors) {
    const OTHER: &str = "`#[open_union(other)] Unknown(serde_json::Value)`";
    let name = input.ident.unraw();
    if data.variants.is_empty() {
        let mistake =
            format!("`{name}` has no variants: add one per known object, and {OTHER} for all others");
        errors.at(&input.ident, mistake);
    } else if variants.other.is_none() {
        errors.at(&input.ident, format!("`{name}` has no variant for unknown objects: add {OTHER}"));
    }
}

impl Variants {
    fn read(&mut self, variant: &Variant, case: Option<&Case>, errors: &mut Errors) {
        for attribute in variant.fields.iter().flat_map(|field| ours(&field.attrs)) {
            errors.at(attribute, "`#[open_union]` belongs on the enum or on a variant: remove it here");
        }
        let example = "rename = \"…\"";
        let options =
            options::from_attribute(&variant.attrs, "open_union", &OF_VARIANT, "a variant", example, errors);
        if options.flag("other") {
            self.read_other(variant, &options, errors);
        } else {
            self.read_known(variant, &options, case, errors);
        }
    }

    fn read_known(&mut self, variant: &Variant, options: &Options, case: Option<&Case>, errors: &mut Errors) {
        let rename = options.text("rename", errors);
        let text = self.texts.read(variant, rename.as_ref(), case, TEXTS, errors);
        let payload = payload::read(variant, errors);
        self.known.push(Object { variant: variant.ident.clone(), text, payload });
    }

    fn read_other(&mut self, variant: &Variant, options: &Options, errors: &mut Errors) {
        let name = variant.ident.unraw();
        if let Some(rename) = options.name("rename") {
            errors.at(rename, format!("`{name}` is read from every other object: remove this, or `other`"));
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
                errors.at(second, format!("duplicate `other`, beside `{}`: remove one", first.unraw()));
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
    let Union { tag, known, other: (other, ty) } = union;
    let known = known.iter().map(|object| object.arm(root));
    let unknown = quote_spanned!(ty.span()=> <#ty as #root::__private::UnknownObject>::of(object));
    quote! {
        #root::__private::read_tagged(deserializer, #tag, |object| match object.tag() {
            #(#known)*
            _ => ::core::result::Result::Ok(Self::#other(#unknown)),
        })
    }
}

impl Object {
    fn arm(&self, root: &Path) -> TokenStream {
        let Self { variant, text, payload } = self;
        let read = match payload {
            None => quote!(::core::result::Result::Ok(Self::#variant)),
            Some(ty) => {
                let read =
                    quote_spanned!(ty.span()=> <#ty as #root::__private::FromObject>::of(object, #text));
                quote!(#read.map(Self::#variant))
            }
        };
        quote!(::core::option::Option::Some(#text) => #read,)
    }
}
