//! What the tests of the protocol share: short words for messages and outputs, one server with its disk, and a cluster
//! whose messages the test delivers.

#![allow(dead_code, reason = "each test file uses its own part")]

pub mod cluster;
pub mod server;
pub mod words;
