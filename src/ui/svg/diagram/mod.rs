//! The space-time diagram: a line for each server, time downward, an arrow for each message.

pub mod axis;
pub mod index;
mod picture;
pub mod scene;

pub use self::picture::{part, picture};
