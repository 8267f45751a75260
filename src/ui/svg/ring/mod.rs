//! The cluster as a ring.

pub mod geometry;
mod picture;

pub use self::picture::picture;
