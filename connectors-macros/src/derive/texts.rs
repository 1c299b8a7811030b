//! The texts of the variants of an enum: their `rename`, or their names in a case.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::{LitStr, Variant};

use crate::errors::Errors;
use crate::syntax::case::Case;

/// The texts of variants. Each variant has its own.
#[derive(Default)]
pub(crate) struct Texts(Vec<(Ident, String)>);

impl Texts {
    /// Returns the text of a variant: its `rename`, or its name in the case of `rename_all`.
    /// `text_use` describes the text in the error about a duplicate.
    pub(crate) fn read(
        &mut self,
        variant: &Variant,
        rename: Option<&LitStr>,
        case: Option<&Case>,
        text_use: TextUse,
        errors: &mut Errors,
    ) -> String {
        let name = variant.ident.unraw().to_string();
        let text = match (rename, case) {
            (Some(rename), _) => rename.value(),
            (None, Some(case)) => case.of_variant(&name),
            (None, None) => name.clone(),
        };
        if let Some((other, _)) = self.0.iter().find(|(_, other)| *other == text) {
            let mistake = format!(
                "`{}` and `{name}` are both {} `{}`: rename one by `#[{}(rename = \"…\")]`",
                other.unraw(),
                text_use.phrase,
                text.escape_debug(),
                text_use.attribute
            );
            match rename {
                Some(rename) => errors.at(rename, mistake),
                None => errors.at(&variant.ident, mistake),
            }
        }
        self.0.push((variant.ident.clone(), text.clone()));
        text
    }
}

/// The words of a derive for its texts.
#[derive(Clone, Copy)]
pub(crate) struct TextUse {
    /// `sent as`
    pub(crate) phrase: &'static str,
    /// `open_enum`
    pub(crate) attribute: &'static str,
}
