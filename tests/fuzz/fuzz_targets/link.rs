//! Whatever a link is, it is a run or refused; and a run is the same run again as a link.
#![no_main]

use libfuzzer_sys::fuzz_target;
use raft_playground::scenario::link;

fuzz_target!(|text: &str| {
    if let Ok(run) = link::decode(text) {
        assert_eq!(link::decode(&link::encode(&run)), Ok(run));
    }
});
