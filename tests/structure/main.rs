//! The house rules that the compiler does not know: layers and style sheets.

mod layers;
mod styles;
