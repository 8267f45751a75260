//! Whatever a link says: no panic, no endless work, and what can be opened is a run that is written and read again.
//!
//! Taken as they are, nearly all inputs fail at the checksum. So each is tried a second time as what a checksum would protect.

#![no_main]

use libfuzzer_sys::fuzz_target;
use raft_playground::{
    scenario::link,
    sim::{History, Memory},
};

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        judge(text);
    }
    // The oldest version, and the first that holds notes.
    for version in [1, 5] {
        judge(&sealed(version, data));
    }
});

fn judge(fragment: &str) {
    let Ok(run) = link::decode(fragment) else { return };
    assert_eq!(link::decode(&link::encode(&run)).as_ref(), Ok(&run));
    let memory = Memory {
        opening: 2000,
        ..Memory::default()
    };
    let history = History::replay_with_memory(&run.recording, memory).expect("what was decoded can be opened");
    assert!(history.now() <= History::LONGEST);
}

/// A link of a version to these bytes, with their right checksum.
fn sealed(version: u8, data: &[u8]) -> String {
    let mut bytes = vec![version];
    bytes.extend(data);
    let add = |sum: u32, byte: &u8| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    let sum = bytes.iter().fold(0x811c_9dc5, add);
    bytes.extend(sum.to_le_bytes());
    base64url(&bytes)
}

fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bit = |index: usize| {
        bytes
            .get(index / 8)
            .is_some_and(|byte| byte >> (7 - index % 8) & 1 == 1)
    };
    let sextet = |start: usize| (start..start + 6).fold(0, |value, index| value << 1 | usize::from(bit(index)));
    (0..bytes.len() * 8)
        .step_by(6)
        .map(|start| char::from(ALPHABET[sextet(start)]))
        .collect()
}
