//! The built page in a real browser, as a visitor meets it; one module for each behaviour.
//!
//! `cargo xtask test e2e` builds the page and provides the browser.

mod hosting;
mod starting;
