//! The cluster as a ring.

pub mod geometry;
pub mod links;
mod picture;
pub mod server;

pub use self::picture::picture;
