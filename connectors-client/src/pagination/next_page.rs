//! Finds the page after a page: a pure decision.

use super::cursor::Cursor;
use crate::endpoint::Pagination;

/// The facts about a page that has arrived.
pub(crate) struct PageInfo {
    /// Number of the page, or of its first item.
    pub(crate) number: u64,
    /// Number of items on the page.
    pub(crate) items: u64,
    /// Number of items on this page and all earlier ones, if the first page was the first of the
    /// list.
    pub(crate) items_so_far: Option<u64>,
    /// The next page, from the response's body or a header.
    pub(crate) next: Option<Cursor>,
    pub(crate) has_more: Option<bool>,
    pub(crate) total_items: Option<u64>,
    pub(crate) total_pages: Option<u64>,
}

/// Returns the cursor of the next page, or `None` after the last one. The error is a clause that
/// says why the next page cannot be known.
pub(crate) fn next_page(rule: Pagination, info: PageInfo) -> Result<Option<Cursor>, &'static str> {
    if info.has_more == Some(false) {
        return Ok(None);
    }
    let says_more = info.has_more == Some(true);
    match rule {
        Pagination::Offset(_) | Pagination::Page { .. } if info.items == 0 && says_more => {
            Err("has no items, but says that there are more")
        }
        Pagination::Offset(_) | Pagination::Page { .. } if info.items == 0 => Ok(None),
        Pagination::Offset(_) => {
            let next = info.number.saturating_add(info.items);
            let is_last = info.total_items.is_some_and(|total| next >= total) && !says_more;
            Ok((!is_last).then(|| next.into()))
        }
        Pagination::Page { first, .. } => {
            let next = info.number.saturating_add(1);
            let is_last_page =
                info.total_pages.is_some_and(|total| next.saturating_sub(first) >= total);
            let is_last_item = info
                .total_items
                .zip(info.items_so_far)
                .is_some_and(|(total, so_far)| so_far >= total);
            let is_last = (is_last_page || is_last_item) && !says_more;
            Ok((!is_last).then(|| next.into()))
        }
        Pagination::Cursor { .. } | Pagination::Link | Pagination::Url => match info.next {
            Some(next) if next.is_unknown() => Err("has a cursor that cannot be written as JSON"),
            None if says_more => Err("says that there are more pages, but not where"),
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
    fn an_offset_grows_by_the_items_until_a_page_is_empty() {
        let rule = Pagination::Offset(0);
        assert_eq!(next_page(rule, info(20, 7)), Ok(Some(27.into())));
        assert_eq!(next_page(rule, info(27, 0)), Ok(None));
        assert_eq!(next_page(rule, PageInfo { total_items: Some(27), ..info(20, 7) }), Ok(None));
        assert_eq!(
            next_page(rule, PageInfo { total_items: Some(28), ..info(20, 7) }),
            Ok(Some(27.into()))
        );
        assert_eq!(next_page(rule, PageInfo { has_more: Some(false), ..info(20, 7) }), Ok(None));
        assert!(next_page(rule, PageInfo { has_more: Some(true), ..info(20, 0) }).is_err());
        assert_eq!(next_page(rule, info(u64::MAX, 1)), Ok(Some(u64::MAX.into())));
    }

    #[test]
    fn page_numbers_end_at_any_total() {
        let rule = Pagination::Page { slot: 0, first: 1 };
        assert_eq!(next_page(rule, info(1, 5)), Ok(Some(2.into())));
        assert_eq!(next_page(rule, info(3, 0)), Ok(None));
        assert_eq!(next_page(rule, PageInfo { total_pages: Some(2), ..info(2, 5) }), Ok(None));
        assert_eq!(
            next_page(rule, PageInfo { total_pages: Some(2), ..info(1, 5) }),
            Ok(Some(2.into()))
        );
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
    fn a_cursor_continues_over_empty_pages_until_none_is_left() {
        let rule = Pagination::Cursor { slot: 0, header: None };
        let next = Some(Cursor::from("b"));
        assert_eq!(
            next_page(rule, PageInfo { next: next.clone(), ..info(0, 0) }),
            Ok(next.clone())
        );
        assert_eq!(next_page(rule, info(0, 5)), Ok(None));
        assert_eq!(
            next_page(rule, PageInfo { next, has_more: Some(false), ..info(0, 5) }),
            Ok(None)
        );
        assert!(next_page(rule, PageInfo { has_more: Some(true), ..info(0, 5) }).is_err());
    }
}
