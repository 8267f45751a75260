//! The built page in a real browser, without a screen.
//!
//! - [`Page`] is the playground as a visitor meets it: found by role and name, clicked and typed
//!   into. It is for tests and panics, at the caller's line, when something isn't as expected.
//! - [`Browser`] is a browser driven by WebDriver, most often a headless Chromium; it returns errors.
//! - [`Site`] serves a folder below a path of your choice and remembers what was asked for.
//!
//! Each ends when it is dropped. Everything is synchronous: a call returns when the browser has
//! answered.
//!
//! ```no_run
//! use headless::{Page, starting};
//!
//! let page = Page::open();
//! page.get("button", starting("S2, ")).click();
//! page.wait_for_text("S2 crashed");
//! page.press("Shift+F10");
//! assert_eq!(page.console(), []);
//! ```

mod browser;
mod driver;
mod error;
mod keys;
pub mod locate;
mod name;
mod node;
mod page;
mod site;
mod visit;

pub use browser::{Browser, Engine, LogEntry, Options};
pub use error::{Error, Result};
pub use name::{Name, any, containing, starting};
pub use node::Node;
pub use page::{Page, project};
pub use serde_json::{Value, json};
pub use site::{Request, Site};
pub use visit::Visit;
