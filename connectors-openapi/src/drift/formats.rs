//! Compares texts that have a format, and the range of integers.

use crate::model::Type;

use super::comparison::{Comparison, Direction, Spot};
use super::difference::DifferenceKind;
use super::view::View;

/// Format of the texts that a Rust type stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextFormat {
    /// A time with its day, by RFC 3339.
    Time,
    /// A day without a time.
    Day,
    Uuid,
}

impl TextFormat {
    /// Returns true if a description calls the format so.
    fn is(self, described: &str) -> bool {
        match self {
            Self::Time => described == "date-time",
            Self::Day => described == "date",
            Self::Uuid => matches!(described, "uuid" | "guid"),
        }
    }

    /// Returns true if texts of a response must have the format by name. Many descriptions have
    /// UUIDs without a format.
    fn must_be_said(self) -> bool {
        self != Self::Uuid
    }

    fn shown(self) -> &'static str {
        match self {
            Self::Time => "a time (`date-time`)",
            Self::Day => "a day (`date`)",
            Self::Uuid => "a UUID (`uuid`)",
        }
    }
}

/// An integer type of Rust, or the format of a description that stands for the same numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Integer {
    pub(super) name: &'static str,
    is_signed: bool,
    bits: i32,
}

impl Integer {
    const ALL: [Self; 16] = [
        Self::signed("i8", 8),
        Self::signed("i16", 16),
        Self::signed("i32", 32),
        Self::signed("i64", 64),
        Self::signed("i128", 128),
        Self::signed("isize", 64),
        Self::unsigned("u8", 8),
        Self::unsigned("u16", 16),
        Self::unsigned("u32", 32),
        Self::unsigned("u64", 64),
        Self::unsigned("u128", 128),
        Self::unsigned("usize", 64),
        Self::unsigned("NonZeroU8", 8),
        Self::unsigned("NonZeroU16", 16),
        Self::unsigned("NonZeroU32", 32),
        Self::unsigned("NonZeroU64", 64),
    ];

    const fn signed(name: &'static str, bits: i32) -> Self {
        Self { name, is_signed: true, bits }
    }

    const fn unsigned(name: &'static str, bits: i32) -> Self {
        Self { name, is_signed: false, bits }
    }

    /// Returns the type of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.name == name)
    }

    /// Returns the numbers of a format, if it is one of integers.
    fn of_format(format: &str) -> Option<Self> {
        Self::named(match format {
            "int8" => "i8",
            "int16" => "i16",
            "int32" => "i32",
            "int64" => "i64",
            "uint8" => "u8",
            "uint16" => "u16",
            "uint32" => "u32",
            "uint64" | "uint" => "u64",
            _ => return None,
        })
    }

    fn smallest(self) -> f64 {
        if self.is_signed { -2f64.powi(self.bits - 1) } else { 0.0 }
    }

    /// Returns the largest number, rounded as the numbers of a description are.
    fn largest(self) -> f64 {
        2f64.powi(if self.is_signed { self.bits - 1 } else { self.bits }) - 1.0
    }
}

impl<'a> Comparison<'a> {
    pub(super) fn compare_format(
        &mut self,
        own: TextFormat,
        view: &View<'a>,
        direction: Direction,
        spot: &Spot,
    ) {
        if !self.kinds_agree(Type::String, view, direction, spot) || view.types.is_empty() {
            return;
        }
        // A time can be sent as any text, but not every text can be read as a time.
        let is_wrong = match view.format {
            Some(described) => !own.is(described),
            None => direction == Direction::Received && own.must_be_said(),
        };
        if is_wrong {
            let format = view
                .format
                .map_or("no format".to_owned(), |format| format!("the format `{format}`"));
            let message = format!("the description has {format}, and the type is {}", own.shown());
            self.report(DifferenceKind::Type, spot, view.at, message);
        }
    }

    pub(super) fn compare_integer(
        &mut self,
        own: Integer,
        view: &View<'a>,
        direction: Direction,
        spot: &Spot,
    ) {
        if !self.kinds_agree(Type::Integer, view, direction, spot) || !view.is(Type::Integer) {
            return;
        }
        for described in beyond(own, view) {
            let message =
                format!("the description has {described}, and the type is `{}`", own.name);
            // A request with fewer numbers than are allowed stays right.
            if direction == Direction::Received {
                self.report(DifferenceKind::Type, spot, view.at, message);
            } else {
                self.report_addition(DifferenceKind::Type, spot, view.at, message);
            }
        }
    }
}

/// Returns the limits of a description that lie beyond those of a type. A limit that the description
/// does not name is none.
fn beyond(own: Integer, view: &View<'_>) -> Vec<String> {
    let format = view.format.and_then(Integer::of_format);
    let constants = || view.constants.iter().filter_map(|value| value.as_f64());
    let mut beyond = Vec::new();
    let largest = view.maximum.into_iter().chain(constants().reduce(f64::max)).reduce(f64::min);
    let of_format = format.map(Integer::largest);
    let is_format =
        of_format.is_some_and(|of_format| largest.is_none_or(|largest| largest >= of_format));
    let end = if is_format { of_format } else { largest };
    // A limit beyond 64 bits means that there is none.
    let has_end = format.is_some() || own.bits < 64;
    if let Some(end) = end.filter(|end| has_end && *end > own.largest()) {
        beyond.push(match view.format.filter(|_| is_format) {
            Some(format) => format!("the format `{format}`"),
            None => format!("numbers up to {end}"),
        });
    }
    let smallest = view.minimum.into_iter().chain(constants().reduce(f64::min)).reduce(f64::max);
    let of_format = format.map(Integer::smallest);
    let smallest = smallest.map(|smallest| of_format.map_or(smallest, |own| own.max(smallest)));
    let has_end = !own.is_signed || own.bits < 64;
    if let Some(smallest) = smallest.filter(|smallest| has_end && *smallest < own.smallest()) {
        beyond.push(format!("numbers from {smallest}"));
    }
    beyond
}
