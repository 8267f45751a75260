//! Runs whose events are known, the same on this machine and in the browser.

use raft_playground::{
    raft::{LogPosition, NodeSet, Rule, Rules, Term},
    sim::{Action, Config, MessageId, Micros, Network, OwnSetting, Range, Timing},
};

use super::{Run, S1, S2, S3, S4, S5, ms};

/// A run and the fingerprint of its events.
pub struct Pinned {
    pub name: &'static str,
    pub run: Run,
    pub digest: u64,
}

/// The runs. If an event or its text changes on purpose, so do the fingerprints; the seeds in people's links must go on
/// telling the same story all the same.
pub fn all() -> [Pinned; 8] {
    [
        Pinned {
            name: "calm",
            run: calm(),
            digest: 0x0e98_2ce6_47e6_d474,
        },
        Pinned {
            name: "faults",
            run: faults(),
            digest: 0x95d4_f8eb_fa2e_f011,
        },
        Pinned {
            name: "lab",
            run: lab(),
            digest: 0xeb8d_36ed_a56e_aaf2,
        },
        Pinned {
            name: "network",
            run: network(),
            digest: 0x6d62_43d5_16fd_7517,
        },
        Pinned {
            name: "extensions",
            run: extensions(),
            digest: 0x43d2_7bba_ec60_806a,
        },
        Pinned {
            name: "against the rules",
            run: mishandled(),
            digest: 0xd820_73fd_d47c_c8de,
        },
        Pinned {
            name: "settings of their own",
            run: of_their_own(),
            digest: 0x3a61_1f66_a365_c567,
        },
        Pinned {
            name: "rules of their own",
            run: mixed(),
            digest: 0xbb10_6533_52bb_f37a,
        },
    ]
}

/// Five servers by the book, left alone.
fn calm() -> Run {
    Run {
        config: Config::paper(5),
        seed: 1,
        actions: Vec::new(),
        end: ms(3000),
    }
}

/// Everything that can be done to servers, over a bad network.
fn faults() -> Run {
    let mut config = Config::paper(5);
    config.network = bad_network();
    let slow = Timing {
        election_timeout: Range::millis(400, 401),
        heartbeat_interval: ms(99),
    };
    let longer = LogPosition {
        last_term: Term(7),
        last_index: u32::MAX,
    };
    let actions = vec![
        (ms(400), Action::kill(S1)),
        (ms(600), Action::pause(S2)),
        (ms(700), Action::set_log(S3, longer)),
        (ms(900), Action::start(S1)),
        (ms(1500), Action::resume(S2)),
        (ms(1500), Action::wipe_disk(S4)),
        (ms(1501), Action::start(S4)),
        (ms(1800), Action::force_timeout(S5)),
        (ms(2000), Action::set_timing(slow)),
        (ms(2500), Action::set_rules(Rules::lab())),
        (ms(2600), Action::kill(S3)),
        (ms(3000), Action::set_network(Config::paper(5).network)),
        (ms(3000), Action::start(S3)),
    ];
    Run {
        config,
        seed: 0xdead_beef_0123_4567,
        actions,
        end: ms(5000),
    }
}

const fn bad_network() -> Network {
    Network {
        loss_permille: 250,
        ..Network::delaying(Range::millis(1, 80))
    }
}

/// Nine servers under the lab's rules that start one by one, then lose leader after leader.
fn lab() -> Run {
    let mut config = Config::paper(9);
    config.rules = Rules::lab();
    config.running = NodeSet::from_iter([S1, S2, S3]);
    let late = NodeSet::all(9).iter().skip(3).zip(1..);
    let mut actions: Vec<_> = late
        .map(|(server, number)| (ms(100 * number), Action::start(server)))
        .collect();
    for (round, server) in (0..).zip(NodeSet::all(9).iter()) {
        actions.push((ms(1000 + 200 * round), Action::kill(server)));
        actions.push((ms(1700 + 200 * round), Action::start(server)));
    }
    actions.sort_by_key(|&(at, _)| at);
    Run {
        config,
        seed: u64::MAX,
        actions,
        end: ms(5000),
    }
}

/// The extensions of the thesis, with all that can be done to a leader and to the timers that they bring.
fn extensions() -> Run {
    let mut config = Config::paper(5);
    config.rules = Rules {
        pre_vote: true,
        leader_stickiness: true,
        check_quorum: true,
        leader_may_ask: true,
        ..Rules::PAPER
    };
    config.network = Network {
        loss_permille: 20,
        duplication_permille: 30,
        reordering_permille: 30,
        ..Network::delaying(Range::millis(5, 30))
    };
    let actions = vec![
        (ms(600), Action::transfer_leadership(S1, S2)),
        (ms(1000), Action::send_heartbeats(S2)),
        (ms(1001), Action::check_quorum(S2)),
        (ms(1200), Action::expire_leader(S1)),
        (ms(1201), Action::force_timeout(S1)),
        (ms(1600), Action::isolate(S2)),
        (ms(2600), Action::heal_all()),
        (ms(3000), Action::kill(S4)),
    ];
    Run {
        config,
        seed: 1,
        actions,
        end: ms(5000),
    }
}

/// Servers with timers and links with a network of their own.
fn of_their_own() -> Run {
    let actions = vec![
        (
            Micros::ZERO,
            Action::set_server(S1, OwnSetting::election_timeout(Range::millis(600, 900))),
        ),
        (Micros::ZERO, Action::set_server(S2, OwnSetting::clock(1500))),
        (
            Micros::ZERO,
            Action::set_link(S2, S4, OwnSetting::delay(Range::millis(30, 50))),
        ),
        (Micros::ZERO, Action::set_link(S4, S2, OwnSetting::reordering(300))),
        (ms(400), Action::set_server(S2, OwnSetting::heartbeat_interval(ms(120)))),
        (ms(500), Action::set_link(S2, S3, OwnSetting::loss(400))),
        (ms(500), Action::set_link(S2, S5, OwnSetting::duplication(400))),
        (ms(900), Action::kill(S2)),
        (ms(1500), Action::start(S2)),
        (ms(2000), Action::set_link(S2, S4, OwnSetting::as_cluster())),
        (ms(2000), Action::set_server(S2, OwnSetting::as_cluster())),
    ];
    Run {
        config: Config::paper(5),
        seed: 1,
        actions,
        end: ms(4000),
    }
}

/// Servers that go by rules of their own.
fn mixed() -> Run {
    let own = |server, rule, on| Action::set_server(server, OwnSetting::rule(rule, on));
    let actions = vec![
        (Micros::ZERO, own(S4, Rule::PreVote, true)),
        (Micros::ZERO, own(S5, Rule::PreVote, true)),
        (Micros::ZERO, own(S1, Rule::RandomisedTimeouts, false)),
        (ms(400), own(S1, Rule::CheckQuorum, true)),
        (ms(500), Action::isolate(S3)),
        (ms(500), Action::isolate(S5)),
        (ms(1500), Action::heal_all()),
        (ms(1500), own(S2, Rule::LeaderStickiness, true)),
        (ms(2500), Action::set_server(S4, OwnSetting::as_cluster())),
        (ms(2500), own(S5, Rule::PersistVote, false)),
        (ms(2600), Action::force_timeout(S5)),
    ];
    Run {
        config: Config::paper(5),
        seed: 1,
        actions,
        end: ms(4000),
    }
}

/// Servers that do not handle messages by the rules.
fn mishandled() -> Run {
    let from_s1 = |to| MessageId {
        from: S1,
        to,
        number: 0,
        copy: 0,
    };
    let actions = vec![
        (ms(50), Action::force_timeout(S1)),
        (ms(51), Action::force_timeout(S2)),
        (ms(52), Action::force_timeout(S2)),
        (ms(52), Action::refuse_message(from_s1(S3))),
        (ms(52), Action::accept_message(from_s1(S2))),
    ];
    Run {
        config: Config::paper(5),
        seed: 1,
        actions,
        end: ms(1000),
    }
}

/// Everything that can be done to links, messages and timers, over a network that loses, duplicates and reorders.
fn network() -> Run {
    let mut config = Config::paper(5);
    config.network = Network {
        delay: Range::millis(5, 40),
        loss_permille: 50,
        duplication_permille: 100,
        reordering_permille: 150,
    };
    config.links.set(S5, S1, false);
    let message = |to, number, copy| MessageId {
        from: S4,
        to,
        number,
        copy,
    };
    let actions = vec![
        (ms(100), Action::spread_timers()),
        (ms(120), Action::set_election_timer(S4, ms(10))),
        (ms(130), Action::set_election_timer(S3, Micros::ZERO)),
        (ms(500), Action::isolate(S3)),
        (ms(900), Action::rejoin(S3)),
        (ms(1000), Action::cut(S1, S2)),
        (ms(1100), Action::align_timers()),
        (ms(1400), Action::heal(S1, S2)),
        (ms(1500), Action::partition([S1, S2].into_iter().collect())),
        (ms(2200), Action::heal_all()),
        (ms(2500), Action::pause(S2)),
        (ms(2900), Action::kill(S2)),
        (ms(3000), Action::start(S2)),
        // Four of the messages that are under way then.
        (ms(3300), Action::drop_message(message(S3, 30, 0))),
        (ms(3300), Action::duplicate_message(message(S2, 24, 0))),
        (ms(3300), Action::delay_message(message(S5, 29, 0), ms(77))),
        (ms(3300), Action::deliver_message(message(S1, 23, 1))),
    ];
    Run {
        config,
        seed: 0x0bad_cafe,
        actions,
        end: ms(5000),
    }
}
