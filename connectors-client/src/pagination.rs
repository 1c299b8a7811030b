//! Lists in pages: `paginate(..)` of an endpoint, `.pages()` and `.items()` of its calls.
//!
//! ```text
//! Items<T> ── Pages<T> ── a call per page ──> HttpResponse<T>, T: Page
//!                │                              │ next cursor, totals, `Link` header
//!                └── where the next one is <── following(rule, seen)
//! ```

mod cursor;
mod fetch;
mod following;
mod items;
pub(crate) mod link_header;
mod page;
mod pages;
mod place;

pub use cursor::Cursor;
pub use items::Items;
pub use page::{Page, Paging, count, yes_or_no};
pub use pages::Pages;
