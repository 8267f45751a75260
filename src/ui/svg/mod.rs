//! Points, numbers and shapes: one drawing for the screen and for exported pictures.

pub mod caption;
pub mod drawing;
pub mod geometry;
pub mod legend;
pub mod number;
pub mod point;
pub mod sheet;
pub mod stops;
