//! The page: a Yew interface over everything below; nothing uses it.
//!
//! The screen is a function of the state. [`player`] holds the run and knows no browser; [`view`] says what there is to see as
//! plain values; components draw what changed in them. What moves by itself between two events (messages, timers, the clock)
//! is moved by the ring's painter each frame, without a render.

mod adversary;
pub mod app;
mod blame;
pub mod compare;
pub mod comparison;
pub mod drawing;
mod embed;
mod emit;
pub mod export_svg;
mod files;
mod groups;
mod header;
mod help;
mod icons;
mod keys;
mod legend;
pub mod lit;
pub mod message;
pub mod narration;
pub mod panels;
pub mod player;
mod prefs;
mod report;
pub mod ring;
mod share;
mod status;
mod stops;
mod storage;
pub mod taken;
pub mod text;
pub mod timeline;
mod transport;
pub mod view;
mod watch;
mod why;

pub use adversary::serve as serve_as_worker;
pub use app::App;
