//! The pinned runs have the same events in the browser as on any other machine, bit for bit.

use crate::runs::pinned;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_pinned_runs_have_their_fingerprints() {
    for pinned in pinned::all() {
        assert_eq!(pinned.run.digest(), pinned.digest, "{}", pinned.name);
    }
}
