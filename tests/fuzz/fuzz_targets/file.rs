//! Whatever a scenario file says: no panic, no endless work, and what can be read is a run that is written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use raft_playground::{
    scenario::file,
    sim::{History, Memory},
};

fuzz_target!(|text: &str| {
    let Ok(run) = file::read(text) else { return };
    let written = file::write(&run);
    assert_eq!(file::read(&written).map(|again| file::write(&again)), Ok(written));
    let memory = Memory {
        opening: 2000,
        ..Memory::default()
    };
    let history = History::replay_with_memory(&run.recording, memory).expect("what was read can be opened");
    assert!(history.now() <= History::LONGEST);
});
