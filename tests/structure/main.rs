//! The house rules that the compiler does not know: documents, layers, rooms and style sheets.

mod documents;
mod layers;
mod rooms;
mod source;
mod styles;
