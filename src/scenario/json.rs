//! The trace as JSON, for whoever wants to compute with it. `docs/exports.md` documents its shape.
//!
//! The types of this module are that shape. Those named `...Shape` stand for the types of the protocol and the simulation and
//! say what their fields are called in the file and in which order they come; serde compares the two, so that a variant
//! without a shape does not compile. Derived on the types themselves, they would be shorter, but the protocol would carry the
//! file's names, its order of fields and what it leaves out.

use serde::{Serialize, Serializer};

use super::{Run, conformity, file};
use crate::{
    raft::{
        Conformity, Decision, DeniedHeartbeat, DeniedVote, HardState, IgnoredReply, LogPosition, Message, NodeId,
        NodeSet, Quorum, Role, Rule, Rules, SteppedDown, Term, Timer,
    },
    sim::{Action, Config, Event, EventId, EventKind, History, LostWhere, Micros, Range},
};

/// The version of the shape.
pub const VERSION: u32 = 1;

/// The events of a run's current branch up to the instant that is visited, as far as they are in memory.
#[must_use]
pub fn trace(run: &Run, history: &History) -> String {
    let (first, next) = (history.trace().first(), history.world().next_event());
    let head = Head {
        format: "raft-playground trace",
        version: VERSION,
        scenario: run.id.slug(),
        title: &run.title,
        seed: run.recording.seed.to_string(),
        branch: history.current().0 + 1,
        now_us: history.now(),
        modified_rules: conformity(history) != Conformity::Paper,
        config: Cluster::from(&run.recording.config),
        run: file::write(run),
        complete: first == EventId(0),
    };
    // The events are the object's last field. Each is a line, which serde_json does not do by itself.
    let mut out = json(&head);
    out.truncate(out.len() - "}".len());
    out.push_str(",\"events\":[");
    for event in history.trace().range(first, next) {
        out.push_str(if event.id == first { "\n" } else { ",\n" });
        out.push_str(&self::event(event));
    }
    out.push_str("\n]}\n");
    out
}

/// One event as it stands in the trace.
#[must_use]
pub fn event(event: &Event) -> String {
    json(&EventShape::from(event))
}

fn json(value: &impl Serialize) -> String {
    // Every key is a text, so nothing can fail. Not `expect`: it would bring the words of errors that never come into the page.
    serde_json::to_string(value).unwrap_or_default()
}

/// All but the events.
#[derive(Serialize)]
struct Head<'a> {
    format: &'static str,
    version: u32,
    scenario: &'static str,
    title: &'a str,
    /// Text, because many programs read numbers as floats.
    seed: String,
    branch: usize,
    now_us: Micros,
    modified_rules: bool,
    config: Cluster,
    /// All that makes the run again, as a scenario file.
    run: String,
    complete: bool,
}

/// The cluster before it started.
#[derive(Serialize)]
struct Cluster {
    servers: u8,
    running: NodeSet,
    election_timeout_us: [Micros; 2],
    heartbeat_interval_us: Micros,
    delay_us: [Micros; 2],
    loss_permille: u16,
    duplication_permille: u16,
    reordering_permille: u16,
    cut: Vec<String>,
    logs: Vec<(Term, u32)>,
    #[serde(serialize_with = "rules")]
    rules: Rules,
}

impl From<&Config> for Cluster {
    fn from(config: &Config) -> Self {
        let range = |range: Range| [range.min, range.max];
        let cut = config.links.cut().map(|(from, to)| format!("{from}>{to}"));
        let logs = &config.logs[..usize::from(config.size)];
        Self {
            servers: config.size,
            running: config.running,
            election_timeout_us: range(config.timing.election_timeout),
            heartbeat_interval_us: config.timing.heartbeat_interval,
            delay_us: range(config.network.delay),
            loss_permille: config.network.loss_permille,
            duplication_permille: config.network.duplication_permille,
            reordering_permille: config.network.reordering_permille,
            cut: cut.collect(),
            logs: logs.iter().map(|log| (log.last_term, log.last_index)).collect(),
            rules: config.rules,
        }
    }
}

/// Each rule by its name in scenario files, then the quorum.
fn rules<S: Serializer>(rules: &Rules, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    #[serde(untagged)]
    enum Value {
        Switch(bool),
        Name(&'static str),
        Votes(u8),
    }
    let switches = Rule::ALL
        .iter()
        .map(|rule| (rule.slug(), Value::Switch(rules.get(*rule))));
    let quorum = match rules.quorum {
        Quorum::Majority => Value::Name("majority"),
        Quorum::Votes(votes) => Value::Votes(votes),
    };
    serializer.collect_map(switches.chain([("quorum", quorum)]))
}

/// An event.
#[derive(Serialize)]
struct EventShape {
    id: EventId,
    at_us: Micros,
    cause: Option<EventId>,
    server: Option<NodeId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<Role>,
    #[serde(skip_serializing_if = "Option::is_none")]
    term: Option<Term>,
    #[serde(flatten, with = "EventKindShape")]
    kind: EventKind,
}

impl From<&Event> for EventShape {
    fn from(event: &Event) -> Self {
        Self {
            id: event.id,
            at_us: event.at,
            cause: event.cause,
            server: event.server,
            role: event.server.map(|_| event.role),
            term: event.server.map(|_| event.term),
            kind: event.kind,
        }
    }
}

#[derive(Serialize)]
#[serde(remote = "EventKind", tag = "kind", rename_all = "snake_case")]
enum EventKindShape {
    Action(#[serde(serialize_with = "action")] Action),
    TimerSet {
        timer: Timer,
        #[serde(rename = "fires_at_us")]
        fires_at: Micros,
    },
    TimerCancelled(#[serde(serialize_with = "timer")] Timer),
    TimerFired(#[serde(serialize_with = "timer")] Timer),
    Persisted(#[serde(with = "HardStateShape")] HardState),
    Sent {
        to: NodeId,
        /// Only where it waits.
        #[serde(rename = "waits_us", skip_serializing_if = "is_no_time")]
        waits: Micros,
        #[serde(flatten, with = "MessageShape")]
        message: Message,
    },
    Duplicated {
        to: NodeId,
        /// What is left of the wait of what was sent.
        #[serde(skip)]
        waits: Micros,
        #[serde(flatten, with = "MessageShape")]
        message: Message,
    },
    Delivered {
        from: NodeId,
        #[serde(flatten, with = "MessageShape")]
        message: Message,
    },
    Held {
        from: NodeId,
        #[serde(flatten, with = "MessageShape")]
        message: Message,
    },
    Lost {
        from: NodeId,
        #[serde(rename = "where")]
        place: LostWhere,
        #[serde(flatten, with = "MessageShape")]
        message: Message,
    },
    /// A decision has kinds of its own.
    #[serde(untagged)]
    Decided(#[serde(with = "DecisionShape")] Decision),
}

#[derive(Serialize)]
#[serde(remote = "HardState")]
struct HardStateShape {
    current_term: Term,
    voted_for: Option<NodeId>,
    #[serde(flatten, with = "LogPositionShape")]
    last_log: LogPosition,
}

#[derive(Serialize)]
#[serde(remote = "LogPosition")]
struct LogPositionShape {
    #[serde(rename = "last_log_term")]
    last_term: Term,
    #[serde(rename = "last_log_index")]
    last_index: u32,
}

#[derive(Serialize)]
#[serde(remote = "Message", tag = "message")]
enum MessageShape {
    RequestVote {
        #[serde(flatten, with = "LogPositionShape")]
        last_log: LogPosition,
        /// Only where it is true: without extensions it never is.
        #[serde(skip_serializing_if = "is_false")]
        leadership_transfer: bool,
        #[serde(rename = "message_term")]
        term: Term,
    },
    RequestVoteReply {
        vote_granted: bool,
        #[serde(rename = "message_term")]
        term: Term,
    },
    AppendEntries {
        #[serde(rename = "message_term")]
        term: Term,
    },
    AppendEntriesReply {
        success: bool,
        #[serde(rename = "message_term")]
        term: Term,
    },
    PreVote {
        #[serde(flatten, with = "LogPositionShape")]
        last_log: LogPosition,
        #[serde(rename = "message_term")]
        term: Term,
    },
    PreVoteReply {
        vote_granted: bool,
        #[serde(rename = "message_term")]
        term: Term,
    },
    TimeoutNow {
        #[serde(rename = "message_term")]
        term: Term,
    },
}

#[derive(Serialize)]
#[serde(remote = "Decision", tag = "kind", rename_all = "snake_case")]
enum DecisionShape {
    Started,
    ElectionTimedOut,
    ElectionStarted {
        /// It is that of the event.
        #[serde(skip)]
        term: Term,
    },
    VoteReceived {
        from: NodeId,
        count: u8,
    },
    VoteRefused {
        from: NodeId,
    },
    ReplyIgnored {
        from: NodeId,
        why: IgnoredReply,
    },
    ElectionWon {
        votes: NodeSet,
    },
    TermAdvanced {
        from: NodeId,
        #[serde(rename = "old_term")]
        old: Term,
        /// It is that of the event.
        #[serde(skip)]
        new: Term,
    },
    SteppedDown(#[serde(with = "SteppedDownShape")] SteppedDown),
    VoteGranted {
        to: NodeId,
        /// It is that of the event.
        #[serde(skip)]
        term: Term,
        timer_reset: bool,
    },
    VoteDenied {
        to: NodeId,
        #[serde(rename = "message_term")]
        term: Term,
        #[serde(flatten, with = "DeniedVoteShape")]
        why: DeniedVote,
    },
    HeartbeatAccepted {
        from: NodeId,
        timer_reset: bool,
    },
    HeartbeatDenied {
        from: NodeId,
        #[serde(rename = "message_term")]
        term: Term,
        why: DeniedHeartbeat,
    },
    LogMoved(#[serde(with = "LogPositionShape")] LogPosition),
    PreVoteStarted {
        #[serde(rename = "message_term")]
        term: Term,
    },
    PreVoteGranted {
        to: NodeId,
        #[serde(rename = "message_term")]
        term: Term,
    },
    PreVoteDenied {
        to: NodeId,
        #[serde(rename = "message_term")]
        term: Term,
        #[serde(flatten, with = "DeniedVoteShape")]
        why: DeniedVote,
    },
    PreVoteReceived {
        from: NodeId,
        count: u8,
    },
    PreVoteRefused {
        from: NodeId,
    },
    QuorumHeard {
        servers: NodeSet,
    },
    TransferStarted {
        to: NodeId,
    },
    AskedToRun {
        #[serde(rename = "from")]
        by: NodeId,
    },
}

#[derive(Serialize)]
#[serde(remote = "DeniedVote", tag = "why", rename_all = "snake_case")]
enum DeniedVoteShape {
    StaleTerm,
    #[serde(rename = "already_voted")]
    AlreadyVotedFor(#[serde(serialize_with = "voted_for")] NodeId),
    LogBehind {
        #[serde(flatten, with = "LogPositionShape")]
        mine: LogPosition,
        #[serde(flatten, serialize_with = "their_log")]
        theirs: LogPosition,
    },
    HasLeader(#[serde(serialize_with = "leader")] NodeId),
    LowerPriority,
}

#[derive(Serialize)]
#[serde(remote = "SteppedDown", tag = "why", rename_all = "snake_case")]
enum SteppedDownShape {
    NewerTerm,
    LeaderOfTerm(#[serde(serialize_with = "leader")] NodeId),
    NoQuorum,
}

// In the browser a reference is smaller than what it points to.
#[cfg_attr(
    target_pointer_width = "64",
    expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")
)]
fn is_no_time(span: &Micros) -> bool {
    *span == Micros::ZERO
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

// --- Fields that have no name in the program ---

fn action<S: Serializer>(action: &Action, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map([("action", file::words(*action))])
}

fn timer<S: Serializer>(timer: &Timer, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map([("timer", timer)])
}

fn voted_for<S: Serializer>(server: &NodeId, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map([("voted_for", server)])
}

fn leader<S: Serializer>(server: &NodeId, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map([("leader", server)])
}

fn their_log<S: Serializer>(log: &LogPosition, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Theirs {
        their_last_log_term: Term,
        their_last_log_index: u32,
    }
    let theirs = Theirs {
        their_last_log_term: log.last_term,
        their_last_log_index: log.last_index,
    };
    theirs.serialize(serializer)
}
