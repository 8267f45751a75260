//! The run as lanes from left to right: the role of each server over time, with terms and marks above.

pub mod axis;
#[cfg(test)]
mod fixtures;
pub mod lanes;
pub mod marks;
mod picture;
pub mod scene;
pub mod told;
pub mod window;

pub use self::picture::picture;
