//! The laboratory measures the same in the browser as on any other machine, bit for bit.

use crate::pinned;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn the_trials_of_figure_16_are_those_of_the_host() {
    assert_eq!(pinned::digest(), pinned::DIGEST);
}

#[wasm_bindgen_test]
fn the_trials_of_other_experiments_are_those_of_the_host() {
    assert_eq!(pinned::digest_of_others(), pinned::DIGEST_OF_OTHERS);
}
