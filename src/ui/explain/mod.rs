//! What led to an event, what is going on, and who can reach whom. Knows no browser.

pub mod account;
pub mod blame;
mod broken;
pub mod chance;
pub mod confirmation;
#[cfg(test)]
mod fixtures;
pub mod groups;
pub mod headline;
pub mod highlight;
pub mod narration;
mod narration_text;
pub mod news;
pub mod overview;
mod quiz_text;
pub mod selection;
mod sentences;
pub mod story;
pub mod taken;
#[cfg(test)]
mod truth;
pub mod why;
