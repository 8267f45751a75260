//! Points, numbers and shapes: one drawing for the screen and for exported pictures.

pub mod drawing;
pub mod sheet;
