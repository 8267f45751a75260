//! Measures that are not about safety: by runs made by hand, and against a count of all events of random runs, at any instant of
//! any branch.

use std::collections::BTreeSet;

use crate::runs::{
    Run, S1, S2, S3, S4, ms, random,
    recorded::{Record, quiet_config},
};
use raft_playground::{
    raft::{Decision, Message, NodeId, Quorum, Role, Term, Timer},
    scenario::file,
    sim::{
        Action, ClusterAction, Config, Effect, Event, EventKind, History, LinkAction, LostWhere, MarkKind, Measures,
        Memory, Meter, Micros, Process, ServerAction, World,
    },
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
        available: Micros::ZERO,
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
    let available = ms(4880);
    assert_eq!(at(&mut history, 5000), Measures { available, ..led });
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
fn a_leader_is_available_while_it_runs_and_a_majority_can_follow_it() {
    let mut history = quiet(&[
        (100, Action::force_timeout(S1)),
        (1000, Action::pause(S1)),
        (1500, Action::resume(S1)),
        // It reaches two others, in both directions; then only one.
        (1600, Action::isolate(S2)),
        (1600, Action::isolate(S3)),
        (2000, Action::cut(S4, S1)),
        (2300, Action::heal(S4, S1)),
        // It reaches three, one of which is down.
        (3000, Action::kill(S4)),
        (3400, Action::rejoin(S2)),
    ]);
    let available = |history: &mut History, millis| at(history, millis).available;
    assert_eq!(available(&mut history, 1000), ms(880));
    assert_eq!(available(&mut history, 1500), ms(880), "it is paused");
    assert_eq!(available(&mut history, 2000), ms(1380));
    assert_eq!(available(&mut history, 2300), ms(1380), "it reaches two of five");
    assert_eq!(
        available(&mut history, 3400),
        ms(2080),
        "a crashed server follows nobody"
    );
    assert_eq!(available(&mut history, 4000), ms(2680));
    assert_eq!(at(&mut history, 4000).longest_gap, ms(500));
    assert_eq!(
        at(&mut history, 4000).without_leader,
        ms(120),
        "it believed so all the time"
    );
}

/// Reports from real clusters, in `tests/fixtures/field`.
fn field(text: &str) -> Measures {
    let run = file::read(text).expect("a file that is right").recording;
    let mut history = History::new(run.config, run.seed, &run.script).expect("a valid configuration");
    at(&mut history, 60_000)
}

#[test]
fn two_that_reach_nobody_split_no_votes() {
    let measures = field(include_str!("../fixtures/field/two-isolated.raft"));
    assert_eq!(measures.split_votes, 0);
    assert!(measures.elections_started > 400, "they run all the time: {measures:?}");
}

#[test]
fn belief_is_no_availability() {
    let measures = field(include_str!("../fixtures/field/half-is-none.raft"));
    assert!(measures.without_leader < ms(50), "{measures:?}");
    assert!(
        measures.available < ms(500),
        "two of four are no majority: {measures:?}"
    );
    assert!(measures.longest_gap >= ms(59_500), "{measures:?}");
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
    available: Micros,
    longest_gap: Micros,
    gap: Micros,
    until: Micros,
    led: bool,
    is_available: bool,
}

/// Whether some server runs, leads, and has a majority, itself included, that runs, is linked to it both ways, and is in no
/// newer term.
fn is_available(world: &World) -> bool {
    let links = world.config().links;
    let runs = |id: NodeId| world.server(id).process() == Process::Running;
    let ids: Vec<NodeId> = world.servers().map(|(id, _)| id).collect();
    let follows = |leader: NodeId, other: NodeId| {
        let linked = other == leader || links.is_up(leader, other) && links.is_up(other, leader);
        linked && runs(other) && world.server(other).node().term() <= world.server(leader).node().term()
    };
    let leads = |id: &&NodeId| runs(**id) && world.server(**id).node().role() == Role::Leader;
    let followed = |leader: &NodeId| ids.iter().filter(|other| follows(*leader, **other)).count();
    ids.iter().filter(leads).any(|leader| followed(leader) * 2 > ids.len())
}

impl Recount {
    fn look(&mut self, world: &World) {
        let passed = world.now() - self.until;
        self.until = world.now();
        if !self.led {
            self.without_leader = self.without_leader + passed;
        }
        if self.is_available {
            self.available = self.available + passed;
            self.gap = Micros::ZERO;
        } else {
            self.gap = self.gap + passed;
            self.longest_gap = self.longest_gap.max(self.gap);
        }
        self.is_available = is_available(world);
        self.led = world.leader().is_some();
        if self.led {
            self.first_leader_at = self.first_leader_at.or(Some(world.now()));
        }
    }

    fn measures(&self, config: &Config, events: &[Event]) -> Measures {
        let count = |wanted: fn(&Decision) -> bool| {
            let decisions = events
                .iter()
                .filter(|event| matches!(&event.kind, EventKind::Decided(decision) if wanted(decision)));
            decisions.count() as u64
        };
        Measures {
            elections_started: count(|decision| matches!(decision, Decision::ElectionStarted { .. })),
            elections_won: count(|decision| matches!(decision, Decision::ElectionWon { .. })),
            split_votes: split_votes(config, events),
            leader_changes: leader_changes(events),
            highest_term: events.iter().map(|event| event.term).max().unwrap_or_default(),
            first_leader_at: self.first_leader_at,
            without_leader: self.without_leader,
            available: self.available,
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

/// Who reaches whom, put together from events alone.
struct Reach {
    size: usize,
    quorum: usize,
    open: [[bool; 9]; 9],
    runs: [bool; 9],
    terms: [Term; 9],
    disks: [Term; 9],
}

impl Reach {
    fn new(config: &Config) -> Self {
        let open =
            |from: usize| [0, 1, 2, 3, 4, 5, 6, 7, 8].map(|to| config.links.is_up(NodeId::new(from), NodeId::new(to)));
        Self {
            size: usize::from(config.size),
            quorum: usize::from(config.rules.quorum.votes(config.size)),
            open: [0, 1, 2, 3, 4, 5, 6, 7, 8].map(open),
            runs: [false; 9],
            terms: [Term::ZERO; 9],
            disks: [Term::ZERO; 9],
        }
    }

    fn set(&mut self, up: bool, is_meant: impl Fn(usize, usize) -> bool) {
        for from in 0..9 {
            for to in 0..9 {
                if is_meant(from, to) {
                    self.open[from][to] = up;
                }
            }
        }
    }

    fn hear(&mut self, event: &Event) {
        if let Some(server) = event.server {
            self.terms[server.index()] = event.term;
        }
        match (event.kind, event.server) {
            (EventKind::Persisted(state), Some(server)) => self.disks[server.index()] = state.current_term,
            (EventKind::Action(action), _) => self.hear_of_action(action),
            _ => {}
        }
    }

    fn hear_of_action(&mut self, action: Action) {
        match action {
            Action::Link(from, to, done) => self.open[from.index()][to.index()] = done == LinkAction::Heal,
            Action::Cluster(ClusterAction::HealAll) => self.set(true, |_, _| true),
            Action::Cluster(ClusterAction::Partition(group)) => {
                let inside = |server| group.contains(NodeId::new(server));
                self.set(false, |from, to| inside(from) != inside(to));
            }
            Action::Cluster(ClusterAction::SetRules(rules)) => {
                let size = u8::try_from(self.size).expect("at most nine");
                self.quorum = usize::from(rules.quorum.votes(size));
            }
            Action::Server(server, ServerAction::Isolate) => {
                self.set(false, |from, to| from == server.index() || to == server.index());
            }
            Action::Server(server, ServerAction::Rejoin) => {
                self.set(true, |from, to| from == server.index() || to == server.index());
            }
            Action::Server(server, _) => {
                let index = server.index();
                match action.effect() {
                    Effect::Start | Effect::Resume => self.runs[index] = true,
                    Effect::Pause => self.runs[index] = false,
                    Effect::Crash => (self.runs[index], self.terms[index]) = (false, self.disks[index]),
                    Effect::Wipe => {
                        (self.runs[index], self.terms[index], self.disks[index]) = (false, Term::ZERO, Term::ZERO);
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn can_win(&self, server: NodeId, term: Term) -> bool {
        let me = server.index();
        let could_vote = |other: usize| {
            let linked = self.runs[other] && self.open[me][other] && self.open[other][me];
            (other == me || linked) && self.terms[other] <= term
        };
        (0..self.size).filter(|other| could_vote(*other)).count() >= self.quorum
    }
}

/// Who has answered whom in which term, and whose requests got where.
#[derive(Default)]
struct Recounted {
    /// By term: who could win when it stood.
    stood: BTreeSet<(Term, NodeId)>,
    /// Votes: the term, who gave it, and to whom.
    voted: BTreeSet<(Term, NodeId, NodeId)>,
    refused: BTreeSet<(Term, NodeId, NodeId)>,
    /// Requests over links that were cut, and others that were lost: the term, who might have voted, and for whom.
    away: BTreeSet<(Term, NodeId, NodeId)>,
    lost: BTreeSet<(Term, NodeId, NodeId)>,
}

impl Recounted {
    fn hear(&mut self, event: &Event, reach: &Reach) {
        let Some(server) = event.server else { return };
        let is_free = |voter: NodeId, term: Term| reach.runs[voter.index()] && reach.terms[voter.index()] <= term;
        match event.kind {
            EventKind::Decided(Decision::ElectionStarted { term }) => {
                self.voted.insert((term, server, server));
                if reach.can_win(server, term) {
                    self.stood.insert((term, server));
                }
            }
            EventKind::Decided(Decision::VoteGranted { to, term, .. }) => _ = self.voted.insert((term, server, to)),
            EventKind::Decided(Decision::VoteDenied { to, term, .. }) => _ = self.refused.insert((term, server, to)),
            EventKind::Sent {
                to,
                message: Message::RequestVote { term, .. },
                ..
            } if is_free(to, term) && !reach.open[server.index()][to.index()] => {
                self.away.insert((term, to, server));
            }
            EventKind::Lost {
                from,
                message: Message::RequestVote { term, .. },
                place: LostWhere::Network | LostWhere::CutLink | LostWhere::Dropped | LostWhere::FullLink,
            } if is_free(server, term) => _ = self.lost.insert((term, server, from)),
            _ => {}
        }
    }

    /// Whether those that stood in a term and could win kept each other from a majority, and nothing that was lost did.
    fn is_split(&self, term: Term, quorum: usize) -> bool {
        let rivals = || self.stood.iter().filter(|(of, _)| *of == term).map(|(_, rival)| *rival);
        let given = |to: NodeId| NodeId::all(9).filter(move |voter| self.voted.contains(&(term, *voter, to)));
        let has_voted = |voter: NodeId| self.voted.iter().any(|(of, by, _)| (*of, *by) == (term, voter));
        let is_lost = |voter: NodeId, rival: NodeId| {
            let key = (term, voter, rival);
            self.lost.contains(&key) && ![&self.away, &self.refused].iter().any(|known| known.contains(&key))
        };
        let misses = |voter: NodeId, rival: NodeId| {
            let key = (term, voter, rival);
            (self.away.contains(&key) || self.lost.contains(&key)) && !self.refused.contains(&key)
        };
        let would_win = |rival: NodeId| {
            let missed = NodeId::all(9).filter(|voter| is_lost(*voter, rival) && !has_voted(*voter));
            given(rival).chain(missed).collect::<BTreeSet<_>>().len() >= quorum
        };
        let is_kept = |rival: &NodeId| {
            let theirs = rivals().flat_map(given).filter(|voter| !misses(*voter, *rival));
            given(*rival).chain(theirs).collect::<BTreeSet<_>>().len() >= quorum
        };
        rivals().filter(is_kept).count() > 1 && !rivals().any(would_win)
    }
}

/// The terms whose votes were split when the timer of one who could win them ran out in them, and that nobody had won.
fn split_votes(config: &Config, events: &[Event]) -> u64 {
    let (mut reach, mut counted) = (Reach::new(config), Recounted::default());
    let (mut over, mut split): (Vec<Term>, u64) = (Vec::new(), 0);
    for event in events {
        counted.hear(event, &reach);
        match (event.kind, event.server) {
            (EventKind::TimerFired(Timer::Election), Some(server))
                if !over.contains(&event.term)
                    && counted.is_split(event.term, reach.quorum)
                    && reach.can_win(server, event.term) =>
            {
                split += 1;
                over.push(event.term);
            }
            (EventKind::Decided(Decision::ElectionWon { .. }), _) => over.push(event.term),
            _ => {}
        }
        reach.hear(event);
    }
    split
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
        answers.push(recount.measures(&run.config, &record.events));
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
    for seed in 0..80 {
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
