//! Any instant of a run can be visited again: what is there is what was there, in every branch, however long the run and
//! however little of it is kept.

use crate::runs::{
    Run, S1, S2, S3, ms,
    random::{self, Dice},
    recorded::{Record, quiet_config},
};
use proptest::prelude::*;
use raft_playground::{
    raft::{Quorum, Rules},
    safety::Property,
    sim::{Action, BranchId, Config, EventId, EventKind, History, Memory, Micros, Refused, RoleTimeline, World},
};

/// What a script plans and what it does are two things.
#[test]
fn what_could_not_be_done_is_kept_with_the_reason() {
    let script = [
        (ms(500), Action::transfer_leadership(S1, S2)),
        (ms(600), Action::kill(S3)),
        (ms(700), Action::kill(S3)),
    ];
    let mut history = History::new(Config::paper(5), 6, &script).expect("a valid configuration");
    let main = history.current();
    let known = |history: &History, branch| -> Vec<Option<Refused>> {
        (0..history.journal(branch).len())
            .map(|place| history.refusal(branch, place))
            .collect()
    };
    assert_eq!(known(&history, main), [None; 3], "it has not come to them");
    history.seek(ms(1000));
    assert_ne!(history.world().leader(), Some(S1));
    let refused = [Some(Refused::NotLeader), None, Some(Refused::Down)];
    assert_eq!(known(&history, main), refused);
    assert_eq!(history.actions().collect::<Vec<_>>(), script[1..2]);
    let told: Vec<_> = history.refusals().map(|(entry, why)| (entry.at, why)).collect();
    assert_eq!(told, [(ms(500), Refused::NotLeader), (ms(700), Refused::Down)]);
    // What lies ahead is known, but not told yet.
    history.seek(ms(650));
    assert_eq!(known(&history, main), refused);
    assert_eq!(history.refusals().count(), 1);
    // In a branch in which S3 runs again by then, it is possible.
    history.act(Action::start(S3)).expect("it is down");
    let branch = history.current();
    assert_eq!(known(&history, branch), [Some(Refused::NotLeader), None, None, None]);
    history.seek(ms(1000));
    assert_eq!(known(&history, branch), [Some(Refused::NotLeader), None, None, None]);
    assert_eq!(known(&history, main), refused);
    // A link says nothing of it: it follows from the run.
    let mut again = History::replay(&history.recording()).expect("it was recorded");
    assert_eq!(known(&again, branch), known(&history, branch));
    assert_eq!(known(&again, main), [None; 3], "that branch has not run");
    again.switch_to(main);
    assert_eq!(known(&again, main), refused);
    // Without the first kill, the second one can be done.
    history.switch_to(main);
    history.fork_without(1);
    assert_eq!(known(&history, history.current()), [Some(Refused::NotLeader), None]);
    assert!(history.actions().next().is_none());
    history.seek(ms(1000));
    assert_eq!(history.actions().collect::<Vec<_>>(), script[2..]);
}

/// What is broken over and over does not hide what is broken next: the first of each kind is kept.
#[test]
fn the_first_violation_of_a_kind_is_kept_after_a_hundred_of_another() {
    let mut rules = Rules::PAPER;
    rules.persist_term = false;
    let mut config = quiet_config();
    config.rules = rules;
    let mut history = History::new(config, 1, &[]).expect("a valid configuration");
    for action in [Action::isolate(S1), Action::force_timeout(S1)] {
        history.act(action).expect("possible");
    }
    // Each time S1 comes back in an older term.
    for _ in 0..120 {
        for action in [Action::kill(S1), Action::start(S1), Action::force_timeout(S1)] {
            history.act(action).expect("possible");
        }
    }
    let kinds = |history: &History| -> Vec<Property> {
        let incidents = history.incidents().iter();
        incidents.map(|incident| incident.violation.property).collect()
    };
    assert_eq!(kinds(&history), [Property::MonotonicTerms; 100]);
    rules.quorum = Quorum::Votes(1);
    history.act(Action::set_rules(rules)).expect("possible");
    for _ in 0..2 {
        history.act(Action::kill(S1)).expect("it runs");
        history.act(Action::start(S1)).expect("it is down");
        history.act(Action::force_timeout(S1)).expect("it waits");
    }
    let found = kinds(&history);
    assert_eq!(found[100..], [Property::LeaderHadMajority], "{found:?}");
}

// --- A model of a history: lists of actions, run from the start each time ---

#[derive(Clone, Copy, Debug)]
struct Planned {
    at: Micros,
    action: Action,
    scripted: bool,
}

#[derive(Clone, Debug)]
struct Line {
    plan: Vec<Planned>,
    end: Micros,
}

/// What a history promises, in the slowest and plainest way.
struct Model {
    run: Run,
    lines: Vec<Line>,
    current: usize,
    now: Micros,
}

impl Model {
    fn new(run: Run) -> Self {
        let planned = |&(at, action)| Planned {
            at,
            action,
            scripted: true,
        };
        let line = Line {
            plan: run.actions.iter().map(planned).collect(),
            end: Micros::ZERO,
        };
        Self {
            run,
            lines: vec![line],
            current: 0,
            now: Micros::ZERO,
        }
    }

    fn line(&mut self) -> &mut Line {
        &mut self.lines[self.current]
    }

    fn visit(&mut self, at: Micros) {
        self.now = at;
        let end = self.line().end;
        self.line().end = end.max(at);
    }

    fn act(&mut self, action: Action) {
        let now = self.now;
        if now < self.line().end {
            let mut fork = self.line().clone();
            fork.plan.retain(|planned| planned.at <= now || planned.scripted);
            fork.end = now;
            self.lines.push(fork);
            self.current = self.lines.len() - 1;
        }
        let plan = &mut self.line().plan;
        let place = plan.partition_point(|planned| planned.at <= now);
        let planned = Planned {
            at: now,
            action,
            scripted: false,
        };
        plan.insert(place, planned);
    }

    /// The current branch up to an instant, as a run without detours.
    fn up_to(&self, end: Micros) -> Run {
        let plan = self.lines[self.current].plan.iter();
        let done = plan.filter(|planned| planned.at <= end);
        Run {
            actions: done.map(|planned| (planned.at, planned.action)).collect(),
            end,
            ..self.run.clone()
        }
    }

    fn run_to(&self, end: Micros) -> (World, Record) {
        self.up_to(end).make()
    }
}

// --- What a reader does ---

#[derive(Clone, Copy, Debug)]
enum Move {
    /// To an instant of the past, in thousandths of what has run.
    Back(u64),
    /// To an instant so far ahead.
    Ahead(Micros),
    Step,
    /// An action, by number.
    Act(u64),
    /// To another branch, by number.
    Switch(usize),
}

fn a_move() -> impl Strategy<Value = Move> {
    prop_oneof![
        3 => (0..1000_u64).prop_map(Move::Back),
        4 => (0..400_000_u64).prop_map(|span| Move::Ahead(Micros(span))),
        2 => Just(Move::Step),
        4 => any::<u64>().prop_map(Move::Act),
        1 => any::<usize>().prop_map(Move::Switch),
    ]
}

fn memories() -> impl Strategy<Value = Memory> {
    (20..600_usize, 2..7_usize, 10..120_u64).prop_map(|(events, checkpoints, spacing)| Memory {
        opening: u64::MAX,
        events,
        checkpoints,
        spacing,
    })
}

fn do_move(history: &mut History, model: &mut Model, step: Move) {
    match step {
        Move::Back(thousandths) => {
            let at = Micros(history.end().0 * thousandths / 1000);
            history.seek(at);
            model.visit(at);
        }
        Move::Ahead(span) => {
            let at = history.now() + span;
            history.seek(at);
            model.visit(at);
        }
        Move::Step => {
            let before = model.now;
            if let Some(next) = history.next_instant() {
                assert!(next > before, "time goes on");
                let just_before = model.run_to(next - Micros(1)).0.next_event();
                assert_eq!(history.world().next_event(), just_before, "nothing is passed over");
                assert!(history.step());
                assert_eq!(history.now(), next);
                model.visit(next);
            } else {
                assert!(!history.step());
            }
        }
        Move::Act(number) => act(history, model, number),
        Move::Switch(number) => {
            let branch = number % history.branches().len();
            history.switch_to(BranchId(branch));
            model.current = branch;
            model.now = model.lines[branch].end;
        }
    }
}

fn act(history: &mut History, model: &mut Model, number: u64) {
    let action = Dice::new(number).action(history.world());
    let (before, branch, branches) = (history.world().clone(), history.current(), history.branches().len());
    let in_the_past = history.now() < history.end();
    match history.act(action) {
        Ok(acted) => {
            assert_eq!(acted.event, before.next_event());
            assert_eq!(acted.forked_from, in_the_past.then_some(branch));
            model.act(action);
        }
        Err(refused) => {
            assert_eq!(before.allow(action), Err(refused));
            assert_eq!(history.branches().len(), branches);
        }
    }
}

/// The history is what its model says, and keeps no more than it may.
fn compare(history: &History, model: &Model, memory: Memory) {
    let (world, record) = model.run_to(model.now);
    assert_eq!(history.now(), model.now);
    assert!(history.world() == &world, "another world at {}", model.now);
    assert_eq!(history.current(), BranchId(model.current));
    assert_eq!(history.branches().len(), model.lines.len());
    assert_eq!(history.end(), model.lines[model.current].end);
    let broken: Vec<_> = history.incidents().iter().map(|incident| incident.violation).collect();
    let all = &record.violations;
    let is_first = |index: usize| all[..index].iter().all(|before| before.property != all[index].property);
    let kept = (0..all.len()).filter(|&index| index < 100 || is_first(index));
    assert_eq!(broken, kept.map(|index| all[index]).collect::<Vec<_>>());
    compare_actions(history, model, &record);
    compare_traces(history, model, memory, world.next_event());
    compare_chronicles(history, model);
}

/// What is planned by now was done, which is an event, or had no effect.
fn compare_actions(history: &History, model: &Model, record: &Record) {
    let done = record.events.iter().filter_map(|event| match event.kind {
        EventKind::Action(action) => Some((event.at, action)),
        _ => None,
    });
    let started = model.run.config.running.len();
    assert!(history.actions().eq(done.skip(started)));
    let plan = model.lines[model.current].plan.iter();
    let planned: Vec<_> = plan.filter(|planned| planned.at <= model.now).collect();
    let mut refusals = history.refusals().map(|(entry, _)| (entry.at, entry.action)).peekable();
    let mut actions = history.actions().peekable();
    for planned in planned {
        let planned = (planned.at, planned.action);
        let was_done = actions.next_if_eq(&planned).is_some();
        assert!(was_done || refusals.next_if_eq(&planned).is_some(), "{planned:?}");
    }
    assert_eq!((actions.next(), refusals.next()), (None, None));
}

fn compare_traces(history: &History, model: &Model, memory: Memory, now: EventId) {
    let trace = history.trace();
    let (first, end) = (trace.first(), trace.end());
    let all = model.run_to(history.end()).1.events;
    let range = usize::try_from(first.0).unwrap()..usize::try_from(end.0).unwrap();
    assert!(
        trace.range(first, end).eq(&all[range]),
        "another trace from {first:?} to {end:?}"
    );
    assert!(trace.range(first, end).len() <= memory.events);
    assert!(history.checkpoints() <= memory.checkpoints);
    assert!(first <= now && now <= end, "the trace ends where one is");
    let past = now.0 - first.0;
    let wanted = now.0.min(memory.spacing).min(memory.events as u64);
    assert!(past >= wanted, "{past} events of the past to show, not {wanted}");
}

/// The timeline knows the whole branch, wherever one is.
fn compare_chronicles(history: &History, model: &Model) {
    let mut straight = model.up_to(history.end()).history();
    straight.seek(history.end());
    let (found, expected) = (history.roles(), straight.roles());
    for (server, _) in history.world().servers() {
        let stretches = |roles: &RoleTimeline| -> Vec<_> { roles.lane(server).copied().collect() };
        assert_eq!(stretches(found), stretches(expected), "{server}");
    }
    assert!(found.terms().eq(expected.terms()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    /// Wandering through a random run: there and back, by steps, changing the past, from branch to branch.
    #[test]
    fn every_instant_is_what_it_was(
        seed in any::<u64>(),
        memory in memories(),
        moves in prop::collection::vec(a_move(), 1..25),
    ) {
        let run = random::wild(seed);
        let mut history = History::with_memory(run.config, run.seed, &run.actions, memory).expect("a valid configuration");
        let mut model = Model::new(run);
        compare(&history, &model, memory);
        for step in moves {
            do_move(&mut history, &mut model, step);
            compare(&history, &model, memory);
        }
    }
}

/// On the way back to a checkpoint the run goes on and thins the checkpoints out; the one before is another by then.
#[test]
fn checkpoints_that_are_thinned_out_on_the_way_back_are_not_missed() {
    let memory = Memory {
        events: 20,
        checkpoints: 6,
        opening: u64::MAX,
        spacing: 87,
    };
    let run = random::wild(10_991_216_830_998_610_588);
    let mut history = History::with_memory(run.config, run.seed, &run.actions, memory).expect("a valid configuration");
    let mut model = Model::new(run);
    let ahead = |micros| Move::Ahead(Micros(micros));
    for step in [
        ahead(187_038),
        ahead(316_426),
        ahead(180_358),
        Move::Back(0),
        Move::Back(816),
        ahead(295_055),
    ] {
        do_move(&mut history, &mut model, step);
        compare(&history, &model, memory);
    }
}

// --- The same with clones kept along the way, in long runs ---

/// Little memory, so that a run soon has more events and more checkpoints than are kept.
const LITTLE: Memory = Memory {
    opening: u64::MAX,
    events: 3000,
    checkpoints: 8,
    spacing: 128,
};

fn busy() -> Run {
    let actions = (0..300)
        .zip([S1, S2, S3].into_iter().cycle())
        .flat_map(|(round, server)| {
            [
                (ms(400 * round), Action::kill(server)),
                (ms(400 * round + 350), Action::start(server)),
            ]
        });
    Run {
        config: Config::paper(5),
        seed: 7,
        actions: actions.collect(),
        end: Micros::from_secs(120),
    }
}

#[test]
fn memory_stays_bounded_and_the_past_stays_exact() {
    let run = busy();
    let mut history = History::with_memory(run.config, run.seed, &run.actions, LITTLE).expect("a valid configuration");
    let mut was: Vec<World> = Vec::new();
    let mut thinned = 0;
    let mut before = 0;
    while history.now() < run.end {
        history.seek(history.now() + ms(97));
        was.push(history.world().clone());
        thinned += u32::from(history.checkpoints() < before);
        before = history.checkpoints();
        assert!(before <= LITTLE.checkpoints);
        assert!(
            history
                .trace()
                .range(history.trace().first(), history.trace().end())
                .len()
                <= LITTLE.events
        );
    }
    // Each time at twice the distance, so hardly ever in the end.
    assert!((4..=8).contains(&thinned), "thinned {thinned} times");
    let mut dice = Dice::new(1);
    for _ in 0..200 {
        let world = &was[usize::try_from(dice.roll(was.len() as u64)).unwrap()];
        history.seek(world.now());
        assert!(history.world() == world, "another world at {}", world.now());
    }
}

#[test]
fn the_defaults_are_kept_too() {
    let mut config = Config::paper(9);
    config.timing.heartbeat_interval = ms(1);
    let mut history = History::new(config, 1, &[]).expect("a valid configuration");
    let memory = Memory::default();
    history.seek(Micros::from_secs(1));
    let early = history.world().clone();
    history.seek(Micros::from_secs(10));
    assert!(
        history.world().next_event().0 > 300_000,
        "more events than a trace holds"
    );
    assert_eq!(
        history.trace().range(EventId(0), history.trace().end()).len(),
        memory.events
    );
    assert!(history.checkpoints() > 50);
    history.seek(Micros::from_secs(1));
    assert!(history.world() == &early);
}

#[test]
fn the_very_first_events_come_back_as_well() {
    let mut history = busy_to_the_end();
    assert!(history.trace().first() > EventId(0), "they are forgotten at first");
    history.seek(Micros::ZERO);
    assert_eq!(history.trace().first(), EventId(0));
    assert!(history.trace().get(EventId(0)).is_some());
}

/// Playing on from an instant of the past crosses checkpoints; the trace goes on there as if there were none.
#[test]
fn playing_the_past_once_more_does_not_forget_the_way() {
    let mut history = busy_to_the_end();
    history.seek(Micros::from_secs(30));
    let (first, begin) = (history.trace().first(), history.world().next_event());
    let room = LITTLE.events as u64 - (begin.0 - first.0);
    while history.world().next_event().0 < begin.0 + room / 2 {
        history.seek(history.now() + ms(16));
        assert_eq!(history.trace().first(), first, "at {}", history.now());
    }
}

#[test]
fn going_back_a_little_keeps_the_trace() {
    let run = busy();
    let memory = Memory {
        checkpoints: 1000,
        ..LITTLE
    };
    let mut history = History::with_memory(run.config, run.seed, &run.actions, memory).expect("a valid configuration");
    history.seek(run.end);
    let (first, end) = (history.trace().first(), history.trace().end());
    history.seek(history.end() - ms(1000));
    assert_eq!((history.trace().first(), history.trace().end()), (first, end));
    assert!(history.world().next_event() < end);
}

/// Going far ahead over what has run before makes only the last stretch again.
#[test]
fn going_ahead_over_known_ground_is_short_work() {
    let run = busy();
    let memory = Memory {
        events: 20_000,
        checkpoints: 1000,
        ..LITTLE
    };
    let mut history = History::with_memory(run.config, run.seed, &run.actions, memory).expect("a valid configuration");
    history.seek(run.end);
    assert!(history.world().next_event().0 > 25_000, "more than the trace can hold");
    history.seek(Micros::ZERO);
    history.seek(run.end);
    let made = history.trace().end().0 - history.trace().first().0;
    assert!(made < 3 * memory.spacing, "{made} events made again");
}

fn busy_to_the_end() -> History {
    let run = busy();
    let mut history = History::with_memory(run.config, run.seed, &run.actions, LITTLE).expect("a valid configuration");
    history.seek(run.end);
    history
}

// --- Branches ---

#[test]
fn acting_in_the_past_opens_a_branch_and_keeps_the_other() {
    let mut history = History::new(Config::paper(5), 1, &[]).expect("a valid configuration");
    history.seek(ms(2000));
    let was = history.world().clone();
    let leader = was.leader().expect("two seconds are enough");
    history.seek(ms(1000));
    let acted = history.act(Action::kill(leader)).expect("it runs");
    assert_eq!(acted.forked_from, Some(BranchId(0)));
    assert_eq!(
        (history.current(), history.branches().len(), history.end()),
        (BranchId(1), 2, ms(1000))
    );
    history.seek(ms(2000));
    assert_ne!(history.world().leader(), Some(leader), "the other future");
    let other = history.world().clone();
    history.switch_to(BranchId(0));
    assert!(history.world() == &was);
    history.switch_to(BranchId(1));
    assert!(history.world() == &other);
}

#[test]
fn acting_at_the_end_opens_no_branch() {
    let mut history = History::new(Config::paper(5), 1, &[]).expect("a valid configuration");
    history.seek(ms(1000));
    assert_eq!(history.act(Action::kill(S1)).expect("it runs").forked_from, None);
    assert_eq!(history.act(Action::start(S1)).expect("it is down").forked_from, None);
    assert_eq!(history.branches().len(), 1);
}

#[test]
fn a_branch_keeps_what_the_script_has_still_to_do_and_not_what_the_reader_did() {
    let script = [(ms(3000), Action::kill(S3)), (ms(2000), Action::kill(S2))];
    let mut history = History::new(Config::paper(5), 1, &script).expect("a valid configuration");
    history.seek(ms(2500));
    history.act(Action::kill(S1)).expect("it runs");
    history.seek(ms(4000));
    history.seek(ms(1000));
    history.act(Action::pause(S2)).expect("it runs");
    history.seek(ms(4000));
    let done: Vec<_> = history.actions().collect();
    let [third, second] = script;
    assert_eq!(done, [(ms(1000), Action::pause(S2)), second, third]);
}

#[test]
fn a_script_that_asks_for_the_impossible_is_passed_over() {
    let script = [
        (ms(10), Action::kill(S1)),
        (ms(20), Action::kill(S1)),
        (ms(30), Action::start(S1)),
    ];
    let mut history = History::new(Config::paper(5), 1, &script).expect("a valid configuration");
    history.seek(ms(40));
    assert_eq!(history.world().server(S1).boots(), 2);
}

#[test]
fn what_the_script_does_at_the_start_is_done() {
    let mut config = Config::paper(5);
    config.running.remove(S1);
    let history = History::new(config, 1, &[(Micros::ZERO, Action::start(S1))]).expect("a valid configuration");
    assert_eq!(history.world().server(S1).boots(), 1);
}

// --- Going on in small amounts ---

#[test]
fn advancing_stops_early_when_too_much_happens_and_gets_there_in_the_end() {
    let run = busy();
    let (mut history, mut straight) = (run.history(), run.history());
    let mut calls = 0;
    loop {
        let before = history.world().next_event().0;
        let arrived = history.advance(ms(5000), 100);
        // One instant more: at most what a handful of messages and timers lead to.
        assert!(history.world().next_event().0 - before < 200);
        calls += 1;
        if arrived {
            break;
        }
    }
    straight.seek(ms(5000));
    assert!(history.world() == straight.world());
    assert!(calls > 5);
    assert!(history.advance(ms(1), 100), "an instant of the past changes nothing");
    assert_eq!(history.now(), ms(5000));
}
