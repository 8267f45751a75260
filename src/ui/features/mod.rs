//! One folder for each thing that a reader sees. No feature imports another; what two need sinks into a room below.

pub mod adversary;
pub mod atlas;
pub mod branches;
pub mod diagram;
pub mod header;
pub mod help;
pub mod laboratory;
pub mod lessons;
pub mod log;
pub mod network;
pub mod notes;
pub mod practice;
pub mod prefs;
pub mod present;
pub mod ring;
pub mod rules;
pub mod safety;
pub mod servers;
pub mod share;
pub mod sound;
pub mod status;
pub mod timeline;
pub mod toolbar;
pub mod transport;
pub mod why;
