//! The run on screen, its branches, two of them compared, and what there is to see as plain values. Knows no browser.

pub mod answer;
pub mod comparison;
pub mod handle;
pub mod incident;
pub mod key_moments;
pub mod pace;
pub mod player;
pub mod speed;
pub mod view;
