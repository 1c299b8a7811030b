//! Compares a declaration with a description: the state that all comparisons share.

use std::collections::HashSet;

use crate::model::{Document, Operation};
use crate::notice::Location;

use super::declared::{Argument, Declared, Place};
use super::difference::{Difference, DifferenceKind};
use super::shape::Types;

/// The comparison of endpoints with a description.
pub(super) struct Comparison<'a> {
    pub(super) document: &'a Document,
    pub(super) types: &'a Types,
    /// The operations that are compared, with their groups, if not all are.
    selected: Option<&'a [(String, &'a Operation)]>,
    /// Operations that an endpoint declares, or is taken to declare.
    pub(super) declared: Vec<&'a Operation>,
    found: Vec<Difference>,
    /// Pairs of types and schemas that have been compared, or are being compared.
    pub(super) compared: Vec<(String, Location, Direction)>,
    /// Statuses without a variant that have been reported, with their class.
    pub(super) statuses: Vec<(String, u16)>,
    /// Bodies of errors that have been compared.
    pub(super) errors: Vec<ErrorBody>,
    /// Fields and values of types that some schema of a response has, by type and item.
    pub(super) met: HashSet<(String, String)>,
    /// Fields and values that one schema of a response does not have.
    unmet: Vec<Difference>,
    /// True if the description allows null somewhere. One that does not says nothing about null.
    tells_null: bool,
    /// True if an extension says that the operation can return a stream.
    pub(super) streams: bool,
    /// Tags of the unions around the type that is being compared.
    pub(super) tags: Vec<String>,
}

/// The body of an error in the description, beside its type in an error class.
pub(super) struct ErrorBody {
    /// The class and the status.
    pub(super) key: (String, u16),
    /// Its schema.
    pub(super) at: Location,
    /// Number of operations that have it.
    pub(super) count: usize,
    /// Its differences from the type.
    pub(super) differences: Vec<Difference>,
}

impl ErrorBody {
    fn fits(&self) -> bool {
        self.differences.iter().all(|difference| difference.is_addition)
    }
}

/// Direction of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// In a request, as JSON.
    Sent,
    /// In a request, as text of the path, the query, a header or a form.
    SentAsText,
    /// In a response.
    Received,
}

/// The declaration that a difference is about.
#[derive(Clone)]
pub(super) struct Spot {
    pub(super) place: Option<Place>,
    /// Endpoint or type.
    pub(super) subject: String,
    /// Argument, field or variant.
    pub(super) item: Option<String>,
}

impl Spot {
    pub(super) fn endpoint(declared: &Declared) -> Self {
        let subject = format!("{}::{}", declared.api, declared.name);
        Self { place: declared.place.clone(), subject, item: None }
    }

    pub(super) fn argument(declared: &Declared, argument: &Argument) -> Self {
        let place = argument.place_in_source.clone().or_else(|| declared.place.clone());
        Self { place, item: Some(argument.own_name.clone()), ..Self::endpoint(declared) }
    }

    pub(super) fn of_type(name: &str, item: &str, place: &Place) -> Self {
        Self {
            place: Some(place.clone()),
            subject: name.to_owned(),
            item: (!item.is_empty()).then(|| item.to_owned()),
        }
    }
}

impl<'a> Comparison<'a> {
    pub(super) fn new(
        document: &'a Document,
        types: &'a Types,
        selected: Option<&'a [(String, &'a Operation)]>,
    ) -> Self {
        Self {
            document,
            types,
            selected,
            declared: Vec::new(),
            found: Vec::new(),
            compared: Vec::new(),
            statuses: Vec::new(),
            errors: Vec::new(),
            met: HashSet::new(),
            unmet: Vec::new(),
            tells_null: document.schemas.iter().any(|schema| schema.nullable),
            streams: false,
            tags: Vec::new(),
        }
    }

    /// Returns true if an operation is to be compared.
    pub(super) fn is_selected(&self, operation: &Operation) -> bool {
        self.selected.is_none_or(|selected| {
            selected.iter().any(|(_, other)| std::ptr::eq(*other, operation))
        })
    }

    /// Reports the selected operations that no endpoint declares.
    pub(super) fn report_undeclared_operations(&mut self) {
        for (group, operation) in self.selected.unwrap_or_default() {
            if self.declared.iter().any(|other| std::ptr::eq(*other, *operation)) {
                continue;
            }
            let shown = format!("{} {}", operation.method, operation.path);
            let spot = Spot { place: None, subject: group.clone(), item: Some(shown) };
            let message = match &operation.id {
                Some(id) => format!("no endpoint declares this operation, `{id}`"),
                None => "no endpoint declares this operation".to_owned(),
            };
            self.report(DifferenceKind::Operation, &spot, &operation.at, message);
        }
    }

    /// Records a difference.
    pub(super) fn report(
        &mut self,
        kind: DifferenceKind,
        spot: &Spot,
        at: &Location,
        message: impl Into<String>,
    ) {
        self.push(kind, spot, at, message.into(), false);
    }

    /// Records that the caller can send a null that the description does not allow. `whole` names
    /// the value or what holds it.
    pub(super) fn report_null(&mut self, spot: &Spot, at: &Location, whole: &str) {
        let message =
            format!("the description allows no null in {whole}, and the caller can send one");
        self.push(DifferenceKind::Need, spot, at, message, !self.tells_null);
    }

    /// Records something that the description offers and the declaration does not use.
    pub(super) fn report_addition(
        &mut self,
        kind: DifferenceKind,
        spot: &Spot,
        at: &Location,
        message: impl Into<String>,
    ) {
        self.push(kind, spot, at, message.into(), true);
    }

    /// Records the body of an error. What `compare` reports is a difference only if the body of at
    /// least half of the operations does not fit the type: a class has one type for a status, and
    /// a body that does not fit is left undecoded.
    pub(super) fn compare_error(
        &mut self,
        key: (String, u16),
        at: &Location,
        compare: impl FnOnce(&mut Self),
    ) {
        if let Some(known) = self.errors.iter_mut().find(|own| own.key == key && own.at == *at) {
            known.count += 1;
            return;
        }
        let found = std::mem::take(&mut self.found);
        let compared = std::mem::take(&mut self.compared);
        compare(self);
        self.compared = compared;
        let differences = std::mem::replace(&mut self.found, found);
        self.errors.push(ErrorBody { key, at: at.clone(), count: 1, differences });
    }

    fn settle_errors(&mut self) {
        let errors = std::mem::take(&mut self.errors);
        for error in &errors {
            let of_class = errors.iter().filter(|other| other.key == error.key);
            let (fitting, others): (Vec<_>, Vec<_>) = of_class.partition(|other| other.fits());
            let count = |bodies: Vec<&ErrorBody>| bodies.iter().map(|one| one.count).sum::<usize>();
            if error.fits() || count(others) >= count(fitting) {
                for difference in &error.differences {
                    if !self.found.contains(difference) {
                        self.found.push(difference.clone());
                    }
                }
            }
        }
    }

    fn push(
        &mut self,
        kind: DifferenceKind,
        spot: &Spot,
        at: &Location,
        message: String,
        is_addition: bool,
    ) {
        let Spot { place, subject, item } = spot.clone();
        let at = at.clone();
        let difference = Difference { kind, place, subject, item, message, at, is_addition };
        // Endpoints share types, and a path shares its parameters.
        if !self.found.contains(&difference) {
            self.found.push(difference);
        }
    }

    /// Records an optional field or a value that a response never has in one place. It is a
    /// difference if it has it in no place.
    pub(super) fn report_unless_met(
        &mut self,
        kind: DifferenceKind,
        spot: &Spot,
        at: &Location,
        message: String,
    ) {
        let Spot { place, subject, item } = spot.clone();
        let at = at.clone();
        self.unmet.push(Difference { kind, place, subject, item, message, at, is_addition: false });
    }

    pub(super) fn meet(&mut self, subject: &str, item: &str) {
        self.met.insert((subject.to_owned(), item.to_owned()));
    }

    /// Returns the differences in the order of their places.
    pub(super) fn into_found(mut self) -> Vec<Difference> {
        self.settle_errors();
        for unmet in std::mem::take(&mut self.unmet) {
            let is_met = self.met.iter().any(|(subject, item)| {
                *subject == unmet.subject && Some(item) == unmet.item.as_ref()
            });
            if !is_met && !self.found.contains(&unmet) {
                self.found.push(unmet);
            }
        }
        self.found.sort_by(|one, other| one.place.cmp(&other.place));
        self.found
    }
}
