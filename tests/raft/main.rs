//! The protocol, sentence by sentence of the paper and the thesis.

mod common;
mod contract;
mod extensions;
mod ids;
mod nine_cases;
mod paper_5_1;
mod paper_5_2;
mod paper_5_4_1;
mod persist;
mod properties;
mod rules;
