//! Whatever a file holds, it is a run or refused; and a run is the same run again as a file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use raft_playground::scenario::file;

fuzz_target!(|text: &str| {
    let whole = format!("raft-playground 1\n{text}");
    if let Ok(run) = file::read(text).or_else(|_| file::read(&whole)) {
        assert_eq!(file::read(&file::write(&run)), Ok(run));
    }
});
