//! The address of the page, and of what it can be asked for.

use web_sys::Location;

/// Where the page is.
#[must_use]
pub fn location() -> Location {
    gloo::utils::window().location()
}

/// The page's address without its `?` and `#`.
#[must_use]
pub fn page_address() -> String {
    let location = location();
    let part = |part: Result<String, _>| part.unwrap_or_default();
    part(location.origin()) + &part(location.pathname())
}

/// A link's address: this page with a fragment.
#[must_use]
pub fn link_address(fragment: &str) -> String {
    format!("{}#{fragment}", page_address())
}
