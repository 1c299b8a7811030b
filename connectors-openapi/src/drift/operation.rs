//! Compares an endpoint with its operation: method and path.

use connectors_client::{ParameterPlace, Presence};

use crate::model::Operation;
use crate::notice::Location;

use super::comparison::{Comparison, Spot};
use super::declared::{Argument, Declared};
use super::difference::DifferenceKind;
use super::find::{self, Found};

impl<'a> Comparison<'a> {
    /// Compares an endpoint with its operation.
    pub(super) fn compare_endpoint(&mut self, declared: &Declared) {
        let is_url =
            |own: &Argument| own.place == ParameterPlace::Url && own.presence == Presence::Required;
        // The URL comes from the server, so no path says which operation it is.
        if declared.arguments.iter().any(is_url) {
            return;
        }
        let document = self.document;
        let spot = Spot::endpoint(declared);
        match find::find(document, declared) {
            Found::Operation(operation) => self.compare_operation(declared, operation),
            Found::Several(operations) => {
                let differences = |operation: &&Operation| {
                    let mut alone = Comparison::new(self.document, self.types, None);
                    alone.compare_operation(declared, operation);
                    alone.into_found().iter().filter(|found| !found.is_addition).count()
                };
                if let Some(closest) = operations.into_iter().min_by_key(differences) {
                    self.compare_operation(declared, closest);
                }
            }
            Found::OtherMethods(operations) => {
                if operations.iter().any(|operation| self.is_selected(operation)) {
                    self.report_method(declared, &spot, &operations);
                }
                self.declared.extend(operations);
            }
            Found::OtherPath(operation) => {
                if operation.is_none_or(|operation| self.is_selected(operation)) {
                    self.report_path(declared, &spot, operation);
                }
                self.declared.extend(operation);
            }
        }
    }

    fn compare_operation(&mut self, declared: &Declared, operation: &'a Operation) {
        self.declared.push(operation);
        if self.is_selected(operation) {
            self.compare_parameters(declared, operation);
            self.compare_request_body(declared, operation);
            self.compare_responses(declared, operation);
        }
    }

    fn report_method(&mut self, declared: &Declared, spot: &Spot, operations: &[&Operation]) {
        let methods: Vec<_> =
            operations.iter().map(|operation| operation.method.as_str()).collect();
        let message = format!(
            "the description has no {} on `/{}`, only {}",
            declared.method,
            declared.path,
            methods.join(" and ")
        );
        let at = match operations {
            [only] => only.at.clone(),
            several => parent(&several[0].at),
        };
        self.report(DifferenceKind::Method, spot, &at, message);
    }

    fn report_path(&mut self, declared: &Declared, spot: &Spot, operation: Option<&Operation>) {
        let hint = operation
            .map(|operation| format!("; it has `{} {}`", operation.method, operation.path));
        let message = format!(
            "the description has no `{} /{}`{}",
            declared.method,
            declared.path,
            hint.unwrap_or_default()
        );
        let at = operation.map_or_else(
            || Location { pointer: "/paths".to_owned(), ..self.document.at() },
            |operation| operation.at.clone(),
        );
        self.report(DifferenceKind::Path, spot, &at, message);
    }
}

/// Returns the place around a value.
fn parent(at: &Location) -> Location {
    let pointer = at.pointer.rsplit_once('/').map(|(parent, _)| parent).unwrap_or_default();
    Location { file: at.file.clone(), line: None, pointer: pointer.to_owned() }
}
