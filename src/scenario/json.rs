//! The trace as JSON, for whoever wants to compute with it. `docs/exports.md` documents its shape.

use std::fmt::{Display, Write};

use super::{Run, conformity, file};
use crate::{
    raft::{
        Conformity, Decision, DeniedHeartbeat, DeniedVote, IgnoredReply, LogPosition, Message, NodeId, NodeSet, Quorum,
        Role, Rule, SteppedDown, Timer,
    },
    sim::{Config, Event, EventId, EventKind, History, LostWhere, Range},
};

/// The version of the shape.
pub const VERSION: u32 = 1;

/// An object that is being written.
struct Object<'a>(&'a mut String);

impl<'a> Object<'a> {
    fn new(out: &'a mut String) -> Self {
        out.push('{');
        Self(out)
    }

    fn key(&mut self, name: &str) {
        if !self.0.ends_with('{') {
            self.0.push(',');
        }
        let _ = write!(self.0, "\"{name}\":");
    }

    fn number(&mut self, name: &str, value: impl Display) {
        self.key(name);
        let _ = write!(self.0, "{value}");
    }

    fn text(&mut self, name: &str, value: &str) {
        self.key(name);
        string(self.0, value);
    }

    fn server(&mut self, name: &str, value: Option<NodeId>) {
        match value {
            Some(server) => self.text(name, &server.to_string()),
            None => self.number(name, "null"),
        }
    }

    fn servers(&mut self, name: &str, value: NodeSet) {
        self.key(name);
        let names: Vec<String> = value.iter().map(|server| format!("\"{server}\"")).collect();
        let _ = write!(self.0, "[{}]", names.join(","));
    }

    fn range(&mut self, name: &str, value: Range) {
        self.key(name);
        let _ = write!(self.0, "[{},{}]", value.min.0, value.max.0);
    }

    fn position(&mut self, value: LogPosition) {
        self.number("last_log_term", value.last_term);
        self.number("last_log_index", value.last_index);
    }

    fn end(self) {
        self.0.push('}');
    }
}

fn string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            control if control.is_control() => {
                let _ = write!(out, "\\u{:04x}", control as u32);
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

/// The events of a run's current branch up to the instant that is visited, as far as they are in memory.
#[must_use]
pub fn trace(run: &Run, history: &History) -> String {
    let (first, next) = (history.trace().first(), history.world().next_event());
    let mut out = String::new();
    let mut head = Object::new(&mut out);
    head.text("format", "raft-playground trace");
    head.number("version", VERSION);
    head.text("scenario", run.id.slug());
    head.text("title", &run.title);
    // Text, because many programs read numbers as floats.
    head.text("seed", &run.recording.seed.to_string());
    head.number("branch", history.current().0 + 1);
    head.number("now_us", history.now().0);
    head.number("modified_rules", conformity(history) != Conformity::Paper);
    head.key("config");
    config(head.0, &run.recording.config);
    // All that makes the run again, as a scenario file.
    head.text("run", &file::write(run));
    head.number("complete", first == EventId(0));
    head.key("events");
    head.0.push('[');
    for event in history.trace().range(first, next) {
        if event.id != first {
            head.0.push(',');
        }
        head.0.push('\n');
        write_event(head.0, event);
    }
    head.0.push_str("\n]");
    head.end();
    out.push('\n');
    out
}

/// The cluster before it started.
fn config(out: &mut String, config: &Config) {
    let mut object = Object::new(out);
    object.number("servers", config.size);
    object.servers("running", config.running);
    object.range("election_timeout_us", config.timing.election_timeout);
    object.number("heartbeat_interval_us", config.timing.heartbeat_interval.0);
    object.range("delay_us", config.network.delay);
    object.number("loss_permille", config.network.loss_permille);
    object.number("duplication_permille", config.network.duplication_permille);
    object.number("reordering_permille", config.network.reordering_permille);
    object.key("cut");
    let cut: Vec<String> = config
        .links
        .cut()
        .map(|(from, to)| format!("\"{from}>{to}\""))
        .collect();
    let _ = write!(object.0, "[{}]", cut.join(","));
    object.key("logs");
    let logs: Vec<String> = config.logs[..usize::from(config.size)]
        .iter()
        .map(|log| format!("[{},{}]", log.last_term, log.last_index))
        .collect();
    let _ = write!(object.0, "[{}]", logs.join(","));
    object.key("rules");
    let mut rules = Object::new(object.0);
    for rule in Rule::ALL {
        rules.number(file::rule_name(*rule), config.rules.get(*rule));
    }
    match config.rules.quorum {
        Quorum::Majority => rules.text("quorum", "majority"),
        Quorum::Votes(votes) => rules.number("quorum", votes),
    }
    rules.end();
    object.end();
}

/// One event as it stands in the trace.
#[must_use]
pub fn event(event: &Event) -> String {
    let mut out = String::new();
    write_event(&mut out, event);
    out
}

fn write_event(out: &mut String, event: &Event) {
    let mut object = Object::new(out);
    object.number("id", event.id.0);
    object.number("at_us", event.at.0);
    match event.cause {
        Some(cause) => object.number("cause", cause.0),
        None => object.number("cause", "null"),
    }
    object.server("server", event.server);
    if event.server.is_some() {
        object.text("role", role(event.role));
        object.number("term", event.term);
    }
    kind(&mut object, event.kind);
    object.end();
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Follower => "follower",
        Role::PreCandidate => "pre-candidate",
        Role::Candidate => "candidate",
        Role::Leader => "leader",
    }
}

const fn timer(timer: Timer) -> &'static str {
    match timer {
        Timer::Election => "election",
        Timer::Heartbeat => "heartbeat",
        Timer::RecentLeader => "recent_leader",
        Timer::CheckQuorum => "check_quorum",
    }
}

fn kind(object: &mut Object<'_>, kind: EventKind) {
    let name = |object: &mut Object<'_>, name| object.text("kind", name);
    match kind {
        EventKind::Action(action) => {
            name(object, "action");
            object.text("action", &file::words(action));
        }
        EventKind::TimerSet { timer: which, fires_at } => {
            name(object, "timer_set");
            object.text("timer", timer(which));
            object.number("fires_at_us", fires_at.0);
        }
        EventKind::TimerCancelled(which) => {
            name(object, "timer_cancelled");
            object.text("timer", timer(which));
        }
        EventKind::TimerFired(which) => {
            name(object, "timer_fired");
            object.text("timer", timer(which));
        }
        EventKind::Persisted(state) => {
            name(object, "persisted");
            object.number("current_term", state.current_term);
            object.server("voted_for", state.voted_for);
            object.position(state.last_log);
        }
        EventKind::Sent { to, message: sent } => {
            name(object, "sent");
            object.server("to", Some(to));
            message(object, sent);
        }
        EventKind::Duplicated { to, message: sent } => {
            name(object, "duplicated");
            object.server("to", Some(to));
            message(object, sent);
        }
        EventKind::Delivered { from, message: sent } => {
            name(object, "delivered");
            object.server("from", Some(from));
            message(object, sent);
        }
        EventKind::Held { from, message: sent } => {
            name(object, "held");
            object.server("from", Some(from));
            message(object, sent);
        }
        EventKind::Lost {
            from,
            message: sent,
            place,
        } => {
            name(object, "lost");
            object.server("from", Some(from));
            object.text("where", lost(place));
            message(object, sent);
        }
        EventKind::Decided(what) => decision(object, what),
    }
}

const fn lost(place: LostWhere) -> &'static str {
    match place {
        LostWhere::Network => "network",
        LostWhere::CutLink => "cut_link",
        LostWhere::Dropped => "dropped",
        LostWhere::FullLink => "full_link",
        LostWhere::ServerDown => "server_down",
        LostWhere::Buffer => "buffer",
    }
}

fn message(object: &mut Object<'_>, message: Message) {
    let term = message.term();
    match message {
        Message::RequestVote {
            last_log,
            leadership_transfer,
            ..
        } => {
            object.text("message", "RequestVote");
            object.position(last_log);
            if leadership_transfer {
                object.number("leadership_transfer", true);
            }
        }
        Message::RequestVoteReply { vote_granted, .. } => {
            object.text("message", "RequestVoteReply");
            object.number("vote_granted", vote_granted);
        }
        Message::AppendEntries { .. } => object.text("message", "AppendEntries"),
        Message::AppendEntriesReply { success, .. } => {
            object.text("message", "AppendEntriesReply");
            object.number("success", success);
        }
        Message::PreVote { last_log, .. } => {
            object.text("message", "PreVote");
            object.position(last_log);
        }
        Message::PreVoteReply { vote_granted, .. } => {
            object.text("message", "PreVoteReply");
            object.number("vote_granted", vote_granted);
        }
        Message::TimeoutNow { .. } => object.text("message", "TimeoutNow"),
    }
    object.number("message_term", term);
}

/// What a decision is called.
pub(super) const fn decision_name(decision: Decision) -> &'static str {
    match decision {
        Decision::Started => "started",
        Decision::ElectionTimedOut => "election_timed_out",
        Decision::ElectionStarted { .. } => "election_started",
        Decision::VoteReceived { .. } => "vote_received",
        Decision::VoteRefused { .. } => "vote_refused",
        Decision::ReplyIgnored { .. } => "reply_ignored",
        Decision::ElectionWon { .. } => "election_won",
        Decision::TermAdvanced { .. } => "term_advanced",
        Decision::SteppedDown(_) => "stepped_down",
        Decision::VoteGranted { .. } => "vote_granted",
        Decision::VoteDenied { .. } => "vote_denied",
        Decision::HeartbeatAccepted { .. } => "heartbeat_accepted",
        Decision::HeartbeatDenied { .. } => "heartbeat_denied",
        Decision::LogMoved(_) => "log_moved",
        Decision::PreVoteStarted { .. } => "pre_vote_started",
        Decision::PreVoteGranted { .. } => "pre_vote_granted",
        Decision::PreVoteDenied { .. } => "pre_vote_denied",
        Decision::PreVoteReceived { .. } => "pre_vote_received",
        Decision::PreVoteRefused { .. } => "pre_vote_refused",
        Decision::QuorumHeard { .. } => "quorum_heard",
        Decision::TransferStarted { .. } => "transfer_started",
        Decision::AskedToRun { .. } => "asked_to_run",
    }
}

fn decision(object: &mut Object<'_>, decision: Decision) {
    object.text("kind", decision_name(decision));
    match decision {
        // The term is that of the event.
        Decision::Started | Decision::ElectionTimedOut | Decision::ElectionStarted { .. } => {}
        Decision::VoteReceived { from, count } | Decision::PreVoteReceived { from, count } => {
            object.server("from", Some(from));
            object.number("count", count);
        }
        Decision::VoteRefused { from } | Decision::PreVoteRefused { from } | Decision::AskedToRun { by: from } => {
            object.server("from", Some(from));
        }
        Decision::HeartbeatAccepted { from, timer_reset } => {
            object.server("from", Some(from));
            object.number("timer_reset", timer_reset);
        }
        Decision::ReplyIgnored { from, why } => {
            object.server("from", Some(from));
            object.text("why", ignored(why));
        }
        Decision::TermAdvanced { old, from, .. } => {
            object.server("from", Some(from));
            object.number("old_term", old);
        }
        Decision::HeartbeatDenied { from, term, why } => {
            object.server("from", Some(from));
            object.number("message_term", term);
            object.text("why", denied_heartbeat(why));
        }
        Decision::VoteGranted { to, timer_reset, .. } => {
            object.server("to", Some(to));
            object.number("timer_reset", timer_reset);
        }
        Decision::TransferStarted { to } => object.server("to", Some(to)),
        Decision::PreVoteStarted { term } => object.number("message_term", term),
        Decision::PreVoteGranted { to, term } => {
            object.server("to", Some(to));
            object.number("message_term", term);
        }
        Decision::QuorumHeard { servers } => object.servers("servers", servers),
        Decision::VoteDenied { to, term, why } | Decision::PreVoteDenied { to, term, why } => {
            object.server("to", Some(to));
            object.number("message_term", term);
            denied_vote(object, why);
        }
        Decision::ElectionWon { votes } => object.servers("votes", votes),
        Decision::SteppedDown(why) => stepped_down(object, why),
        Decision::LogMoved(log) => object.position(log),
    }
}

const fn ignored(why: IgnoredReply) -> &'static str {
    match why {
        IgnoredReply::StaleTerm => "stale_term",
        IgnoredReply::NotCandidate => "not_candidate",
        IgnoredReply::Duplicate => "duplicate",
    }
}

const fn denied_heartbeat(why: DeniedHeartbeat) -> &'static str {
    match why {
        DeniedHeartbeat::StaleTerm => "stale_term",
        DeniedHeartbeat::LeadsItself => "leads_itself",
        DeniedHeartbeat::KeepsRunning => "keeps_running",
    }
}

fn denied_vote(object: &mut Object<'_>, why: DeniedVote) {
    match why {
        DeniedVote::StaleTerm => object.text("why", "stale_term"),
        DeniedVote::AlreadyVotedFor(server) => {
            object.text("why", "already_voted");
            object.server("voted_for", Some(server));
        }
        DeniedVote::LogBehind { mine, theirs } => {
            object.text("why", "log_behind");
            object.position(mine);
            object.number("their_last_log_term", theirs.last_term);
            object.number("their_last_log_index", theirs.last_index);
        }
        DeniedVote::HasLeader(leader) => {
            object.text("why", "has_leader");
            object.server("leader", Some(leader));
        }
    }
}

fn stepped_down(object: &mut Object<'_>, why: SteppedDown) {
    match why {
        SteppedDown::NewerTerm => object.text("why", "newer_term"),
        SteppedDown::LeaderOfTerm(leader) => {
            object.text("why", "leader_of_term");
            object.server("leader", Some(leader));
        }
        SteppedDown::NoQuorum => object.text("why", "no_quorum"),
    }
}
