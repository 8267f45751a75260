//! Points, numbers and shapes: one drawing for the screen and for exported pictures.

pub mod caption;
pub mod diagram;
pub mod drawing;
pub mod legend;
pub mod message;
pub mod number;
pub mod point;
pub mod ring;
pub mod sheet;
pub mod stops;
pub mod timeline;
