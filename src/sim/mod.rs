//! Virtual time, timers, the network, disks, faults and history.
//!
//! A [`World`] is a cluster at one instant. It runs [`crate::raft::Node`]s, draws every duration and every loss from addressed
//! [`Luck`], and tells an [`Observer`] about each [`Event`]. A [`History`] keeps what was done to a world, so that any past
//! instant can be visited again.
//!
//! What the layer promises:
//! - **The same again.** Configuration, seed and actions determine every event, bit for bit, on every machine. There are no
//!   floats, no clocks and no maps whose order shows.
//! - **Luck has an address.** A draw is a function of the seed, what it is for, and how many like it came before. Crashing S1
//!   changes no draw of S4.
//! - **Every event has a cause**: the event that led to it, back to an action of the reader.

mod action;
mod by_role;
mod carrying;
mod causes;
mod config;
mod difference;
mod event;
mod history;
mod leadership;
mod links;
mod luck;
mod measures;
mod message_id;
mod own;
mod queue;
mod role_timeline;
mod split;
mod time;
mod trace;
mod world;

pub use action::{
    Action, ActionReader, ActionWriter, ClusterAction, Effect, LinkAction, Meaning, MessageAction, Refused, RoleAction,
    ServerAction, Spelling, Whom,
};
pub use carrying::CarryingLinks;
pub use causes::{CausalStep, Chain};
pub use config::{Config, ConfigError, Network, Range, Timing};
pub use difference::{Difference, Parting, Side};
pub use event::{Event, EventId, EventKind, LostWhere};
pub use history::{
    Acted, BranchId, BranchInfo, BranchRecord, Entry, History, Incident, Memory, Recording, ReplayError, Turning,
};
pub use leadership::{Claim, Contact, Leadership};
pub use links::Links;
pub use luck::{Luck, Stream};
pub use measures::{Measures, Meter};
pub use message_id::MessageId;
pub use own::{OwnKind, OwnSetting, OwnSettings};
pub use queue::InFlight;
pub use role_timeline::{Landmark, Mark, MarkKind, RoleTimeline, Standing, Stretch, TermStart};
pub use split::{Missed, UnheardRequest, VoteShare, votes_are_split};
pub use time::Micros;
pub use trace::Trace;
pub use world::{Armed, Observer, Process, Server, World};
