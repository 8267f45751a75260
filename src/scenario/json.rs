//! The trace as JSON, for whoever wants to compute with it. The README documents its shape.

use std::fmt::{Display, Write};

use super::{Run, file};
use crate::{
    raft::{Message, NodeId, NodeSet, Note, Role, Timer},
    sim::{Event, EventId, EventKind, History, LostWhere},
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
            control if control < ' ' => {
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
    let config = history.world().config();
    let (first, next) = (history.trace().first(), history.world().next_event());
    let mut out = String::new();
    let mut head = Object::new(&mut out);
    head.text("format", "raft-playground trace");
    head.number("version", VERSION);
    head.text("scenario", run.id.slug());
    head.text("title", &run.title);
    head.number("servers", config.size);
    head.text("seed", &run.recording.seed.to_string());
    head.number("branch", history.current().0 + 1);
    head.number("now_us", history.now().0);
    head.number("modified_rules", config.rules.modified());
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
        Role::Candidate => "candidate",
        Role::Leader => "leader",
    }
}

const fn timer(timer: Timer) -> &'static str {
    match timer {
        Timer::Election => "election",
        Timer::Heartbeat => "heartbeat",
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
        EventKind::Noted(what) => note(object, what),
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
        Message::RequestVote { last_log, .. } => {
            object.text("message", "RequestVote");
            object.number("last_log_term", last_log.last_term);
            object.number("last_log_index", last_log.last_index);
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
    }
    object.number("message_term", term);
}

/// What a note is called.
pub(super) const fn note_name(note: Note) -> &'static str {
    match note {
        Note::Started => "started",
        Note::ElectionTimedOut => "election_timed_out",
        Note::ElectionStarted { .. } => "election_started",
        Note::VoteReceived { .. } => "vote_received",
        Note::VoteRefused { .. } => "vote_refused",
        Note::ReplyIgnored { .. } => "reply_ignored",
        Note::ElectionWon { .. } => "election_won",
        Note::TermAdvanced { .. } => "term_advanced",
        Note::SteppedDown(_) => "stepped_down",
        Note::VoteGranted { .. } => "vote_granted",
        Note::VoteDenied { .. } => "vote_denied",
        Note::HeartbeatAccepted { .. } => "heartbeat_accepted",
        Note::HeartbeatDenied { .. } => "heartbeat_denied",
        Note::LogMoved(_) => "log_moved",
    }
}

fn note(object: &mut Object<'_>, note: Note) {
    object.text("kind", note_name(note));
    match note {
        Note::VoteReceived { from, count } => {
            object.server("from", Some(from));
            object.number("count", count);
        }
        Note::VoteRefused { from }
        | Note::ReplyIgnored { from, .. }
        | Note::TermAdvanced { from, .. }
        | Note::HeartbeatAccepted { from }
        | Note::HeartbeatDenied { from, .. } => object.server("from", Some(from)),
        Note::VoteGranted { to, .. } | Note::VoteDenied { to, .. } => object.server("to", Some(to)),
        Note::ElectionWon { votes } => object.servers("votes", votes),
        Note::LogMoved(log) => {
            object.number("last_log_term", log.last_term);
            object.number("last_log_index", log.last_index);
        }
        Note::Started | Note::ElectionTimedOut | Note::ElectionStarted { .. } | Note::SteppedDown(_) => {}
    }
}
