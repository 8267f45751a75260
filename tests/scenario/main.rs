//! The built-in scenarios, and runs as links, files and exports.

mod again;
#[path = "../support/checker/mod.rs"]
mod bounds;
mod codec;
mod counterexample;
mod figure1;
mod figure2;
mod figure3;
mod figure4;
mod figure5;
mod free;
mod json;
mod leader_returns;
mod limits;
mod link_size;
mod minority_leader;
mod old_links;
mod one_by_one;
mod one_way_cut;
mod partial_partition;
mod quirk_off;
mod rolling_upgrade;
mod round_trip;
#[path = "../support/runs/mod.rs"]
mod runs;
mod spelling;
mod split_vote;
mod split_vote_thrice;
mod stale_log;
mod stories;
mod support;
mod three_regions;
mod tight_timeout;
mod transcripts;
