//! Rust types, as far as their JSON shows them.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use super::declared::Place;
use super::formats::{Integer, TextFormat};

/// A Rust type.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// A type that the sources do not have.
    Unknown,
    /// Any JSON, or a type whose JSON is not known.
    Json,
    /// `()`
    Unit,
    Bool,
    Integer(Integer),
    Float,
    /// Any text: strings, secrets.
    Text,
    /// Texts of one format: times, days.
    Formatted(TextFormat),
    /// Bytes or text outside JSON: `Bytes`, `Text`, `Body`, `Part`, a stream of bytes.
    Raw,
    List(Box<Shape>),
    Map(Box<Shape>),
    /// `Option` or `Nullable`.
    Optional(Box<Shape>),
    /// A stream of items, with its media type.
    Stream(&'static str, Box<Shape>),
    /// A type of the sources, with its arguments.
    Named(String, Vec<Shape>),
    /// A type parameter, by its position.
    Parameter(usize),
}

/// A type of the sources.
#[derive(Clone, Debug)]
pub(super) struct TypeDef {
    pub(super) name: String,
    pub(super) place: Place,
    pub(super) kind: TypeKind,
}

#[derive(Clone, Debug)]
pub(super) enum TypeKind {
    /// A struct with named fields.
    Struct(Vec<Field>),
    /// A newtype or an alias.
    Alias(Shape),
    /// An enum of texts.
    Values(Values),
    /// An enum of objects that a field tells apart.
    Union(Union),
    /// A type that derives `FromResponse`.
    Responses(Vec<ResponseVariant>),
    /// A type that serde reads or writes in a form that is not known.
    Json,
    /// Any other type.
    Opaque,
}

/// A field of a struct.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "they are those of serde's attributes")]
pub(super) struct Field {
    /// Name of the struct.
    pub(super) owner: String,
    pub(super) place: Place,
    /// Its name in Rust.
    pub(super) own_name: String,
    /// Its name in JSON that is sent.
    pub(super) sent: String,
    /// Its names in JSON that is received.
    pub(super) received: Vec<String>,
    pub(super) shape: Shape,
    /// True if JSON that is received may lack it.
    pub(super) has_default: bool,
    /// True if it is left out of JSON that is sent, if it is empty.
    pub(super) is_skipped_if: bool,
    /// True if the caller can set it to null: `Nullable`, or an `Option` in an `Option`.
    pub(super) can_be_null: bool,
    /// True if its own fields stand in its place.
    pub(super) is_flat: bool,
}

/// The values of an enum.
#[derive(Clone, Debug)]
pub(super) struct Values {
    /// True if these are numbers, written as texts here.
    pub(super) are_numbers: bool,
    pub(super) listed: Vec<(String, Place)>,
    /// True if there is a variant for other values.
    pub(super) is_open: bool,
}

/// The variants of a union.
#[derive(Clone, Debug)]
pub(super) struct Union {
    /// The field that tells the objects apart.
    pub(super) tag: String,
    /// The field of the content, if it is not the object itself.
    pub(super) content: Option<String>,
    pub(super) variants: Vec<(String, Option<Shape>, Place)>,
}

/// A variant of a type that derives `FromResponse`. A struct has one.
#[derive(Clone, Debug)]
pub(super) struct ResponseVariant {
    pub(super) place: Place,
    /// Ranges of statuses, with both ends. `None` stands for all other successes.
    pub(super) statuses: Option<Vec<(u16, u16)>>,
    pub(super) headers: Vec<ResponseHeader>,
    /// Type of the body. Without it the body is ignored.
    pub(super) body: Option<Shape>,
}

/// A header that a variant reads.
#[derive(Clone, Debug)]
pub(super) struct ResponseHeader {
    pub(super) name: String,
    pub(super) shape: Shape,
    pub(super) place: Place,
}

/// The types of the sources.
#[derive(Default, Debug)]
pub(super) struct Types {
    /// Definitions by name. A name that two types have is `None`.
    known: HashMap<String, Option<TypeDef>>,
    /// Names that were asked for and have no definition.
    unknown: RefCell<BTreeSet<String>>,
}

impl Types {
    /// Adds a type. A name that two types have stands for neither.
    pub(super) fn add(&mut self, name: String, definition: TypeDef) {
        self.known.entry(name).and_modify(|known| *known = None).or_insert(Some(definition));
    }

    /// Returns the definition of a type, with its parameters filled in.
    pub(super) fn get(&self, name: &str, arguments: &[Shape]) -> Option<TypeDef> {
        let definition = self.known.get(name)?.as_ref()?;
        Some(TypeDef { kind: definition.kind.filled(arguments), ..definition.clone() })
    }

    /// Returns the names that were asked for and have no definition, or several.
    pub(super) fn unknown(&self) -> Vec<String> {
        self.unknown.borrow().iter().cloned().collect()
    }

    /// Follows newtypes and aliases, as far as they lead.
    pub(super) fn resolved(&self, shape: &Shape) -> Shape {
        let mut shape = shape.clone();
        for _ in 0..32 {
            match &shape {
                Shape::Named(name, arguments) => match self.get(name, arguments) {
                    Some(TypeDef { kind: TypeKind::Alias(next), .. }) => shape = next,
                    Some(TypeDef { kind: TypeKind::Json, .. }) => return Shape::Json,
                    Some(TypeDef { kind: TypeKind::Opaque, .. }) => return Shape::Unknown,
                    None => {
                        self.unknown.borrow_mut().insert(name.clone());
                        return Shape::Unknown;
                    }
                    Some(_) => return shape,
                },
                Shape::Parameter(_) => return Shape::Unknown,
                _ => return shape,
            }
        }
        Shape::Unknown
    }
}

impl TypeKind {
    fn filled(&self, arguments: &[Shape]) -> Self {
        match self {
            Self::Struct(fields) => {
                let filled = fields
                    .iter()
                    .map(|field| Field { shape: field.shape.filled(arguments), ..field.clone() });
                Self::Struct(filled.collect())
            }
            Self::Alias(shape) => Self::Alias(shape.filled(arguments)),
            Self::Union(union) => {
                let variants = union.variants.iter().map(|(value, shape, place)| {
                    (
                        value.clone(),
                        shape.as_ref().map(|shape| shape.filled(arguments)),
                        place.clone(),
                    )
                });
                Self::Union(Union { variants: variants.collect(), ..union.clone() })
            }
            Self::Responses(variants) => {
                let variants = variants.iter().map(|variant| ResponseVariant {
                    body: variant.body.as_ref().map(|body| body.filled(arguments)),
                    ..variant.clone()
                });
                Self::Responses(variants.collect())
            }
            other => other.clone(),
        }
    }
}

impl Shape {
    fn filled(&self, arguments: &[Self]) -> Self {
        let boxed = |shape: &Self| Box::new(shape.filled(arguments));
        match self {
            Self::Parameter(position) => arguments.get(*position).cloned().unwrap_or(Self::Unknown),
            Self::List(item) => Self::List(boxed(item)),
            Self::Map(item) => Self::Map(boxed(item)),
            Self::Optional(inner) => Self::Optional(boxed(inner)),
            Self::Stream(media_type, item) => Self::Stream(media_type, boxed(item)),
            Self::Named(name, own) => {
                Self::Named(name.clone(), own.iter().map(|shape| shape.filled(arguments)).collect())
            }
            other => other.clone(),
        }
    }

    /// Returns the type inside of `Option` and `Nullable`.
    pub(super) fn inner(&self) -> &Self {
        match self {
            Self::Optional(inner) => inner.inner(),
            other => other,
        }
    }
}
