//! Where the servers' logs end, and what a leader's log must hold because of that.

use super::judgement::Change;
use crate::{
    raft::{LogPosition, MAX_SERVERS, NodeId, Role, Term},
    short_sort::sorted_by_key,
};

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
    pub(super) fn observe(&mut self, change: Change) {
        let Change { server, before, now } = change;
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
    pub(super) fn holder_of_what_lacks(&self, leader: NodeId, term: Term, size: usize) -> Option<NodeId> {
        let all = NodeId::all(size).map(|server| (server, self.0[server.index()]));
        let counting = all.filter(|(_, log)| log.since < term);
        let (holder, held) = held_by_majority(counting.map(|(server, log)| (server, log.end)), size)?;
        order(self.0[leader.index()].ran_with)
            .lt(&order(held))
            .then_some(holder)
    }
}

/// Where a log has to end so that it lacks nothing that a majority of `size` servers holds, and a server of that majority whose
/// log ends there. `None` if fewer than a majority count.
pub(super) fn held_by_majority(
    logs: impl Iterator<Item = (NodeId, LogPosition)>,
    size: usize,
) -> Option<(NodeId, LogPosition)> {
    // The best first. As many as make a majority hold what the last of that many holds.
    let best_first = sorted_by_key(logs, |(_, end)| std::cmp::Reverse(order(*end)));
    best_first.get(size / 2).copied()
}

/// "If the logs have last entries with different terms, then the log with the later term is more up-to-date. If the logs end
/// with the same term, then whichever log is longer is more up-to-date" (§5.4.1). Said again here because the protocol's own
/// order is what is judged.
pub(super) const fn order(position: LogPosition) -> (Term, u32) {
    (position.last_term, position.last_index)
}
