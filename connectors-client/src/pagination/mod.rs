//! Paginated lists: `paginate(..)` of an endpoint, `.pages()` and `.items()` of its calls.
//!
//! ```text
//! Items<T> ── Pages<T> ── a call per page ──> HttpResponse<T>, T: Page
//!                │                              │ next cursor, totals, `Link` header
//!                └── where the next one is <── next_page(rule, info)
//! ```

mod cursor;
mod fetch;
mod items;
pub(crate) mod link_header;
mod next_page;
mod page;
mod page_argument;
mod pages;

pub use cursor::Cursor;
pub use items::Items;
pub use page::{Page, PageLinks, count, yes_or_no};
pub use pages::Pages;
