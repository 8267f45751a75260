//! The built page in a real browser, without a screen.
//!
//! [`Site`] serves a folder below a path of your choice and remembers what was asked for;
//! [`Browser`] is a headless Chromium driven through chromedriver. Both end when they are dropped.
//! Everything is synchronous: a call returns when the browser has answered.
//!
//! The end-to-end tests, `cargo xtask measure` and `cargo xtask screenshots` share this.

mod browser;
mod driver;
mod error;
pub mod locate;
mod site;

pub use browser::{Browser, LogEntry, Options};
pub use error::{Error, Result};
pub use serde_json::{Value, json};
pub use site::{Request, Site};
