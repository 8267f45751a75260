//! The house rules that the compiler does not know: documents, layers, names, rooms and style sheets.

mod documents;
mod layers;
mod names;
mod rooms;
mod source;
mod styles;
