//! The house rules that the compiler does not know: documents, layers and style sheets.

mod documents;
mod layers;
mod styles;
