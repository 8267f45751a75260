//! Servers that go by rules of their own, as in the middle of a rolling upgrade: each goes by its own, and nobody else does.

use crate::runs::{
    Run, S1, S2, S3, S4, S5, ms,
    random::uneven,
    recorded::{Recorded, quiet_config},
};
use raft_playground::{
    raft::{Decision, HardState, LogPosition, Message, NodeId, NodeSet, Role, Rule, Rules, Term, Timer},
    sim::{Action, Config, ConfigError, Event, EventKind, Micros, OwnKind, OwnSetting, OwnSettings, Range, Refused},
};

fn own(server: NodeId, rule: Rule, on: bool) -> Action {
    Action::set_server(server, OwnSetting::rule(rule, on))
}

/// What a server sends from some event on.
fn sent(events: &[Event], from: NodeId) -> Vec<Message> {
    let own = events.iter().filter(|event| event.server == Some(from));
    let sent = own.filter_map(|event| match event.kind {
        EventKind::Sent { message, .. } => Some(message),
        _ => None,
    });
    sent.collect()
}

#[test]
fn a_server_goes_by_its_own_rule_and_all_others_by_those_of_the_cluster() {
    let mut world = Recorded::quiet();
    world.act(own(S1, Rule::PreVote, true));
    for (server, asks_first) in [(S1, true), (S2, false)] {
        let before = world.events_so_far();
        world.act(Action::force_timeout(server));
        let sent = sent(&world.record.events[before..], server);
        assert_eq!(sent.len(), 4);
        for message in sent {
            assert_eq!(matches!(message, Message::PreVote { .. }), asks_first, "{message:?}");
        }
    }
    // And the other way round.
    let mut config = quiet_config();
    config.rules.pre_vote = true;
    let mut world = Recorded::new(config, 1);
    world.act(own(S1, Rule::PreVote, false));
    for (server, role) in [(S1, Role::Candidate), (S2, Role::PreCandidate)] {
        world.act(Action::force_timeout(server));
        assert_eq!(world.server(server).node().role(), role);
    }
}

/// Whoever is not asked to remember a leader does not: it promises its vote while it hears from one. raft-rs does the same, whose
/// lease is part of check quorum.
#[test]
fn a_server_without_pre_vote_promises_its_vote_in_spite_of_a_leader() {
    let promised = |upgraded: &[NodeId]| -> NodeSet {
        let mut world = Recorded::quiet();
        for server in upgraded {
            world.act(own(*server, Rule::PreVote, true));
        }
        world.act(Action::force_timeout(S1));
        world.run_to(ms(100));
        assert_eq!(world.leader(), Some(S1));
        let before = world.events_so_far();
        world.act(Action::force_timeout(S5));
        world.run_to(ms(150));
        let promises = world.record.events[before..]
            .iter()
            .filter_map(|event| match event.kind {
                EventKind::Decided(Decision::PreVoteGranted { to: S5, .. }) => event.server,
                _ => None,
            });
        promises.collect()
    };
    // S1 is taken for a leader by itself.
    assert_eq!(promised(&[S5]), [S2, S3, S4].into_iter().collect());
    assert_eq!(promised(&[S4, S5]), [S2, S3].into_iter().collect());
    assert_eq!(promised(&[S1, S2, S3, S4, S5]), NodeSet::EMPTY);
}

#[test]
fn neither_a_crash_nor_the_rules_of_the_cluster_change_it() {
    let mut world = Recorded::led_by_s1();
    world.act(own(S2, Rule::CheckQuorum, true));
    world.act(own(S2, Rule::PersistVote, false));
    let mut rules = Rules::PAPER;
    rules.pre_vote = true;
    for action in [
        Action::kill(S2),
        Action::wipe_disk(S2),
        Action::start(S2),
        Action::set_log(S2, LogPosition::default()),
        Action::set_rules(rules),
    ] {
        world.act(action);
        let of_cluster = world.config().rules;
        let of_s2 = Rules {
            check_quorum: true,
            persist_vote: false,
            ..of_cluster
        };
        assert_eq!(
            (*world.rules_of(S2), *world.rules_of(S3)),
            (of_s2, of_cluster),
            "{action:?}"
        );
    }
    // One word for another, and a word that gives all back.
    world.act(own(S2, Rule::PersistVote, true));
    assert!(world.rules_of(S2).persist_vote && world.own().server(S2).count() == 2);
    world.act(Action::set_server(S2, OwnSetting::as_cluster()));
    assert_eq!(*world.rules_of(S2), rules);
    assert_eq!(*world.own(), OwnSettings::default());
}

/// As where the rules of all are changed: a vote given while votes were not persisted is not forgotten once they are again.
#[test]
fn what_was_not_on_disk_is_written_once_it_has_to_be() {
    let mut world = Recorded::quiet();
    world.act(own(S2, Rule::PersistVote, false));
    world.act(Action::force_timeout(S1));
    world.run_to(ms(100));
    let voted = world.server(S2).node().hard_state();
    assert_eq!((voted.current_term, voted.voted_for), (Term(1), Some(S1)));
    assert_eq!(
        world.server(S2).disk(),
        HardState {
            voted_for: None,
            ..voted
        }
    );
    assert_eq!(world.server(S3).disk().voted_for, Some(S1));
    world.act(own(S2, Rule::PersistVote, true));
    assert_eq!(world.server(S2).disk(), voted);
    let last = world.record.events.last().expect("it was written");
    assert_eq!((last.server, last.kind), (Some(S2), EventKind::Persisted(voted)));
}

/// It is read where timers are drawn, not in the node.
#[test]
fn one_server_alone_may_draw_no_timeouts() {
    let run = Run {
        config: Config::paper(5),
        seed: 3,
        actions: vec![(Micros::ZERO, own(S1, Rule::RandomisedTimeouts, false))],
        end: Micros::from_secs(1),
    };
    let (world, record) = run.make();
    assert_eq!(world.config().timing.election_timeout, Range::millis(150, 300));
    let spans = |server: NodeId| {
        let set = record.events.iter().filter(move |event| event.server == Some(server));
        set.filter_map(|event| match event.kind {
            EventKind::TimerSet {
                timer: Timer::Election,
                fires_at,
            } => Some(fires_at - event.at),
            _ => None,
        })
        .collect::<Vec<_>>()
    };
    // The first one was started before it was known.
    assert!(spans(S1).len() > 1 && spans(S1)[1..].iter().all(|span| *span == ms(150)));
    assert!(spans(S2).iter().any(|span| *span != ms(150)));
}

#[test]
fn what_is_no_rule_or_not_on_or_off_is_refused() {
    let mut world = Recorded::quiet();
    let beyond = Rule::ALL.len() as u64;
    for setting in [
        OwnSetting::single(OwnKind::RuleOn, beyond),
        OwnSetting::new(
            OwnKind::RuleOff,
            Range {
                min: Micros(0),
                max: Micros(1),
            },
        ),
    ] {
        assert_eq!(setting.of_rule().is_some(), setting.kind == OwnKind::RuleOff);
        world.assert_refuses(Action::set_server(S1, setting), Refused::Config(ConfigError::Range));
    }
    world.assert_refuses(
        Action::set_link(S1, S2, OwnSetting::rule(Rule::PreVote, true)),
        Refused::Config(ConfigError::Range),
    );
}

/// Who goes by the cluster's rules in words of its own draws the same luck as who has none.
#[test]
fn what_is_as_in_the_cluster_changes_nothing() {
    let events = |actions: Vec<Action>| -> Vec<_> {
        let run = Run {
            config: Config::paper(5),
            seed: 7,
            actions: actions.into_iter().map(|action| (Micros::ZERO, action)).collect(),
            end: Micros::from_secs(3),
        };
        let events = run.make().1.events.into_iter();
        let others = events.filter(|event| !matches!(event.kind, EventKind::Action(_)));
        others.map(|event| (event.at, event.server, event.kind)).collect()
    };
    let same = NodeId::all(5).flat_map(|server| {
        let of_paper = Rule::ALL.iter().map(|rule| (*rule, Rules::PAPER.get(*rule)));
        of_paper.map(move |(rule, on)| own(server, rule, on))
    });
    assert_eq!(events(Vec::new()), events(same.collect()));
}

/// The rules of each server, followed apart from the world.
#[test]
fn each_server_goes_by_what_was_said_last() {
    let mut differ = 0;
    for seed in 0..100 {
        let run = uneven(seed);
        let mut world = Recorded::new(run.config, run.seed);
        let (mut cluster, mut owned) = (run.config.rules, vec![Vec::<(Rule, bool)>::new(); 9]);
        for &(at, action) in &run.actions {
            world.run_to(at);
            if world.try_act(action).is_err() {
                continue;
            }
            cluster = action.rules().unwrap_or(cluster);
            if let (Some(server), Some(setting)) = (action.server(), action.own_setting()) {
                let owned = &mut owned[server.index()];
                match (action.own_rule(), setting.about_rule()) {
                    (Some(rule), _) => owned.push(rule),
                    (None, Some(back)) => owned.retain(|(rule, _)| *rule != back),
                    (None, None) if setting == OwnSetting::as_cluster() => owned.clear(),
                    (None, None) => {}
                }
            }
            for server in NodeId::all(run.config.size.into()) {
                let mut rules = cluster;
                for (rule, on) in &owned[server.index()] {
                    rules.set(*rule, *on);
                }
                assert_eq!(*world.rules_of(server), rules, "seed {seed}");
                differ += usize::from(rules != cluster);
            }
        }
    }
    assert!(differ > 500, "{differ}");
}
