//! The page of a list: its items, and how the list continues.

use serde::Serialize;
use serde_json::Value;

use super::cursor::Cursor;

/// A response that is a page of a list, for endpoints with `paginate(..)`. Derive it with
/// [`Page`](macro@crate::Page). A `Vec<T>` is a page, and so is an `Option` of a page: `None` has
/// no items.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a page of a list",
    label = "`paginate` needs a page",
    note = "a page is a `Vec<T>`, or a struct with `#[derive(Page)]` and `#[page(items)]` on the field that holds the items"
)]
pub trait Page: PageLinks {
    /// An item of the list.
    type Item;

    /// Returns the number of items on this page.
    fn item_count(&self) -> usize;

    /// Takes the items out of the page, in their order.
    fn take_items(&mut self) -> Vec<Self::Item>;

    /// Returns the last item, which some APIs use as the cursor. The default is `None`.
    fn last_item(&self) -> Option<&Self::Item> {
        None
    }
}

/// The information of a response about the following pages. Each method returns `None` if the
/// server does not say, which is the default.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how a list continues",
    label = "this type cannot be read as part of a page",
    note = "add `#[derive(Page)]` to it"
)]
pub trait PageLinks {
    /// Returns the cursor, token or URL of the next page.
    fn next_cursor(&self) -> Option<Cursor> {
        None
    }

    /// Returns true if pages follow this one.
    fn has_more(&self) -> Option<bool> {
        None
    }

    /// Returns the number of items in the whole list.
    fn total_items(&self) -> Option<u64> {
        None
    }

    /// Returns the number of pages in the whole list.
    fn total_pages(&self) -> Option<u64> {
        None
    }
}

impl<T> PageLinks for Vec<T> {}

impl<T> Page for Vec<T> {
    type Item = T;

    fn item_count(&self) -> usize {
        self.len()
    }

    fn take_items(&mut self) -> Self {
        std::mem::take(self)
    }

    fn last_item(&self) -> Option<&T> {
        self.last()
    }
}

impl<T: PageLinks> PageLinks for Option<T> {
    fn next_cursor(&self) -> Option<Cursor> {
        self.as_ref()?.next_cursor()
    }

    fn has_more(&self) -> Option<bool> {
        self.as_ref()?.has_more()
    }

    fn total_items(&self) -> Option<u64> {
        self.as_ref()?.total_items()
    }

    fn total_pages(&self) -> Option<u64> {
        self.as_ref()?.total_pages()
    }
}

impl<T: Page> Page for Option<T> {
    type Item = T::Item;

    fn item_count(&self) -> usize {
        self.as_ref().map_or(0, Page::item_count)
    }

    fn take_items(&mut self) -> Vec<T::Item> {
        self.as_mut().map(Page::take_items).unwrap_or_default()
    }

    fn last_item(&self) -> Option<&T::Item> {
        self.as_ref()?.last_item()
    }
}

/// Reads a count for the derive: an integer, a float or a string.
#[doc(hidden)]
pub fn count<T: Serialize + ?Sized>(value: &T) -> Option<u64> {
    match serde_json::to_value(value).ok()? {
        Value::String(text) => text.trim().parse().ok(),
        value => value.as_u64().or_else(|| whole(value.as_f64()?)),
    }
}

/// Converts a count that is written as a float. `as` saturates.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole(number: f64) -> Option<u64> {
    (number >= 0.0).then_some(number as u64)
}

/// Reads a boolean for the derive: also a number, which is true unless it is 0, and their texts.
#[doc(hidden)]
pub fn yes_or_no<T: Serialize + ?Sized>(value: &T) -> Option<bool> {
    match serde_json::to_value(value).ok()? {
        Value::Bool(is_true) => Some(is_true),
        Value::Number(number) => Some(number.as_f64()? != 0.0),
        Value::String(text) => match text.trim() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{count, yes_or_no};
    use crate::pagination::cursor::Cursor;

    #[test]
    fn counts_and_booleans_are_read_in_all_forms() {
        assert_eq!(count(&3u8), Some(3));
        assert_eq!(count(&Some(40.0)), Some(40));
        assert_eq!(count(" 7 "), Some(7));
        for none in [count(&-1), count(&None::<u64>), count(&f64::NAN), count("many"), count(&-0.5)]
        {
            assert_eq!(none, None);
        }
        assert_eq!((yes_or_no(&true), yes_or_no(&Some(false)), yes_or_no(&None::<bool>)), {
            (Some(true), Some(false), None)
        });
        for yes in [yes_or_no(&1), yes_or_no(&12.5), yes_or_no("true"), yes_or_no(" 1 ")] {
            assert_eq!(yes, Some(true));
        }
        for no in [yes_or_no(&0), yes_or_no(&0.0), yes_or_no("false"), yes_or_no(&Some("0"))] {
            assert_eq!(no, Some(false));
        }
        for none in [yes_or_no("many"), yes_or_no(""), yes_or_no(&[1]), yes_or_no(&f64::NAN)] {
            assert_eq!(none, None);
        }
    }

    #[test]
    fn a_cursor_can_be_any_json_value() {
        for none in [
            Cursor::from_value(""),
            Cursor::from_value(&None::<String>),
            Cursor::from_value(&false),
        ] {
            assert_eq!(none, None);
        }
        assert_eq!(Cursor::from_value(&7u32).unwrap().to_string(), "7");
        assert_eq!(Cursor::from_value("abc"), Some("abc".into()));
        let saved = serde_json::to_string(&Cursor::from_value(&[1, 2])).unwrap();
        assert_eq!(
            serde_json::from_str::<Option<Cursor>>(&saved).unwrap(),
            Cursor::from_value(&[1, 2])
        );
    }
}
