//! The nine cases of the lab's skeleton: three messages (AppendEntries, RequestVote, a reply to either) by three roles.
//!
//! A case is a module; its tests are the branches of the case. Each compares all outputs, in their order, and the whole
//! election state afterwards. The server under test is S1 of five.

use crate::common::server::{Server, candidate, follower, leader};
use crate::common::words::{
    S1, S2, S3, S4, S5, accepted, cancel, decision, disk, granted, heartbeat, log, persist, refused, rejected,
    request_vote, request_vote_with, send, set,
};
use raft_playground::raft::Role::{Candidate, Follower, Leader};
use raft_playground::raft::SteppedDown::{LeaderOfTerm, NewerTerm};
use raft_playground::raft::Timer::{Election, Heartbeat};
use raft_playground::raft::{
    Decision, DeniedHeartbeat, DeniedVote, HardState, IgnoredReply, NodeId, NodeSet, Output, Role, Term,
};

fn term_advanced(old: u32, new: u32, from: NodeId) -> Decision {
    Decision::TermAdvanced {
        old: Term(old),
        new: Term(new),
        from,
    }
}

fn vote_granted(to: NodeId, term: u32) -> Decision {
    Decision::VoteGranted {
        to,
        term: Term(term),
        timer_reset: true,
    }
}

fn vote_denied(to: NodeId, term: u32, why: DeniedVote) -> Decision {
    Decision::VoteDenied {
        to,
        term: Term(term),
        why,
    }
}

fn heartbeat_denied(from: NodeId, term: u32, why: DeniedHeartbeat) -> Decision {
    Decision::HeartbeatDenied {
        from,
        term: Term(term),
        why,
    }
}

fn ignored(role: Role, from: NodeId, why: IgnoredReply) -> Output {
    decision(role, Decision::ReplyIgnored { from, why })
}

/// S1 in term 3 as a follower whose log has two entries, the last of term 2.
fn follower_with_log() -> Server {
    Server::start(
        S1,
        5,
        HardState {
            last_log: log(2, 2),
            ..disk(3, None)
        },
    )
}

mod case_1_follower_receives_append_entries {
    use super::*;

    #[test]
    fn of_an_older_term() {
        let mut server = Server::follower(3);
        let outputs = server.receive(S2, heartbeat(2));
        let denied = heartbeat_denied(S2, 2, DeniedHeartbeat::StaleTerm);
        assert_eq!(outputs, [decision(Follower, denied), send(S2, rejected(3))]);
        assert_eq!(server.seen(), follower(3));
    }

    #[test]
    fn of_an_older_term_while_it_follows_the_leader_of_its_own() {
        let mut server = Server::follower(3);
        server.receive(S3, heartbeat(3));
        let outputs = server.receive(S2, heartbeat(2));
        let denied = heartbeat_denied(S2, 2, DeniedHeartbeat::StaleTerm);
        assert_eq!(outputs, [decision(Follower, denied), send(S2, rejected(3))]);
        assert_eq!(server.seen(), follower(3).following(S3));
    }

    #[test]
    fn of_its_own_term() {
        let mut server = Server::follower(3);
        let accept = [
            set(Election),
            decision(
                Follower,
                Decision::HeartbeatAccepted {
                    from: S2,
                    timer_reset: true,
                },
            ),
            send(S2, accepted(3)),
        ];
        for _ in 0..2 {
            assert_eq!(server.receive(S2, heartbeat(3)), accept);
            assert_eq!(server.seen(), follower(3).following(S2));
        }
    }

    #[test]
    fn of_its_own_term_after_voting_for_another() {
        let mut server = Server::start(S1, 5, disk(3, S3));
        let outputs = server.receive(S2, heartbeat(3));
        let accept = [
            set(Election),
            decision(
                Follower,
                Decision::HeartbeatAccepted {
                    from: S2,
                    timer_reset: true,
                },
            ),
            send(S2, accepted(3)),
        ];
        assert_eq!(outputs, accept);
        assert_eq!(server.seen(), follower(3).voted_for(S3).following(S2));
    }

    #[test]
    fn of_a_newer_term() {
        let mut server = Server::start(S1, 5, disk(3, S3));
        server.receive(S3, heartbeat(3));
        let outputs = server.receive(S2, heartbeat(5));
        let accept = [
            persist(5, None),
            decision(Follower, term_advanced(3, 5, S2)),
            set(Election),
            decision(
                Follower,
                Decision::HeartbeatAccepted {
                    from: S2,
                    timer_reset: true,
                },
            ),
            send(S2, accepted(5)),
        ];
        assert_eq!(outputs, accept);
        assert_eq!(server.seen(), follower(5).following(S2));
    }
}

mod case_2_candidate_receives_append_entries {
    use super::*;

    #[test]
    fn of_an_older_term() {
        let mut server = Server::candidate(3);
        let outputs = server.receive(S2, heartbeat(2));
        let denied = heartbeat_denied(S2, 2, DeniedHeartbeat::StaleTerm);
        assert_eq!(outputs, [decision(Candidate, denied), send(S2, rejected(3))]);
        assert_eq!(server.seen(), candidate(3));
    }

    #[test]
    fn of_its_own_term() {
        let mut server = Server::candidate(3);
        server.receive(S4, granted(3));
        let outputs = server.receive(S2, heartbeat(3));
        let yields = [
            decision(Candidate, Decision::SteppedDown(LeaderOfTerm(S2))),
            set(Election),
            decision(
                Follower,
                Decision::HeartbeatAccepted {
                    from: S2,
                    timer_reset: true,
                },
            ),
            send(S2, accepted(3)),
        ];
        assert_eq!(outputs, yields);
        assert_eq!(server.seen(), follower(3).voted_for(S1).following(S2));
    }

    #[test]
    fn of_a_newer_term() {
        let mut server = Server::candidate(3);
        let outputs = server.receive(S2, heartbeat(4));
        let yields = [
            persist(4, None),
            decision(Candidate, term_advanced(3, 4, S2)),
            decision(Candidate, Decision::SteppedDown(NewerTerm)),
            set(Election),
            decision(
                Follower,
                Decision::HeartbeatAccepted {
                    from: S2,
                    timer_reset: true,
                },
            ),
            send(S2, accepted(4)),
        ];
        assert_eq!(outputs, yields);
        assert_eq!(server.seen(), follower(4).following(S2));
    }
}

mod case_3_leader_receives_append_entries {
    use super::*;

    #[test]
    fn of_an_older_term() {
        let mut server = Server::leader(3);
        let outputs = server.receive(S2, heartbeat(2));
        let denied = heartbeat_denied(S2, 2, DeniedHeartbeat::StaleTerm);
        assert_eq!(outputs, [decision(Leader, denied), send(S2, rejected(3))]);
        assert_eq!(server.seen(), leader(3));
    }

    /// Election Safety (Figure 3) rules it out; a server that meets it all the same does not give up its own term.
    #[test]
    fn of_its_own_term() {
        let mut server = Server::leader(3);
        let outputs = server.receive(S2, heartbeat(3));
        let denied = heartbeat_denied(S2, 3, DeniedHeartbeat::LeadsItself);
        assert_eq!(outputs, [decision(Leader, denied), send(S2, rejected(3))]);
        assert_eq!(server.seen(), leader(3));
    }

    #[test]
    fn of_a_newer_term() {
        let mut server = Server::leader(3);
        let outputs = server.receive(S2, heartbeat(4));
        let yields = [
            persist(4, None),
            decision(Leader, term_advanced(3, 4, S2)),
            decision(Leader, Decision::SteppedDown(NewerTerm)),
            cancel(Heartbeat),
            set(Election),
            set(Election),
            decision(
                Follower,
                Decision::HeartbeatAccepted {
                    from: S2,
                    timer_reset: true,
                },
            ),
            send(S2, accepted(4)),
        ];
        assert_eq!(outputs, yields);
        assert_eq!(server.seen(), follower(4).following(S2));
    }
}

mod case_4_follower_receives_request_vote {
    use super::*;

    #[test]
    fn of_an_older_term() {
        let mut server = Server::follower(3);
        let outputs = server.receive(S2, request_vote(2));
        let denied = vote_denied(S2, 2, DeniedVote::StaleTerm);
        assert_eq!(outputs, [decision(Follower, denied), send(S2, refused(3))]);
        assert_eq!(server.seen(), follower(3));
    }

    /// Not even the server that has the vote of this term gets one for an earlier term.
    #[test]
    fn of_an_older_term_from_the_server_that_has_its_vote() {
        let mut server = Server::start(S1, 5, disk(3, S2));
        let outputs = server.receive(S2, request_vote(2));
        let denied = vote_denied(S2, 2, DeniedVote::StaleTerm);
        assert_eq!(outputs, [decision(Follower, denied), send(S2, refused(3))]);
        assert_eq!(server.seen(), follower(3).voted_for(S2));
    }

    #[test]
    fn of_its_own_term_with_its_vote_free() {
        let mut server = Server::follower(3);
        let outputs = server.receive(S2, request_vote(3));
        let grant = [
            persist(3, S2),
            set(Election),
            decision(Follower, vote_granted(S2, 3)),
            send(S2, granted(3)),
        ];
        assert_eq!(outputs, grant);
        assert_eq!(server.seen(), follower(3).voted_for(S2));
    }

    /// The reply may have been lost, so it is given again; the disk has it already.
    #[test]
    fn of_its_own_term_with_its_vote_given_to_the_asker() {
        let mut server = Server::start(S1, 5, disk(3, S2));
        let outputs = server.receive(S2, request_vote(3));
        let grant = [
            set(Election),
            decision(Follower, vote_granted(S2, 3)),
            send(S2, granted(3)),
        ];
        assert_eq!(outputs, grant);
        assert_eq!(server.seen(), follower(3).voted_for(S2));
    }

    #[test]
    fn of_its_own_term_with_its_vote_given_to_another() {
        let mut server = Server::start(S1, 5, disk(3, S2));
        let outputs = server.receive(S4, request_vote(3));
        let denied = vote_denied(S4, 3, DeniedVote::AlreadyVotedFor(S2));
        assert_eq!(outputs, [decision(Follower, denied), send(S4, refused(3))]);
        assert_eq!(server.seen(), follower(3).voted_for(S2));
    }

    #[test]
    fn of_its_own_term_with_a_log_behind_its_own() {
        let mut server = follower_with_log();
        let outputs = server.receive(S2, request_vote_with(3, log(2, 1)));
        let why = DeniedVote::LogBehind {
            mine: log(2, 2),
            theirs: log(2, 1),
        };
        assert_eq!(
            outputs,
            [decision(Follower, vote_denied(S2, 3, why)), send(S2, refused(3))]
        );
        assert_eq!(server.seen(), follower(3));
    }

    #[test]
    fn of_its_own_term_with_a_log_like_its_own() {
        let mut server = follower_with_log();
        let outputs = server.receive(S2, request_vote_with(3, log(2, 2)));
        let written = HardState {
            last_log: log(2, 2),
            ..disk(3, S2)
        };
        let grant = [
            Output::Persist(written),
            set(Election),
            decision(Follower, vote_granted(S2, 3)),
            send(S2, granted(3)),
        ];
        assert_eq!(outputs, grant);
        assert_eq!(server.seen(), follower(3).voted_for(S2));
    }

    /// A vote of an earlier term does not bind, and the leader of an earlier term is none of this term.
    #[test]
    fn of_a_newer_term() {
        let mut server = Server::start(S1, 5, disk(3, S2));
        server.receive(S2, heartbeat(3));
        let outputs = server.receive(S4, request_vote(5));
        let grant = [
            persist(5, S4),
            decision(Follower, term_advanced(3, 5, S4)),
            set(Election),
            decision(Follower, vote_granted(S4, 5)),
            send(S4, granted(5)),
        ];
        assert_eq!(outputs, grant);
        assert_eq!(server.seen(), follower(5).voted_for(S4));
    }

    /// The term is learned, the vote stays free, and the election timer runs on.
    #[test]
    fn of_a_newer_term_with_a_log_behind_its_own() {
        let mut server = follower_with_log();
        let outputs = server.receive(S2, request_vote_with(4, log(1, 7)));
        let why = DeniedVote::LogBehind {
            mine: log(2, 2),
            theirs: log(1, 7),
        };
        let written = HardState {
            last_log: log(2, 2),
            ..disk(4, None)
        };
        let deny = [
            Output::Persist(written),
            decision(Follower, term_advanced(3, 4, S2)),
            decision(Follower, vote_denied(S2, 4, why)),
            send(S2, refused(4)),
        ];
        assert_eq!(outputs, deny);
        assert_eq!(server.seen(), follower(4));
    }
}

mod case_5_candidate_receives_request_vote {
    use super::*;

    #[test]
    fn of_an_older_term() {
        let mut server = Server::candidate(3);
        let outputs = server.receive(S2, request_vote(2));
        let denied = vote_denied(S2, 2, DeniedVote::StaleTerm);
        assert_eq!(outputs, [decision(Candidate, denied), send(S2, refused(3))]);
        assert_eq!(server.seen(), candidate(3));
    }

    /// Its vote is its own. It keeps the votes that it has and keeps waiting.
    #[test]
    fn of_its_own_term() {
        let mut server = Server::candidate(3);
        server.receive(S4, granted(3));
        let outputs = server.receive(S2, request_vote(3));
        let denied = vote_denied(S2, 3, DeniedVote::AlreadyVotedFor(S1));
        assert_eq!(outputs, [decision(Candidate, denied), send(S2, refused(3))]);
        assert_eq!(server.seen(), candidate(3).with_votes_of([S1, S4]));
    }

    #[test]
    fn of_a_newer_term() {
        let mut server = Server::candidate(3);
        let outputs = server.receive(S2, request_vote(4));
        let grant = [
            persist(4, S2),
            decision(Candidate, term_advanced(3, 4, S2)),
            decision(Candidate, Decision::SteppedDown(NewerTerm)),
            set(Election),
            decision(Follower, vote_granted(S2, 4)),
            send(S2, granted(4)),
        ];
        assert_eq!(outputs, grant);
        assert_eq!(server.seen(), follower(4).voted_for(S2));
    }

    /// It steps down all the same; its election timer runs on.
    #[test]
    fn of_a_newer_term_with_a_log_behind_its_own() {
        let mut server = follower_with_log();
        server.time_out();
        let outputs = server.receive(S2, request_vote(5));
        let why = DeniedVote::LogBehind {
            mine: log(2, 2),
            theirs: log(0, 0),
        };
        let written = HardState {
            last_log: log(2, 2),
            ..disk(5, None)
        };
        let deny = [
            Output::Persist(written),
            decision(Candidate, term_advanced(4, 5, S2)),
            decision(Candidate, Decision::SteppedDown(NewerTerm)),
            decision(Follower, vote_denied(S2, 5, why)),
            send(S2, refused(5)),
        ];
        assert_eq!(outputs, deny);
        assert_eq!(server.seen(), follower(5));
    }
}

mod case_6_leader_receives_request_vote {
    use super::*;

    #[test]
    fn of_an_older_term() {
        let mut server = Server::leader(3);
        let outputs = server.receive(S2, request_vote(2));
        let denied = vote_denied(S2, 2, DeniedVote::StaleTerm);
        assert_eq!(outputs, [decision(Leader, denied), send(S2, refused(3))]);
        assert_eq!(server.seen(), leader(3));
    }

    #[test]
    fn of_its_own_term() {
        let mut server = Server::leader(3);
        let outputs = server.receive(S4, request_vote(3));
        let denied = vote_denied(S4, 3, DeniedVote::AlreadyVotedFor(S1));
        assert_eq!(outputs, [decision(Leader, denied), send(S4, refused(3))]);
        assert_eq!(server.seen(), leader(3));
    }

    #[test]
    fn of_a_newer_term() {
        let mut server = Server::leader(3);
        let outputs = server.receive(S2, request_vote(4));
        let grant = [
            persist(4, S2),
            decision(Leader, term_advanced(3, 4, S2)),
            decision(Leader, Decision::SteppedDown(NewerTerm)),
            cancel(Heartbeat),
            set(Election),
            set(Election),
            decision(Follower, vote_granted(S2, 4)),
            send(S2, granted(4)),
        ];
        assert_eq!(outputs, grant);
        assert_eq!(server.seen(), follower(4).voted_for(S2));
    }

    /// It steps down without giving its vote. A follower needs an election timer, and a leader has none.
    #[test]
    fn of_a_newer_term_with_a_log_behind_its_own() {
        let mut server = follower_with_log();
        server.time_out();
        server.receive(S2, granted(4));
        server.receive(S3, granted(4));
        let outputs = server.receive(S2, request_vote(5));
        let why = DeniedVote::LogBehind {
            mine: log(2, 2),
            theirs: log(0, 0),
        };
        let written = HardState {
            last_log: log(2, 2),
            ..disk(5, None)
        };
        let deny = [
            Output::Persist(written),
            decision(Leader, term_advanced(4, 5, S2)),
            decision(Leader, Decision::SteppedDown(NewerTerm)),
            cancel(Heartbeat),
            set(Election),
            decision(Follower, vote_denied(S2, 5, why)),
            send(S2, refused(5)),
        ];
        assert_eq!(outputs, deny);
        assert_eq!(server.seen(), follower(5));
    }
}

mod case_7_follower_receives_a_reply {
    use super::*;

    /// A reply to an election that it gave up. A follower counts no votes, of whatever term.
    #[test]
    fn to_its_request_vote_of_an_older_or_its_own_term() {
        for reply in [granted(2), refused(2), granted(3), refused(3)] {
            let mut server = Server::candidate(3);
            server.receive(S2, heartbeat(3));
            let outputs = server.receive(S4, reply);
            assert_eq!(outputs, [ignored(Follower, S4, IgnoredReply::NotCandidate)]);
            assert_eq!(server.seen(), follower(3).voted_for(S1).following(S2));
        }
    }

    #[test]
    fn to_its_request_vote_of_a_newer_term() {
        for reply in [granted(4), refused(4)] {
            let mut server = Server::start(S1, 5, disk(3, S1));
            let outputs = server.receive(S4, reply);
            let learn = [
                persist(4, None),
                decision(Follower, term_advanced(3, 4, S4)),
                ignored(Follower, S4, IgnoredReply::NotCandidate),
            ];
            assert_eq!(outputs, learn);
            assert_eq!(server.seen(), follower(4));
        }
    }

    #[test]
    fn to_its_heartbeat_of_an_older_or_its_own_term() {
        for reply in [accepted(2), rejected(2), accepted(3), rejected(3)] {
            let mut server = Server::start(S1, 5, disk(3, S2));
            server.receive(S2, heartbeat(3));
            assert_eq!(server.receive(S4, reply), []);
            assert_eq!(server.seen(), follower(3).voted_for(S2).following(S2));
        }
    }

    #[test]
    fn to_its_heartbeat_of_a_newer_term() {
        for reply in [accepted(4), rejected(4)] {
            let mut server = Server::start(S1, 5, disk(3, S2));
            server.receive(S2, heartbeat(3));
            let learn = [persist(4, None), decision(Follower, term_advanced(3, 4, S4))];
            assert_eq!(server.receive(S4, reply), learn);
            assert_eq!(server.seen(), follower(4));
        }
    }
}

mod case_8_candidate_receives_a_reply {
    use super::*;

    #[test]
    fn to_its_request_vote_of_an_older_term() {
        for reply in [granted(2), refused(2)] {
            let mut server = Server::candidate(3);
            let outputs = server.receive(S2, reply);
            assert_eq!(outputs, [ignored(Candidate, S2, IgnoredReply::StaleTerm)]);
            assert_eq!(server.seen(), candidate(3));
        }
    }

    #[test]
    fn that_grants_a_vote_short_of_a_majority() {
        let mut server = Server::candidate(3);
        let outputs = server.receive(S2, granted(3));
        let counted = Decision::VoteReceived { from: S2, count: 2 };
        assert_eq!(outputs, [decision(Candidate, counted)]);
        assert_eq!(server.seen(), candidate(3).with_votes_of([S1, S2]));
    }

    #[test]
    fn that_grants_the_vote_of_a_majority() {
        let mut server = Server::candidate(3);
        server.receive(S2, granted(3));
        let outputs = server.receive(S3, granted(3));
        let votes = NodeSet::from_iter([S1, S2, S3]);
        let wins = [
            decision(Candidate, Decision::VoteReceived { from: S3, count: 3 }),
            decision(Candidate, Decision::ElectionWon { votes }),
            cancel(Election),
            set(Heartbeat),
            send(S2, heartbeat(3)),
            send(S3, heartbeat(3)),
            send(S4, heartbeat(3)),
            send(S5, heartbeat(3)),
        ];
        assert_eq!(outputs, wins);
        assert_eq!(server.seen(), leader(3));
    }

    #[test]
    fn that_grants_a_vote_which_it_has() {
        let mut server = Server::candidate(3);
        server.receive(S2, granted(3));
        let outputs = server.receive(S2, granted(3));
        assert_eq!(outputs, [ignored(Candidate, S2, IgnoredReply::Duplicate)]);
        assert_eq!(server.seen(), candidate(3).with_votes_of([S1, S2]));
    }

    #[test]
    fn that_refuses_a_vote() {
        let mut server = Server::candidate(3);
        for _ in 0..2 {
            let outputs = server.receive(S2, refused(3));
            assert_eq!(outputs, [decision(Candidate, Decision::VoteRefused { from: S2 })]);
            assert_eq!(server.seen(), candidate(3));
        }
    }

    /// Whatever the reply says: a vote of another term is none for this candidate.
    #[test]
    fn to_its_request_vote_of_a_newer_term() {
        for reply in [granted(4), refused(4)] {
            let mut server = Server::candidate(3);
            server.receive(S3, granted(3));
            let outputs = server.receive(S2, reply);
            let yields = [
                persist(4, None),
                decision(Candidate, term_advanced(3, 4, S2)),
                decision(Candidate, Decision::SteppedDown(NewerTerm)),
                ignored(Follower, S2, IgnoredReply::NotCandidate),
            ];
            assert_eq!(outputs, yields);
            assert_eq!(server.seen(), follower(4));
        }
    }

    #[test]
    fn to_its_heartbeat_of_an_older_or_its_own_term() {
        for reply in [accepted(2), rejected(2), accepted(3), rejected(3)] {
            let mut server = Server::candidate(3);
            assert_eq!(server.receive(S2, reply), []);
            assert_eq!(server.seen(), candidate(3));
        }
    }

    #[test]
    fn to_its_heartbeat_of_a_newer_term() {
        for reply in [accepted(4), rejected(4)] {
            let mut server = Server::candidate(3);
            let yields = [
                persist(4, None),
                decision(Candidate, term_advanced(3, 4, S2)),
                decision(Candidate, Decision::SteppedDown(NewerTerm)),
            ];
            assert_eq!(server.receive(S2, reply), yields);
            assert_eq!(server.seen(), follower(4));
        }
    }
}

mod case_9_leader_receives_a_reply {
    use super::*;

    /// The election is over: late votes, doubled votes and refusals change nothing.
    #[test]
    fn to_its_request_vote_of_an_older_or_its_own_term() {
        for (from, reply) in [
            (S4, granted(3)),
            (S2, granted(3)),
            (S4, refused(3)),
            (S4, granted(2)),
            (S4, refused(2)),
        ] {
            let mut server = Server::leader(3);
            let outputs = server.receive(from, reply);
            assert_eq!(outputs, [ignored(Leader, from, IgnoredReply::NotCandidate)]);
            assert_eq!(server.seen(), leader(3));
        }
    }

    #[test]
    fn to_its_request_vote_of_a_newer_term() {
        for reply in [granted(4), refused(4)] {
            let mut server = Server::leader(3);
            let outputs = server.receive(S4, reply);
            let yields = [
                persist(4, None),
                decision(Leader, term_advanced(3, 4, S4)),
                decision(Leader, Decision::SteppedDown(NewerTerm)),
                cancel(Heartbeat),
                set(Election),
                ignored(Follower, S4, IgnoredReply::NotCandidate),
            ];
            assert_eq!(outputs, yields);
            assert_eq!(server.seen(), follower(4));
        }
    }

    #[test]
    fn to_its_heartbeat_of_an_older_or_its_own_term() {
        for reply in [accepted(2), rejected(2), accepted(3), rejected(3)] {
            let mut server = Server::leader(3);
            assert_eq!(server.receive(S2, reply), []);
            assert_eq!(server.seen(), leader(3));
        }
    }

    /// This is how a leader that was cut off learns that it is deposed.
    #[test]
    fn to_its_heartbeat_of_a_newer_term() {
        for reply in [accepted(4), rejected(4)] {
            let mut server = Server::leader(3);
            let yields = [
                persist(4, None),
                decision(Leader, term_advanced(3, 4, S2)),
                decision(Leader, Decision::SteppedDown(NewerTerm)),
                cancel(Heartbeat),
                set(Election),
            ];
            assert_eq!(server.receive(S2, reply), yields);
            assert_eq!(server.seen(), follower(4));
        }
    }
}
