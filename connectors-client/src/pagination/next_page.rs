//! Where the page behind a page is: a pure decision.

use super::cursor::Cursor;
use crate::endpoint::Pagination;

/// What is known of a page when it has come.
pub(crate) struct PageInfo {
    /// Where it begins: a number by which pages or items are counted.
    pub(crate) number: u64,
    /// How many items are on it.
    pub(crate) items: u64,
    /// How many items were on it and all pages before it, if the first page is known to be the first of the list.
    pub(crate) items_so_far: Option<u64>,
    /// What the server says, in the reply or a header.
    pub(crate) next: Option<Cursor>,
    pub(crate) has_more: Option<bool>,
    pub(crate) total_items: Option<u64>,
    pub(crate) total_pages: Option<u64>,
}

/// The place of the next page, `None` where this is the last one, or why it cannot be known, in a clause.
pub(crate) fn next_page(rule: Pagination, info: PageInfo) -> Result<Option<Cursor>, &'static str> {
    if info.has_more == Some(false) {
        return Ok(None);
    }
    let says_more = info.has_more == Some(true);
    match rule {
        Pagination::Offset(_) | Pagination::Page { .. } if info.items == 0 && says_more => {
            Err("has no items, and says that there are more")
        }
        Pagination::Offset(_) | Pagination::Page { .. } if info.items == 0 => Ok(None),
        Pagination::Offset(_) => {
            let next = info.number.saturating_add(info.items);
            let is_last = info.total_items.is_some_and(|total| next >= total) && !says_more;
            Ok((!is_last).then(|| next.into()))
        }
        Pagination::Page { first, .. } => {
            let next = info.number.saturating_add(1);
            let of_pages = info.total_pages.is_some_and(|total| next.saturating_sub(first) >= total);
            let of_items =
                info.total_items.zip(info.items_so_far).is_some_and(|(total, so_far)| so_far >= total);
            let is_last = (of_pages || of_items) && !says_more;
            Ok((!is_last).then(|| next.into()))
        }
        Pagination::Cursor { .. } | Pagination::Link | Pagination::Url => match info.next {
            None if says_more => Err("says that there are more, and not where"),
            next => Ok(next),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(number: u64, items: u64) -> PageInfo {
        PageInfo {
            number,
            items,
            items_so_far: None,
            next: None,
            has_more: None,
            total_items: None,
            total_pages: None,
        }
    }

    #[test]
    fn an_offset_goes_on_by_what_came_until_nothing_does() {
        let rule = Pagination::Offset(0);
        assert_eq!(next_page(rule, info(20, 7)), Ok(Some(27.into())));
        assert_eq!(next_page(rule, info(27, 0)), Ok(None));
        assert_eq!(next_page(rule, PageInfo { total_items: Some(27), ..info(20, 7) }), Ok(None));
        assert_eq!(next_page(rule, PageInfo { total_items: Some(28), ..info(20, 7) }), Ok(Some(27.into())));
        assert_eq!(next_page(rule, PageInfo { has_more: Some(false), ..info(20, 7) }), Ok(None));
        assert!(next_page(rule, PageInfo { has_more: Some(true), ..info(20, 0) }).is_err());
        assert_eq!(next_page(rule, info(u64::MAX, 1)), Ok(Some(u64::MAX.into())));
    }

    #[test]
    fn page_numbers_end_by_any_total() {
        let rule = Pagination::Page { slot: 0, first: 1 };
        assert_eq!(next_page(rule, info(1, 5)), Ok(Some(2.into())));
        assert_eq!(next_page(rule, info(3, 0)), Ok(None));
        assert_eq!(next_page(rule, PageInfo { total_pages: Some(2), ..info(2, 5) }), Ok(None));
        assert_eq!(next_page(rule, PageInfo { total_pages: Some(2), ..info(1, 5) }), Ok(Some(2.into())));
        let zero = Pagination::Page { slot: 0, first: 0 };
        assert_eq!(next_page(zero, PageInfo { total_pages: Some(2), ..info(1, 5) }), Ok(None));
        let total = Some(10);
        assert_eq!(
            next_page(rule, PageInfo { total_items: total, items_so_far: Some(10), ..info(2, 5) }),
            Ok(None)
        );
        assert_eq!(
            next_page(rule, PageInfo { total_items: total, items_so_far: None, ..info(2, 5) }),
            Ok(Some(3.into()))
        );
    }

    #[test]
    fn a_cursor_goes_on_over_empty_pages_and_ends_where_there_is_none() {
        let rule = Pagination::Cursor { slot: 0, header: None };
        let next = Some(Cursor::from("b"));
        assert_eq!(next_page(rule, PageInfo { next: next.clone(), ..info(0, 0) }), Ok(next.clone()));
        assert_eq!(next_page(rule, info(0, 5)), Ok(None));
        assert_eq!(next_page(rule, PageInfo { next, has_more: Some(false), ..info(0, 5) }), Ok(None));
        assert!(next_page(rule, PageInfo { has_more: Some(true), ..info(0, 5) }).is_err());
    }
}
