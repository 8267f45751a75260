//! Where the servers' logs end, and whom that binds.

use super::Status;
use crate::raft::{LogPosition, MAX_SERVERS, NodeId, Role, Term};

/// What is known of one server's log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Log {
    /// Where it ends, or did before its disk was wiped.
    end: LogPosition,
    /// The server's term when it was moved there.
    since: Term,
    /// The best that the server can have told voters of its current term: where its log ended when it ran.
    ran_with: LogPosition,
}

/// The logs of all servers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Logs([Log; MAX_SERVERS]);

impl Logs {
    /// Takes in what a step made of a server. A disk that is wiped is no step: its server's log is empty, but not moved.
    pub(super) fn observe(&mut self, server: NodeId, before: Status, now: Status) {
        let log = &mut self.0[server.index()];
        if now.last_log != before.last_log {
            log.end = now.last_log;
            log.since = now.term;
        }
        if now.term != before.term {
            log.ran_with = LogPosition::default();
        }
        // Equal positions are the same position, so it matters not which of the two is kept.
        // It may have been moved between the request for votes and the election, or between two requests in one term.
        if matches!(now.role, Role::Candidate | Role::Leader) && order(log.ran_with) < order(now.last_log) {
            log.ran_with = now.last_log;
        }
    }

    /// A server of the majority that held, before term `term`, what the leader of that term lacks; `None` if it lacks nothing.
    pub(super) fn lacking(&self, leader: NodeId, term: Term, size: usize) -> Option<NodeId> {
        let all = NodeId::all(size).map(|server| (server, self.0[server.index()]));
        let mut counting: Vec<_> = all.filter(|(_, log)| log.since < term).collect();
        // The best first. As many as make a majority hold what the last of that many holds.
        counting.sort_by_key(|(_, log)| std::cmp::Reverse(order(log.end)));
        let (holder, held) = counting.get(size / 2)?;
        let ran_with = self.0[leader.index()].ran_with;
        (order(ran_with) < order(held.end)).then_some(*holder)
    }
}

/// "If the logs have last entries with different terms, then the log with the later term is more up-to-date. If the logs end
/// with the same term, then whichever log is longer is more up-to-date" (§5.4.1). Said again here because the protocol's own
/// order is what is judged.
const fn order(position: LogPosition) -> (Term, u32) {
    (position.last_term, position.last_index)
}
