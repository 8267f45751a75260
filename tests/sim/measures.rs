//! Measures that are not about safety: by runs made by hand, and against a count of all events of random runs, at any instant of
//! any branch.

use crate::runs::{
    Run, S1, S2, S3, S4, ms, random,
    recorded::{Record, quiet_config},
};
use raft_playground::{
    raft::{Decision, Quorum, Term, Timer},
    sim::{Action, Config, Event, EventKind, History, MarkKind, Measures, Memory, Meter, Micros, World},
};

// --- By hand ---

/// Five servers in which nothing happens unless the script does it; a message takes ten milliseconds.
fn quiet(script: &[(u64, Action)]) -> History {
    let script: Vec<_> = script.iter().map(|&(at, action)| (ms(at), action)).collect();
    History::new(quiet_config(), 1, &script).expect("a valid configuration")
}

fn at(history: &mut History, millis: u64) -> Measures {
    history.seek(ms(millis));
    history.measures()
}

#[test]
fn before_the_first_leader_all_time_is_without_one() {
    let mut history = quiet(&[(100, Action::force_timeout(S1))]);
    let blank = Measures {
        elections_started: 0,
        elections_won: 0,
        split_votes: 0,
        leader_changes: 0,
        highest_term: Term::ZERO,
        first_leader_at: None,
        without_leader: Micros::ZERO,
        longest_gap: Micros::ZERO,
    };
    assert_eq!(history.measures(), blank);
    let before = at(&mut history, 99);
    assert_eq!((before.without_leader, before.longest_gap), (ms(99), ms(99)));
    assert_eq!((before.elections_started, before.highest_term), (0, Term(0)));
    let running = at(&mut history, 119);
    assert_eq!((running.elections_started, running.elections_won), (1, 0));
    assert_eq!((running.highest_term, running.first_leader_at), (Term(1), None));
    let led = Measures {
        elections_started: 1,
        elections_won: 1,
        highest_term: Term(1),
        first_leader_at: Some(ms(120)),
        without_leader: ms(120),
        longest_gap: ms(120),
        ..blank
    };
    assert_eq!(at(&mut history, 120), led);
    assert_eq!(at(&mut history, 5000), led);
    assert_eq!(at(&mut history, 99), before, "the past is as it was");
}

#[test]
fn a_gap_lasts_until_somebody_leads_again() {
    let mut history = quiet(&[
        (100, Action::force_timeout(S1)),
        (1000, Action::kill(S1)),
        (1050, Action::start(S1)),
        (1480, Action::force_timeout(S2)),
        (2000, Action::wipe_disk(S2)),
        (2030, Action::force_timeout(S3)),
    ]);
    assert_eq!(at(&mut history, 1000).without_leader, ms(120));
    let inside = at(&mut history, 1400);
    assert_eq!((inside.without_leader, inside.longest_gap), (ms(520), ms(400)));
    let after = at(&mut history, 2000);
    assert_eq!((after.without_leader, after.longest_gap), (ms(620), ms(500)));
    let end = at(&mut history, 3000);
    assert_eq!((end.without_leader, end.longest_gap), (ms(670), ms(500)));
    assert_eq!((end.leader_changes, end.elections_won), (2, 3));
    assert_eq!(end.first_leader_at, Some(ms(120)));
}

#[test]
fn a_leader_that_is_paused_or_cut_off_believes_to_lead() {
    let mut history = quiet(&[
        (100, Action::force_timeout(S1)),
        (1000, Action::pause(S1)),
        (1500, Action::resume(S1)),
        (1600, Action::isolate(S1)),
        (2000, Action::force_timeout(S2)),
        // The older leader is left.
        (2500, Action::kill(S2)),
        (3000, Action::kill(S1)),
    ]);
    assert_eq!(at(&mut history, 3000).without_leader, ms(120));
    assert_eq!(at(&mut history, 3000).leader_changes, 1);
    assert_eq!(at(&mut history, 3300).without_leader, ms(420));
}

#[test]
fn the_same_leader_again_is_no_change() {
    let mut history = quiet(&[
        (100, Action::force_timeout(S1)),
        (1000, Action::kill(S1)),
        (1100, Action::start(S1)),
        (1200, Action::force_timeout(S1)),
    ]);
    let end = at(&mut history, 2000);
    assert_eq!(
        (end.elections_won, end.leader_changes, end.highest_term),
        (2, 0, Term(2))
    );
}

/// Where one vote is enough, which is not safe.
#[test]
fn a_second_leader_of_a_term_is_a_change() {
    let mut config = quiet_config();
    config.rules.quorum = Quorum::Votes(1);
    let script = [
        (ms(100), Action::force_timeout(S1)),
        (ms(100), Action::force_timeout(S2)),
    ];
    let mut history = History::new(config, 1, &script).expect("a valid configuration");
    let end = at(&mut history, 1000);
    assert_eq!(
        (end.leader_changes, end.elections_won, end.highest_term),
        (1, 2, Term(1))
    );
}

#[test]
fn a_vote_is_split_once_somebody_gives_up_waiting() {
    let mut history = quiet(&[
        (50, Action::kill(S3)),
        (50, Action::kill(S4)),
        // S1, S2 and S5 are left: all of them would have to vote for one.
        (100, Action::force_timeout(S1)),
        (100, Action::force_timeout(S2)),
        (500, Action::force_timeout(S1)),
        (505, Action::force_timeout(S2)),
    ]);
    let waiting = at(&mut history, 499);
    assert_eq!((waiting.elections_started, waiting.elections_won), (2, 0));
    assert_eq!(waiting.split_votes, 0, "they wait still");
    let given_up = at(&mut history, 500);
    assert_eq!((given_up.split_votes, given_up.elections_started), (1, 3));
    let both = at(&mut history, 505);
    assert_eq!((both.split_votes, both.elections_started), (1, 4), "it was one term");
    assert_eq!(both.highest_term, Term(2));
}

#[test]
fn who_runs_alone_in_vain_splits_nothing() {
    let mut history = quiet(&[
        (50, Action::isolate(S1)),
        (100, Action::force_timeout(S1)),
        (500, Action::force_timeout(S1)),
    ]);
    let end = at(&mut history, 1000);
    assert_eq!((end.elections_started, end.split_votes), (2, 0));
}

// --- Against a count of everything ---

/// The measures of a run, taken by looking at its world after every instant and at all its events.
#[derive(Default)]
struct Recount {
    first_leader_at: Option<Micros>,
    without_leader: Micros,
    longest_gap: Micros,
    gap: Micros,
    until: Micros,
    led: bool,
}

impl Recount {
    fn look(&mut self, world: &World) {
        let passed = world.now() - self.until;
        self.until = world.now();
        if !self.led {
            self.without_leader = self.without_leader + passed;
            self.gap = self.gap + passed;
            self.longest_gap = self.longest_gap.max(self.gap);
        }
        self.led = world.leader().is_some();
        if self.led {
            self.gap = Micros::ZERO;
            self.first_leader_at = self.first_leader_at.or(Some(world.now()));
        }
    }

    fn measures(&self, events: &[Event]) -> Measures {
        let count = |wanted: fn(&Decision) -> bool| {
            let decisions = events
                .iter()
                .filter(|event| matches!(&event.kind, EventKind::Decided(decision) if wanted(decision)));
            decisions.count() as u64
        };
        Measures {
            elections_started: count(|decision| matches!(decision, Decision::ElectionStarted { .. })),
            elections_won: count(|decision| matches!(decision, Decision::ElectionWon { .. })),
            split_votes: split_votes(events),
            leader_changes: leader_changes(events),
            highest_term: events.iter().map(|event| event.term).max().unwrap_or_default(),
            first_leader_at: self.first_leader_at,
            without_leader: self.without_leader,
            longest_gap: self.longest_gap,
        }
    }
}

fn with_note(events: &[Event], wanted: fn(&Decision) -> bool) -> impl Iterator<Item = &Event> {
    events
        .iter()
        .filter(move |event| matches!(&event.kind, EventKind::Decided(decision) if wanted(decision)))
}

/// Each winner of a term that is as new as all that were won before, and another than the last.
fn leader_changes(events: &[Event]) -> u64 {
    let won: Vec<_> = with_note(events, |decision| matches!(decision, Decision::ElectionWon { .. })).collect();
    let newest = won.iter().enumerate().filter(|(index, winner)| {
        let before = won[..*index].iter().map(|event| event.term);
        before.max().is_none_or(|newest| newest <= winner.term)
    });
    let leaders: Vec<_> = newest.map(|(_, event)| event.server).collect();
    leaders.windows(2).filter(|pair| pair[0] != pair[1]).count() as u64
}

/// The terms that several had run for when a timer ran out in them, and nobody had won.
fn split_votes(events: &[Event]) -> u64 {
    let mut split: Vec<Term> = Vec::new();
    for (index, event) in events.iter().enumerate() {
        let before = &events[..index];
        let in_term = |wanted: fn(&Decision) -> bool| {
            with_note(before, wanted)
                .filter(|other| other.term == event.term)
                .map(|other| other.server)
        };
        let fired = event.kind == EventKind::TimerFired(Timer::Election);
        if !fired || split.contains(&event.term) {
            continue;
        }
        let mut ran: Vec<_> = in_term(|decision| matches!(decision, Decision::ElectionStarted { .. })).collect();
        ran.dedup();
        let won = in_term(|decision| matches!(decision, Decision::ElectionWon { .. })).next();
        if ran.len() > 1 && won.is_none() {
            split.push(event.term);
        }
    }
    split.len() as u64
}

/// What a recount says at each of some instants of a run, and at its end.
fn recount(run: &Run, instants: &[Micros]) -> Vec<Measures> {
    let mut record = Record::new(usize::from(run.config.size));
    let mut world = World::new(run.config, run.seed, &mut record).expect("a valid configuration");
    let mut recount = Recount::default();
    let mut actions = run.actions.iter().peekable();
    let mut answers = Vec::new();
    recount.look(&world);
    for &until in instants {
        loop {
            let acts_at = actions.peek().map_or(Micros::NEVER, |&&(at, _)| at);
            let at = world.next_instant().unwrap_or(Micros::NEVER).min(acts_at);
            if at > until {
                break;
            }
            world.run_until(at, &mut record);
            recount.look(&world);
            while let Some((_, action)) = actions.next_if(|&&(due, _)| due == at) {
                let _ = world.act(*action, &mut record);
                recount.look(&world);
            }
        }
        world.run_until(until, &mut record);
        recount.look(&world);
        answers.push(recount.measures(&record.events));
    }
    answers
}

/// Little enough that checkpoints are dropped and the trace begins anew.
const LITTLE: Memory = Memory {
    events: 500,
    checkpoints: 4,
    opening: 100_000,
    spacing: 64,
};

fn instants_of(run: &Run) -> Vec<Micros> {
    (0..=10).map(|tenths| Micros(run.end.0 / 10 * tenths)).collect()
}

#[test]
fn at_every_instant_they_are_what_a_recount_says() {
    let mut total = [0; 4];
    for seed in 0..60 {
        let run = if seed % 2 == 0 {
            random::faulty(seed)
        } else {
            random::wild(seed)
        };
        let instants = instants_of(&run);
        let expected = recount(&run, &instants);
        let history = History::with_memory(run.config, run.seed, &run.actions, LITTLE);
        let mut history = history.expect("a valid configuration");
        // Forward, then at random.
        let mut dice = random::Dice::new(seed);
        let places: Vec<_> = (0..=10).chain((0..20).map(|_| dice.roll(11))).collect();
        for place in places {
            let place = usize::try_from(place).expect("one of eleven");
            history.seek(instants[place]);
            assert_eq!(history.measures(), expected[place], "seed {seed}, {}", instants[place]);
        }
        let last = expected[10];
        for (sum, count) in total.iter_mut().zip([
            last.elections_won,
            last.split_votes,
            last.leader_changes,
            u64::from(last.longest_gap < last.without_leader),
        ]) {
            *sum += count;
        }
    }
    assert!(total.iter().all(|&sum| sum > 20), "too little happened: {total:?}");
}

#[test]
fn splits_are_those_that_the_timeline_marks() {
    let mut all = 0;
    for seed in 0..60 {
        let run = random::faulty(seed);
        let mut history = run.history();
        history.seek(run.end);
        let marks = history.roles().marks();
        let marked = marks.filter(|mark| matches!(mark.kind, MarkKind::Split(_))).count() as u64;
        assert_eq!(history.measures().split_votes, marked, "seed {seed}");
        all += marked;
    }
    assert!(all > 20, "{all}");
}

#[test]
fn each_branch_has_its_own() {
    for seed in 0..40 {
        let run = random::faulty(seed);
        let mut history = run.history();
        history.seek(run.end);
        let fork_at = Micros(run.end.0 / 2);
        history.seek(fork_at);
        let first = history.current();
        let action = history.world().leader().map_or(Action::heal_all(), Action::kill);
        history.act(action).expect("it runs");
        history.seek(run.end);
        let forked = Run {
            actions: history.actions().collect(),
            ..run.clone()
        };
        assert_eq!(
            history.measures(),
            recount(&forked, &[run.end])[0],
            "seed {seed}, forked"
        );
        history.switch_to(first);
        assert_eq!(history.measures(), recount(&run, &[run.end])[0], "seed {seed}, first");
        history.visit(first, fork_at);
        assert_eq!(
            history.measures(),
            recount(&run, &[fork_at])[0],
            "seed {seed}, at the fork"
        );
    }
}

#[test]
fn a_meter_hears_a_world_as_a_history_does() {
    let mut meter = Meter::default();
    let mut world = World::new(Config::paper(5), 7, &mut meter).expect("a valid configuration");
    world.run_until(ms(500), &mut meter);
    world
        .act(Action::kill(world.leader().expect("there is one")), &mut meter)
        .expect("it runs");
    world.run_until(ms(2000), &mut meter);
    let mut history = History::new(Config::paper(5), 7, &[]).expect("a valid configuration");
    history.seek(ms(500));
    history
        .act(Action::kill(history.world().leader().expect("there is one")))
        .expect("it runs");
    history.seek(ms(2000));
    assert_eq!(meter.measures(ms(2000)), history.measures());
    assert_eq!(history.measures().leader_changes, 1);
}
