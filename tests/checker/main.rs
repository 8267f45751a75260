//! The exhaustive search: its counts, its reduction, and what each rule protects.

#[path = "../support/checker/mod.rs"]
mod bounds;
mod reduction;
mod rules;
mod search;
