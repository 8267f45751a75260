//! The simulator: time, timers, network, disks, faults, history.

mod branches;
mod by_role;
mod causes;
mod deterministic;
mod disk_writes;
mod evidence;
mod extensions;
mod history;
mod leadership;
mod links;
mod liveness_rules;
mod luck;
mod measures;
mod messages;
mod network;
mod own_rules;
mod own_settings;
mod process;
mod recording;
mod roles;
#[path = "../support/runs/mod.rs"]
mod runs;
mod timers;
