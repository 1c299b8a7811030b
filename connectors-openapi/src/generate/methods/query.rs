//! The query of an operation with very many parameters.

use super::super::Generator;
use super::super::plan::{Argument, ArgumentTy, DefKind, Field, QueryPair, Spot, Ty, Wrapper};
use super::super::select::Selected;
use super::Call;
use crate::words::plain;

/// Number of references from which on the optional pairs of a query are one struct. rustc compares
/// all lifetimes of a method with each other: 30 take a third of a second, and 60 take three.
const MANY: usize = 30;

impl Generator<'_> {
    /// Makes a struct of the optional pairs of a query, if the arguments have many references.
    pub(super) fn query_struct(&mut self, call: &mut Call, one: &Selected<'_>, parent: &str) {
        let references = call.arguments.iter().map(|argument| match &argument.ty {
            ArgumentTy::Of(ty) | ArgumentTy::Listed(_, ty) => references(ty),
            ArgumentTy::Owned(_) => 0,
        });
        if references.sum::<usize>() <= MANY {
            return;
        }
        let is_named = |argument: &Argument| {
            let ident = plain(&argument.ident);
            let words = |option: &String| {
                let mut words = option.split(|c: char| !c.is_alphanumeric() && c != '_');
                words.any(|word| word == ident)
            };
            call.options.iter().any(words)
        };
        let is_pair = |argument: &Argument| {
            let ident = plain(&argument.ident);
            let is_it = |pair: &QueryPair| matches!(pair, QueryPair::Named { ident: own, .. } if own == ident);
            call.query.iter().any(is_it)
        };
        let is_moved = |argument: &Argument| {
            argument.spot == Spot::Query
                && argument.wrapper == Wrapper::Optional
                && matches!(&argument.ty, ArgumentTy::Of(ty) if *ty != Ty::Secret)
                && is_pair(argument)
                && !is_named(argument)
        };
        let (moved, kept): (Vec<Argument>, Vec<Argument>) =
            std::mem::take(&mut call.arguments).into_iter().partition(is_moved);
        call.arguments = kept;
        let of_moved = |pair: &QueryPair| match pair {
            QueryPair::Named { ident, .. } => moved.iter().any(|one| plain(&one.ident) == ident),
            _ => false,
        };
        let Some(at) = call.query.iter().position(of_moved) else { return };
        call.query.retain(|pair| !of_moved(pair));
        let name = self.unique_type(&format!("{parent}Query"));
        let fields = moved.into_iter().filter_map(field).collect();
        let kind = DefKind::Struct { fields, more: None, is_page: false };
        let def = self.define(name, String::new(), kind);
        let ident = call.ident("query", one, "query");
        call.query.insert(at, QueryPair::Spread(plain(&ident).to_owned()));
        call.arguments.push(Argument {
            name: "query".to_owned(),
            ident,
            docs: String::new(),
            spot: Spot::Query,
            ty: ArgumentTy::Of(Ty::Named(def)),
            wrapper: Wrapper::Optional,
        });
    }
}

/// Returns the number of references in an argument of a type.
fn references(ty: &Ty) -> usize {
    match ty {
        Ty::List(item) if matches!(**item, Ty::Text | Ty::List(_)) => 2,
        Ty::Text | Ty::Secret | Ty::List(_) | Ty::Map(_) | Ty::Object | Ty::Named(_) => 1,
        _ => 0,
    }
}

fn field(argument: Argument) -> Option<Field> {
    let ArgumentTy::Of(ty) = argument.ty else { return None };
    Some(Field {
        name: argument.name,
        ident: argument.ident,
        docs: argument.docs,
        ty,
        required: false,
        nullable: false,
        read_only: false,
        write_only: false,
        fixed: None,
        is_default: false,
        page: None,
    })
}
