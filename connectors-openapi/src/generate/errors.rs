//! The error class of a trait, from the error responses.

use super::Generator;
use super::plan::{ErrorEnum, ErrorVariant, Ty};
use super::select::Selected;
use super::status_name::status_name;
use super::types::{Hint, unique};
use crate::model::media::json_of;
use crate::model::shape::{self, Shape};
use crate::model::{Document, SchemaId, Status};

impl Generator<'_> {
    /// Returns the error statuses of the operations that are not left out. A status has a typed body
    /// if more than half of them agree about it.
    pub(crate) fn error_enum(
        &mut self,
        name: String,
        selected: &[Selected<'_>],
    ) -> Option<ErrorEnum> {
        let mut found: Vec<(Status, Bodies)> = Vec::new();
        let is_left_out =
            |one: &&Selected<'_>| self.left_out.iter().any(|notice| notice.at == one.operation.at);
        for one in selected.iter().filter(|one| !is_left_out(one)) {
            let has_success =
                one.operation.responses.iter().any(|response| response.status.is_success());
            for response in &one.operation.responses {
                let is_error = match response.status {
                    Status::Code(code) => code >= 400,
                    Status::Range(first) => first >= 4,
                    Status::Default => has_success,
                };
                if !is_error {
                    continue;
                }
                let at = found.iter().position(|(status, _)| *status == response.status);
                let at = at.unwrap_or_else(|| {
                    found.push((response.status, Bodies::default()));
                    found.len() - 1
                });
                // A response without a body says nothing of those of others.
                if let Some(id) = json_of(&response.content).and_then(|media| media.schema) {
                    found[at].1.add(self.document, id);
                }
            }
        }
        if found.is_empty() {
            return None;
        }
        found.sort_by_key(|(status, _)| *status);
        let mut variants: Vec<ErrorVariant> = Vec::new();
        for (status, bodies) in &found {
            let hint = Hint::new(&name, &status_name(*status));
            let body = bodies.of_most().map(|id| self.ty(id, &hint).0);
            let body = body.filter(|ty| !matches!(ty, Ty::Any));
            let ident = unique(&status_name(*status), |ident| {
                variants.iter().any(|one| one.ident == ident)
            });
            let status = match status {
                Status::Code(code) => code.to_string(),
                Status::Range(first) => format!("{first}00..={first}99"),
                Status::Default => "other".to_owned(),
            };
            variants.push(ErrorVariant { status, ident, body });
        }
        if !variants.iter().any(|one| one.status == "other") {
            let ident = unique("Other", |ident| variants.iter().any(|one| one.ident == ident));
            variants.push(ErrorVariant { status: "other".to_owned(), ident, body: None });
        }
        Some(ErrorEnum { name, variants })
    }
}

/// Schemas of the bodies that an error has in several operations, with the number of operations.
#[derive(Default)]
struct Bodies(Vec<(SchemaId, usize)>);

impl Bodies {
    fn add(&mut self, document: &Document, id: SchemaId) {
        let (real, _) = shape::target(document, id);
        if matches!(shape::shape(document, real), Shape::Any) {
            return;
        }
        let is_equal = |other: SchemaId| document.are_equal(id, other);
        match self.0.iter_mut().find(|(other, _)| is_equal(*other)) {
            Some((_, count)) => *count += 1,
            None => self.0.push((id, 1)),
        }
    }

    /// Returns the schema that more than half of the operations have.
    fn of_most(&self) -> Option<SchemaId> {
        let all: usize = self.0.iter().map(|(_, count)| count).sum();
        self.0.iter().find(|(_, count)| count * 2 > all).map(|(id, _)| *id)
    }
}
