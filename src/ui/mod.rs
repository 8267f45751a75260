//! The page: a Yew interface over everything below; nothing uses it.
//!
//! The screen is a function of the state. [`player`] holds the run and knows no browser; [`view`] says what there is to see as
//! plain values; components draw what changed in them. What moves by itself between two events (messages, timers, the clock)
//! is moved by the ring's painter each frame, without a render.

pub mod app;
pub mod compare;
pub mod comparison;
mod emit;
mod files;
mod header;
mod help;
mod icons;
mod keys;
mod legend;
pub mod message;
pub mod panels;
pub mod player;
mod prefs;
mod report;
pub mod ring;
mod status;
pub mod text;
mod timeline;
mod transport;
pub mod view;

pub use app::App;
