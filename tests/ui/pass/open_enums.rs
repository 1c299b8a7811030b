//! Open enums in all their forms; nothing that is generated warns.

#![deny(warnings, missing_docs, deprecated, unreachable_pub)]
#![deny(clippy::all, clippy::pedantic)]

use std::sync::Arc;

use connectors_client::OpenEnum;

mod facade {
    pub(super) mod http {
        pub(in super::super) use connectors_client::__private;
    }
}

/// Methods that every type has here; those that generated code calls are its own.
#[expect(dead_code, reason = "nobody calls them, that is what is tested")]
trait Everything {
    fn as_str(&self) {}
    fn text(self)
    where
        Self: Sized,
    {
    }
}

impl<X: ?Sized> Everything for X {}

/// The text of an unknown value may be shared, and its variant be anywhere and called anything.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, OpenEnum)]
#[open_enum(rename_all = "SCREAMING-KEBAB-CASE", crate = facade::http)]
enum Kind {
    Other(Arc<str>),
    VeryNew,
    /// No more.
    #[deprecated]
    Old,
    #[open_enum(rename = "\"quoted\" é")]
    Quoted,
    #[open_enum(rename = "")]
    Nothing,
}

/// One that knows nothing yet.
#[derive(Debug, PartialEq, OpenEnum)]
enum Fresh {
    Unknown(String),
}

#[test]
fn a_text_and_its_value_belong_together() {
    for (text, kind) in
        [("VERY-NEW", Kind::VeryNew), ("\"quoted\" é", Kind::Quoted), ("", Kind::Nothing)]
    {
        assert_eq!(Kind::from(text), kind);
        assert_eq!(Kind::from(text.to_owned()), kind);
        assert_eq!(Kind::as_str(&kind), text);
    }
    assert_eq!(Kind::from("very-new"), Kind::Other(Arc::from("very-new")));
    assert_eq!(Fresh::from("x").as_ref(), "x");
}

/// Numbers, at the ends of their types too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, OpenEnum)]
#[open_enum(crate = facade::http)]
enum Level {
    Other(i64),
    #[open_enum(number = 0)]
    Off,
    /// No more.
    #[deprecated]
    #[open_enum(number = -9_223_372_036_854_775_808)]
    Old,
    #[open_enum(number = 0x7fff_ffff_ffff_ffff)]
    Highest,
}

#[derive(Debug, PartialEq, OpenEnum)]
enum Huge {
    #[open_enum(number = 18_446_744_073_709_551_615)]
    Most,
    Unknown(u64),
}

#[test]
fn a_number_and_its_value_belong_together() {
    for (number, level) in [(0, Level::Off), (i64::MAX, Level::Highest), (7, Level::Other(7))] {
        assert_eq!(Level::from(number), level);
        assert_eq!(level.as_number(), number);
        assert_eq!(i64::from(level), number);
        assert_eq!(level.to_string(), number.to_string());
        assert_eq!(number.to_string().parse(), Ok(level));
    }
    assert_eq!(Level::from(i64::MIN).as_number(), i64::MIN);
    assert_ne!(Level::from(i64::MIN), Level::Other(i64::MIN));
    assert!("low".parse::<Level>().is_err());
    assert_eq!((Huge::from(u64::MAX), Huge::from(1)), (Huge::Most, Huge::Unknown(1)));
}

/// Enums inside a function, under names of the prelude.
#[test]
fn an_enum_can_be_local() {
    #[derive(Debug, PartialEq, OpenEnum)]
    enum Option {
        Some,
        r#None,
        Ok(String),
    }
    assert_eq!("None".parse(), Ok(Option::None));
    assert_eq!("Some".parse(), Ok(Option::Some));
    assert_eq!("Err".parse(), Ok(Option::Ok("Err".to_owned())));
}
