//! `#[derive(Page)]`: the fields of a response that hold the items of a page and the way to the
//! next one.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{
    Data, DeriveInput, Expr, Field, Generics, Index, Member, Path, Type, WhereClause, parse_quote,
};

use crate::errors::Errors;
use crate::syntax::options::{self, OptionSpec, Options, Syntax};
use crate::syntax::rust_type::is_generic;
use crate::syntax::span::at;

const KNOWN: [OptionSpec; 7] = [
    OptionSpec { name: "items", syntax: Syntax::Flag },
    OptionSpec { name: "cursor", syntax: Syntax::Value("cursor = id") },
    OptionSpec { name: "next", syntax: Syntax::FlagOrValue("next = cursors.after") },
    OptionSpec { name: "has_more", syntax: Syntax::FlagOrValue("has_more = more") },
    OptionSpec { name: "total_items", syntax: Syntax::FlagOrValue("total_items = total") },
    OptionSpec { name: "total_pages", syntax: Syntax::FlagOrValue("total_pages = pages") },
    OptionSpec { name: "flatten", syntax: Syntax::Flag },
];

/// The roles of a field. A field has one, or its own fields have several.
const ROLES: [&str; 6] = ["items", "next", "has_more", "total_items", "total_pages", "flatten"];

/// A field with a role.
struct RoleField {
    role: &'static str,
    member: Member,
    ty: Type,
    /// Field of the last item that is the cursor, if the role is `items`.
    cursor: Option<Expr>,
    /// Path from the field to the one with the role, if that is within it.
    path: Option<Expr>,
}

/// ```text
/// #[derive(Page)]
/// struct Users { #[page(items)] users: Vec<User>, #[page(next)] next_page_token: Option<String> }
///
/// impl PageLinks for Users { fn next_cursor(&self) -> Option<Cursor> { Cursor::from_value(&self.next_page_token) } .. }
/// impl Page for Users { type Item = <Vec<User> as Page>::Item; .. }
/// ```
///
/// A type without items is part of a page, and gets `PageLinks` only.
pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let input = match syn::parse2::<DeriveInput>(item) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let root = options::root(&input.attrs, "page", &mut errors);
    let parts = read(&input, &mut errors);
    let errors = errors.into_tokens();
    let (paging, page) = (paging(&input, &parts, &root), page(&input, &parts, &root));
    quote!(#paging #page #errors)
}

fn read(input: &DeriveInput, errors: &mut Errors) -> Vec<RoleField> {
    let Data::Struct(data) = &input.data else {
        errors.at(
            &input.ident,
            "`Page` is derived for a struct, whose fields are the items and what goes with them",
        );
        return Vec::new();
    };
    let mut parts: Vec<RoleField> = Vec::new();
    for (index, field) in data.fields.iter().enumerate() {
        for part in read_field(index, field, errors) {
            if part.role != "flatten" && parts.iter().any(|other| other.role == part.role) {
                let mistake = format!("duplicate field with the role `{}`: remove one", part.role);
                match &field.ident {
                    Some(name) => errors.at(name, mistake),
                    None => errors.at(&field.ty, mistake),
                }
            } else {
                parts.push(part);
            }
        }
    }
    if let (Some(items), Some(_)) = (
        parts.iter().find_map(|part| part.cursor.as_ref()),
        parts.iter().find(|part| part.role == "next"),
    ) {
        errors.at(items, "another field is `next` already: remove one");
    }
    let is_marked =
        data.fields.iter().any(|field| options::named(&field.attrs, "page").next().is_some());
    if !is_marked {
        let mistake = "no field has a role: add `#[page(items)]` to the field with the items";
        errors.at(&input.ident, mistake);
    }
    parts
}

/// Reads the role of a field, or those of the fields within it.
fn read_field(index: usize, field: &Field, errors: &mut Errors) -> Vec<RoleField> {
    let options =
        options::from_attribute(&field.attrs, "page", &KNOWN, "a field of a page", "items", errors);
    let mut given: Vec<_> = ROLES.into_iter().filter(|role| options.flag(role)).collect();
    let mut own = given.iter().filter(|role| options.value(role).is_none());
    if own.next().is_some()
        && let Some(second) = given.get(1).and_then(|second| options.name(second))
    {
        errors.at(second, "a field has one role: remove the other");
        given.truncate(1);
    }
    let cursor = cursor(&options, given.contains(&"items"), errors);
    let part = |role| {
        let path = path(&options, role, errors);
        // A path with a mistake leaves no role.
        let is_sound = path.is_some() || options.value(role).is_none();
        let (member, ty, cursor) = (member(index, field), field.ty.clone(), cursor.clone());
        is_sound.then_some(RoleField { role, member, ty, cursor, path })
    };
    given.into_iter().filter_map(part).collect()
}

fn member(index: usize, field: &Field) -> Member {
    let unnamed = || {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        Member::Unnamed(Index { index, span: field.ty.span() })
    };
    field.ident.clone().map_or_else(unnamed, Member::Named)
}

/// Reads the path to the field with a role.
fn path(options: &Options, role: &str, errors: &mut Errors) -> Option<Expr> {
    let value = options.value(role)?;
    if !is_field(value) {
        errors.at(
            value,
            format!(
                "the value is a field within this one: write for example `{role} = meta.{role}`"
            ),
        );
        return None;
    }
    Some(value.clone())
}

/// Reads the field of the last item that is the cursor. It may be a field of a field.
fn cursor(options: &Options, has_items: bool, errors: &mut Errors) -> Option<Expr> {
    let value = options.value("cursor")?;
    if !has_items {
        errors.at(value, "a cursor is a field of the last item: write `#[page(items, cursor = id)]`, or `#[page(next)]` for a field of the page");
        return None;
    }
    if !is_field(value) {
        errors.at(value, "the cursor is a field of an item: write for example `cursor = id`");
        return None;
    }
    Some(value.clone())
}

fn is_field(value: &Expr) -> bool {
    match value {
        Expr::Path(path) => path.path.get_ident().is_some(),
        Expr::Field(field) => is_field(&field.base),
        _ => false,
    }
}

fn paging(input: &DeriveInput, parts: &[RoleField], root: &Path) -> TokenStream {
    let DeriveInput { ident, generics, .. } = input;
    let (impl_generics, type_generics, _) = generics.split_for_impl();
    let where_clause = bounded(input, parts, root);
    let next = answers(
        parts,
        generics,
        root,
        "next",
        "next_cursor",
        |value| quote_spanned!(value.span()=> #root::Cursor::from_value(#value)),
    );
    let has_more = answers(
        parts,
        generics,
        root,
        "has_more",
        "has_more",
        |value| quote_spanned!(value.span()=> #root::__private::yes_or_no(#value)),
    );
    let count =
        |value: &TokenStream| quote_spanned!(value.span()=> #root::__private::count(#value));
    let total_items = answers(parts, generics, root, "total_items", "total_items", count);
    let total_pages = answers(parts, generics, root, "total_pages", "total_pages", count);
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics #root::PageLinks for #ident #type_generics #where_clause {
            fn next_cursor(&self) -> ::core::option::Option<#root::Cursor> {
                #next
            }

            fn has_more(&self) -> ::core::option::Option<bool> {
                #has_more
            }

            fn total_items(&self) -> ::core::option::Option<::core::primitive::u64> {
                #total_items
            }

            fn total_pages(&self) -> ::core::option::Option<::core::primitive::u64> {
                #total_pages
            }
        }
    }
}

/// Prints the value of the field with this role, or else that of the fields that are pages or parts
/// of one.
fn answers(
    parts: &[RoleField],
    generics: &Generics,
    root: &Path,
    role: &str,
    method: &str,
    read: impl Fn(&TokenStream) -> TokenStream,
) -> TokenStream {
    let method = Ident::new(method, proc_macro2::Span::call_site());
    let mut answer = quote!(::core::option::Option::None);
    for RoleField { member, ty, .. } in
        parts.iter().rev().filter(|part| matches!(part.role, "items" | "flatten"))
    {
        let asked = quote_spanned!(at(ty)=> #root::PageLinks::#method(&self.#member));
        answer = quote!(#asked.or_else(|| #answer));
    }
    if let Some(part) = parts.iter().find(|part| part.role == role) {
        let (member, ty) = (&part.member, &part.ty);
        let path = part.path.iter();
        let value = quote_spanned!(at(ty)=> &self.#member #(.#path)*);
        let own = read(&value);
        answer = quote!(#own.or_else(|| #answer));
    }
    if role == "next"
        && let Some((part, cursor)) =
            parts.iter().find_map(|part| Some((part, part.cursor.as_ref()?)))
    {
        let (member, ty) = (&part.member, &part.ty);
        let last = quote_spanned!(at(ty)=> #root::Page::last_item(&self.#member));
        let of_item = of_item(cursor, is_generic(ty, generics), root);
        answer = quote!(#last.and_then(|item| #of_item));
    }
    answer
}

/// Prints the cursor of an item. An item whose type is a parameter has no fields that can be named,
/// so it is serialized.
fn of_item(cursor: &Expr, is_generic: bool, root: &Path) -> TokenStream {
    let span = at(cursor);
    if !is_generic {
        return quote_spanned!(span=> #root::Cursor::from_value(&item.#cursor));
    }
    let path = cursor.to_token_stream().to_string().replace(' ', "");
    let names = path.split('.').map(|name| name.trim_start_matches("r#"));
    quote_spanned!(span=> #root::Cursor::of_field(item, &[#(#names),*]))
}

fn page(input: &DeriveInput, parts: &[RoleField], root: &Path) -> Option<TokenStream> {
    let DeriveInput { ident, generics, .. } = input;
    let items = parts.iter().find(|part| part.role == "items")?;
    let (impl_generics, type_generics, _) = generics.split_for_impl();
    let where_clause = bounded(input, parts, root);
    let (member, ty) = (&items.member, &items.ty);
    let item = quote_spanned!(ty.span()=> <#ty as #root::Page>::Item);
    Some(quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics #root::Page for #ident #type_generics #where_clause {
            type Item = #item;

            fn item_count(&self) -> ::core::primitive::usize {
                #root::Page::item_count(&self.#member)
            }

            fn take_items(&mut self) -> ::std::vec::Vec<Self::Item> {
                #root::Page::take_items(&mut self.#member)
            }

            fn last_item(&self) -> ::core::option::Option<&Self::Item> {
                #root::Page::last_item(&self.#member)
            }
        }
    })
}

/// Returns the bounds of the struct, and those that its parameters need.
fn bounded(input: &DeriveInput, parts: &[RoleField], root: &Path) -> Option<WhereClause> {
    let mut clause = input.generics.where_clause.clone();
    let is_bounded =
        |part: &&RoleField| part.path.is_none() && is_generic(&part.ty, &input.generics);
    for part in parts.iter().filter(is_bounded) {
        let ty = &part.ty;
        let bound = match part.role {
            "items" => quote!(#root::Page),
            "flatten" => quote!(#root::PageLinks),
            _ => quote!(#root::__private::serde::Serialize),
        };
        let clause = clause.get_or_insert_with(|| parse_quote!(where));
        clause.predicates.push(parse_quote!(#ty: #bound));
        if part.cursor.is_some() {
            clause.predicates.push(parse_quote!(
                <#ty as #root::Page>::Item: #root::__private::serde::Serialize
            ));
        }
    }
    clause
}
