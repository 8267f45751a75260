//! What the timeline tells of a run, against what was done in it.

use crate::runs::{S1, S2, S3, ms, random, recorded::quiet_config};
use raft_playground::{
    raft::{NodeId, NodeSet, Quorum, Term},
    sim::{Action, Claim, Config, EventId, History, Landmark, Leadership, MarkKind, Process},
};

fn quiet(change: impl Fn(&mut Config)) -> History {
    let mut config = quiet_config();
    change(&mut config);
    History::new(config, 1, &[]).expect("a valid configuration")
}

fn act(history: &mut History, at: u64, action: Action) {
    history.seek(ms(at));
    history.act(action).expect("it can be done");
}

fn marks(history: &History) -> Vec<(u64, MarkKind)> {
    let marks = history.roles().marks();
    marks.map(|mark| (mark.at.as_millis(), mark.kind)).collect()
}

#[test]
fn all_that_is_done_and_every_election_is_marked_but_the_start_of_the_cluster() {
    let mut history = quiet(|_| {});
    act(&mut history, 0, Action::force_timeout(S1));
    act(&mut history, 1000, Action::kill(S2));
    act(&mut history, 1500, Action::start(S2));
    history.seek(ms(1600));
    assert_eq!(
        marks(&history),
        [
            (0, MarkKind::Acted(Action::force_timeout(S1))),
            (0, MarkKind::Ran(S1, Term(1))),
            (20, MarkKind::Elected(S1, Term(1))),
            (1000, MarkKind::Acted(Action::kill(S2))),
            (1500, MarkKind::Acted(Action::start(S2))),
        ]
    );
}

#[test]
fn a_broken_property_is_marked_once_at_its_event() {
    let mut history = quiet(|config| config.rules.quorum = Quorum::Votes(1));
    act(&mut history, 0, Action::force_timeout(S1));
    act(&mut history, 5, Action::force_timeout(S2));
    history.seek(ms(1000));
    // Back and forth: what was heard once is not heard anew.
    history.seek(ms(2));
    history.seek(ms(1000));
    let incidents = history.incidents();
    assert!(incidents.len() > 1, "{incidents:?}");
    let marked = history
        .roles()
        .marks()
        .filter(|mark| mark.landmark() == Landmark::Violation);
    let marked: Vec<_> = marked.map(|mark| (mark.at, mark.kind)).collect();
    let broken: Vec<_> = incidents
        .iter()
        .map(|incident| (incident.at, MarkKind::Broken(incident.violation)))
        .collect();
    assert_eq!(marked, broken);
}

#[test]
fn the_next_and_the_last_of_a_kind_are_never_the_one_at_hand() {
    let mut history = quiet(|_| {});
    for (at, action) in [
        (100, Action::kill(S2)),
        (200, Action::force_timeout(S1)),
        (300, Action::start(S2)),
    ] {
        act(&mut history, at, action);
    }
    let roles = history.roles();
    let next = |at| roles.next(Landmark::Fault, ms(at)).map(|mark| mark.at.as_millis());
    let previous = |at| roles.previous(Landmark::Fault, ms(at)).map(|mark| mark.at.as_millis());
    assert_eq!(
        [99, 100, 200, 299, 300].map(next),
        [Some(100), Some(200), Some(300), Some(300), None]
    );
    assert_eq!(
        [301, 300, 200, 101, 100].map(previous),
        [Some(300), Some(200), Some(100), Some(100), None]
    );
    assert_eq!(
        roles.previous(Landmark::Election, ms(301)).map(|mark| mark.at),
        Some(ms(200))
    );
    assert_eq!(roles.previous(Landmark::Election, ms(200)), None);
}

/// S2 and S3 lead term 1 and have not heard of S1's newer term yet; and the other way round.
#[test]
fn of_leaders_in_several_terms_the_newest_count() {
    for (newer, [one, other]) in [(S1, [S2, S3]), (S3, [S1, S2])] {
        let mut history = quiet(|config| config.rules.quorum = Quorum::Votes(1));
        act(&mut history, 0, Action::force_timeout(one));
        act(&mut history, 0, Action::force_timeout(other));
        let both = [one, other].into_iter().collect();
        assert_eq!(history.roles().leaders_at(ms(0)), Some((both, Term(1))));
        act(&mut history, 15, Action::force_timeout(newer));
        assert_eq!(
            history.roles().leaders_at(ms(15)),
            Some((NodeSet::only(newer), Term(2)))
        );
        assert_eq!(history.roles().leaders_at(ms(14)), Some((both, Term(1))));
    }
}

#[test]
fn a_term_begins_with_its_first_candidate() {
    let mut history = quiet(|_| {});
    act(&mut history, 0, Action::force_timeout(S1));
    act(&mut history, 5, Action::force_timeout(S2));
    act(&mut history, 500, Action::force_timeout(S3));
    let terms: Vec<_> = history
        .roles()
        .terms()
        .map(|start| (start.at.as_millis(), start.term))
        .collect();
    assert_eq!(terms, [(0, Term(1)), (500, Term(2))]);
}

/// Who leads, by the world itself: those of the newest term.
fn led_by(history: &History) -> Option<(NodeSet, Term)> {
    let leadership = Leadership::of(history.world());
    let leads = |server: NodeId| {
        let runs = history.world().server(server).process() == Process::Running;
        leadership.rivals().contains(server) || runs && leadership.claim(server) == Some(Claim::Leads)
    };
    let term = |server: NodeId| history.world().server(server).node().term();
    let all = || NodeId::all(leadership.size).filter(|server| leads(*server));
    let newest = all().map(term).max()?;
    Some((all().filter(|server| term(*server) == newest).collect(), newest))
}

#[test]
fn at_every_instant_those_lead_who_lead_in_the_world() {
    let mut several = 0;
    for seed in 0..40 {
        let mut run = random::wild(seed);
        if seed % 2 == 0 {
            // Several lead one term.
            run.config.rules.quorum = Quorum::Votes(1);
        }
        let mut history = run.history();
        let mut led = Vec::new();
        while history.now() < ms(3000) && history.step() {
            led.push((history.now(), led_by(&history)));
        }
        for (at, leaders) in led {
            several += usize::from(leaders.is_some_and(|(servers, _)| servers.len() > 1));
            assert_eq!(history.roles().leaders_at(at), leaders, "seed {seed} at {at}");
        }
    }
    assert!(several > 0);
}

#[test]
fn who_led_last_is_the_one_whose_end_came_last() {
    let mut history = quiet(|_| {});
    act(&mut history, 0, Action::force_timeout(S1));
    history.seek(ms(500));
    let last = |history: &History| history.roles().last_led(history.world().next_event());
    assert_eq!(last(&history), None, "it still leads");
    act(&mut history, 1000, Action::kill(S1));
    let first_end = history.world().next_event();
    // The crash is its event, and the last one.
    let crash = EventId(first_end.0 - 1);
    assert_eq!(last(&history), Some((S1, crash)));
    assert_eq!(history.roles().last_led(crash), None, "before it, S1 led");
    act(&mut history, 1100, Action::force_timeout(S2));
    history.seek(ms(1500));
    assert_eq!(last(&history).map(|(server, _)| server), Some(S1));
    act(&mut history, 1600, Action::kill(S2));
    act(&mut history, 1700, Action::force_timeout(S3));
    history.seek(ms(1800));
    assert_eq!(last(&history).map(|(server, _)| server), Some(S2));
}

/// Whoever draws it looks whether there is anything new.
#[test]
fn it_says_that_it_has_changed_and_stays_as_it_is_while_the_past_is_visited() {
    let mut history = quiet(|_| {});
    let mut seen = history.roles().changes();
    let mut grows = |history: &History, what: &str| {
        let now = history.roles().changes();
        assert!(now > seen, "{what}");
        seen = now;
    };
    act(&mut history, 0, Action::force_timeout(S1));
    grows(&history, "an election starts");
    history.seek(ms(25));
    grows(&history, "there is a leader");
    act(&mut history, 100, Action::heal_all());
    grows(&history, "something is done");
    history.seek(ms(1999));
    let before = history.roles().changes();
    history.seek(ms(10));
    history.seek(ms(1999));
    assert_eq!(history.roles().changes(), before);
    history.seek(ms(50));
    history.act(Action::spread_timers()).expect("possible");
    assert!(history.roles().changes() > before, "the future is forgotten");

    // A candidate that yields is nothing to go to.
    let mut history = quiet(|_| {});
    act(&mut history, 0, Action::force_timeout(S1));
    act(&mut history, 5, Action::force_timeout(S2));
    history.seek(ms(29));
    let (before, marked) = (history.roles().changes(), history.roles().marks().len());
    history.seek(ms(30));
    assert_eq!(history.roles().marks().len(), marked);
    assert!(history.roles().changes() > before, "a candidate yields");

    let mut history = quiet(|_| {});
    act(&mut history, 0, Action::align_timers());
    let before = history.roles().changes();
    history.fork_without(0);
    assert!(history.roles().changes() > before, "all that was done is forgotten");
}
