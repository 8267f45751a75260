//! §5.4.1 "Election restriction" of the Raft paper (extended version): one test for each sentence on elections, and the part
//! of Figure 2 that cites §5.4.
//!
//! Logs themselves are out of scope; a server has the position at which its log ends.

use crate::common::cluster::Cluster;
use crate::common::server::{Server, follower};
use crate::common::words::{
    S1, S2, S3, S4, S5, decisions, disk, granted, log, refused, request_vote_with, resets_election_timer, sent,
};
use raft_playground::raft::{Decision, DeniedVote, HardState, Input, LogPosition, NodeId, Role, Term};

/// S1 of five in this term, its vote free, with a log that ends here.
fn follower_with(term: u32, last_log: LogPosition) -> Server {
    Server::start(S1, 5, disk_with(term, last_log))
}

fn disk_with(term: u32, last_log: LogPosition) -> HardState {
    HardState {
        last_log,
        ..disk(term, None)
    }
}

/// Whether a voter with the log `mine` votes for a candidate with the log `theirs`.
fn votes(mine: LogPosition, theirs: LogPosition) -> bool {
    let mut voter = follower_with(3, mine);
    let outputs = voter.receive(S2, request_vote_with(3, theirs));
    let granting = voter.voted_for() == Some(S2);
    let reply = if granting { granted(3) } else { refused(3) };
    assert_eq!(sent(&outputs), [(S2, reply)]);
    granting
}

/// A cluster of five in term 3 with logs that end here.
fn cluster_with(logs: [LogPosition; 5]) -> Cluster {
    Cluster::from_disks(&logs.map(|last_log| disk_with(3, last_log)))
}

/// Who wins if this server alone times out?
fn winner(mut cluster: Cluster, id: NodeId) -> Vec<NodeId> {
    cluster.time_out(id);
    cluster.settle();
    cluster.in_role(Role::Leader)
}

/// "Raft uses the voting process to prevent a candidate from winning an election unless its log contains all committed
/// entries." An entry that S1, S2 and S3 hold is committed; S4 and S5, which lack it, can't win.
#[test]
fn paper_5_4_1_only_a_log_with_all_committed_entries_wins() {
    let with = log(2, 1);
    let without = log(1, 1);
    let cluster = cluster_with([with, with, with, without, without]);
    for id in [S1, S2, S3] {
        assert_eq!(winner(cluster.clone(), id), [id]);
    }
    for id in [S4, S5] {
        assert_eq!(winner(cluster.clone(), id), []);
    }
}

/// An entry that only a minority holds is not committed, and does not keep the others from winning.
#[test]
fn paper_5_4_1_an_uncommitted_entry_does_not_prevent_an_election() {
    let with = log(2, 1);
    let without = log(1, 1);
    let cluster = cluster_with([with, with, without, without, without]);
    for id in [S1, S2, S3, S4, S5] {
        assert_eq!(winner(cluster.clone(), id), [id]);
    }
}

/// "A candidate must contact a majority of the cluster in order to be elected": with the best log of all too.
#[test]
fn paper_5_4_1_the_best_log_needs_a_majority_too() {
    let mut cluster = cluster_with([log(2, 9), log(1, 1), log(1, 1), log(1, 1), log(1, 1)]);
    for id in [S3, S4, S5] {
        cluster.crash(id);
    }
    assert_eq!(winner(cluster.clone(), S1), []);
    cluster.restart(S3);
    assert_eq!(winner(cluster, S1), [S1]);
}

/// "If the candidate's log is at least as up-to-date as any other log in that majority [...], then it will hold all the
/// committed entries": whoever wins, its voters' logs are no more up-to-date than its own, over many clusters.
#[test]
fn paper_5_4_1_a_winner_is_at_least_as_up_to_date_as_its_voters() {
    let ends = [log(0, 0), log(1, 2), log(2, 1)];
    let mut wins = 0;
    for number in 0..243 {
        let logs: [LogPosition; 5] = [1, 3, 9, 27, 81].map(|weight| ends[number / weight % 3]);
        for id in [S1, S2, S3, S4, S5] {
            let mut cluster = cluster_with(logs);
            cluster.time_out(id);
            cluster.settle();
            let reaches = |voter: &LogPosition| at_least_as_up_to_date(logs[id.index()], *voter);
            let elected = cluster.in_role(Role::Leader) == [id];
            assert_eq!(
                elected,
                logs.iter().filter(|&log| reaches(log)).count() >= 3,
                "{logs:?}"
            );
            if elected {
                wins += 1;
                assert!(
                    cluster
                        .server(id)
                        .votes()
                        .iter()
                        .all(|voter| reaches(&logs[voter.index()]))
                );
            }
        }
    }
    assert!(wins > 0);
}

/// "The RPC includes information about the candidate's log": where it ends now.
#[test]
fn paper_5_4_1_the_request_includes_where_the_log_ends() {
    let mut server = follower_with(3, log(2, 7));
    assert_eq!(
        sent(&server.time_out()),
        [S2, S3, S4, S5].map(|to| (to, request_vote_with(4, log(2, 7))))
    );
    server.step(Input::LogMoved(log(4, 8)));
    assert_eq!(
        sent(&server.time_out()),
        [S2, S3, S4, S5].map(|to| (to, request_vote_with(5, log(4, 8))))
    );
}

/// What a log is does not depend on the process: it is still there after a crash.
#[test]
fn paper_5_4_1_a_log_survives_a_crash() {
    let mut server = follower_with(3, log(1, 1));
    let outputs = server.step(Input::LogMoved(log(2, 2)));
    assert_eq!(decisions(&outputs), [Decision::LogMoved(log(2, 2))]);
    assert_eq!(server.disk(), disk_with(3, log(2, 2)));
    server.restart();
    let outputs = server.receive(S2, request_vote_with(3, log(1, 1)));
    assert_eq!(sent(&outputs), [(S2, refused(3))]);
}

/// "The voter denies its vote if its own log is more up-to-date than that of the candidate."
#[test]
fn paper_5_4_1_a_voter_denies_a_candidate_with_a_lesser_log() {
    let mut voter = follower_with(3, log(2, 2));
    let outputs = voter.receive(S2, request_vote_with(3, log(1, 9)));
    assert_eq!(sent(&outputs), [(S2, refused(3))]);
    let why = DeniedVote::LogBehind {
        mine: log(2, 2),
        theirs: log(1, 9),
    };
    let denied = Decision::VoteDenied {
        to: S2,
        term: Term(3),
        why,
    };
    assert_eq!(decisions(&outputs), [denied]);
    assert!(!resets_election_timer(&outputs));
}

/// A vote that was denied is still free: the next candidate with a good log gets it.
#[test]
fn paper_5_4_1_a_denied_vote_stays_free() {
    let mut voter = follower_with(3, log(2, 2));
    voter.receive(S2, request_vote_with(3, log(1, 9)));
    assert_eq!(voter.seen(), follower(3));
    let outputs = voter.receive(S3, request_vote_with(3, log(2, 2)));
    assert_eq!(sent(&outputs), [(S3, granted(3))]);
}

/// §5.1 holds for a candidate that can't have the vote too: its newer term counts.
#[test]
fn paper_5_4_1_a_newer_term_counts_although_the_vote_is_denied() {
    let follower_in_3 = follower_with(3, log(2, 2));
    let mut candidate_in_4 = follower_in_3.clone();
    candidate_in_4.time_out();
    for mut server in [follower_in_3, candidate_in_4] {
        let outputs = server.receive(S2, request_vote_with(9, log(1, 9)));
        assert_eq!(server.seen(), follower(9));
        assert_eq!(sent(&outputs), [(S2, refused(9))]);
    }
}

/// Figure 2 asks for both: a vote that was given to the asker is not given again once its log has fallen behind.
#[test]
fn paper_5_4_1_the_log_is_compared_for_a_repeated_request_too() {
    let mut voter = follower_with(3, log(2, 2));
    let request = request_vote_with(3, log(2, 2));
    assert_eq!(sent(&voter.receive(S2, request)), [(S2, granted(3))]);
    voter.step(Input::LogMoved(log(2, 3)));
    assert_eq!(sent(&voter.receive(S2, request)), [(S2, refused(3))]);
    assert_eq!(voter.voted_for(), Some(S2));
}

/// "If the logs have last entries with different terms, then the log with the later term is more up-to-date", however short.
#[test]
fn paper_5_4_1_the_later_last_term_is_more_up_to_date() {
    for (mine, theirs) in [(log(1, 1), log(2, 1)), (log(1, 9), log(2, 1)), (log(0, 0), log(1, 1))] {
        assert!(votes(mine, theirs), "{theirs:?} for {mine:?}");
        assert!(!votes(theirs, mine), "{mine:?} for {theirs:?}");
    }
}

/// "If the logs end with the same term, then whichever log is longer is more up-to-date."
#[test]
fn paper_5_4_1_with_the_same_last_term_the_longer_log_is_more_up_to_date() {
    for (mine, theirs) in [(log(2, 1), log(2, 2)), (log(1, 3), log(1, 9))] {
        assert!(votes(mine, theirs), "{theirs:?} for {mine:?}");
        assert!(!votes(theirs, mine), "{mine:?} for {theirs:?}");
    }
}

/// Figure 2: "at least as up-to-date as receiver's log". Equal logs will do.
#[test]
fn paper_5_4_1_an_equal_log_is_up_to_date_enough() {
    for same in [log(0, 0), log(1, 1), log(2, 7)] {
        assert!(votes(same, same));
    }
}

/// Both sentences, over all pairs of small logs.
#[test]
fn paper_5_4_1_all_pairs_of_small_logs() {
    let logs: Vec<LogPosition> = (0..4)
        .flat_map(|term| (0..4).map(move |index| log(term, index)))
        .collect();
    for &mine in &logs {
        for &theirs in &logs {
            assert_eq!(
                votes(mine, theirs),
                at_least_as_up_to_date(theirs, mine),
                "{theirs:?} for {mine:?}"
            );
        }
    }
}

/// The paper's definition, word by word.
fn at_least_as_up_to_date(log: LogPosition, other: LogPosition) -> bool {
    if log.last_term != other.last_term {
        return log.last_term > other.last_term;
    }
    log.last_index >= other.last_index
}
