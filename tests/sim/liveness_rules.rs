//! Rules that are about progress. Without them nothing unsafe happens (but where a test says so), so no monitor and no checker finds
//! them missing: here the measures of many seeded runs do, with and without a rule under the same luck.
//!
//! Each test says by what factor a measure changes. The factor that was measured stands beside it; what is asserted lies well
//! below. Nothing depends on the machine: the same seeds give the same sums everywhere.

use crate::runs::{Run, S1, S2, S3, S4, S5, ms};
use raft_playground::{
    raft::{LogPosition, NodeId, Role, Rule, Rules, Term},
    safety::Property,
    sim::{Action, Config, Measures, Meter, Network, Range, World},
};

/// The measures of a run at its end.
fn measures(run: &Run) -> Measures {
    let mut meter = Meter::default();
    let mut world = World::new(run.config, run.seed, &mut meter).expect("a valid configuration");
    for &(at, action) in &run.actions {
        world.run_until(at, &mut meter);
        world.act(action, &mut meter).expect("the action can be done");
    }
    world.run_until(run.end, &mut meter);
    meter.measures(run.end)
}

/// Sums over many runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sums {
    elections_started: u64,
    elections_won: u64,
    leader_changes: u64,
    /// In milliseconds.
    without_leader: u64,
    /// Of the longest gap of each run, in milliseconds.
    longest_gaps: u64,
}

/// The sums of runs by some rules and by others, under the same luck.
struct Pair {
    paper: Sums,
    changed: Sums,
}

const SEEDS: u64 = 100;

impl Pair {
    /// By the paper, and with one of its rules off or one more on. What that rule is part of is on in both.
    fn flipping(rule: Rule, seeds: u64, run: impl Fn(u64) -> Run) -> Self {
        Self {
            paper: Sums::of(Rules::paper_for(rule), seeds, &run),
            changed: Sums::of(Rules::switching(rule), seeds, &run),
        }
    }

    /// By the paper, and by other rules.
    fn with(rules: Rules, seeds: u64, run: impl Fn(u64) -> Run) -> Self {
        Self {
            paper: Sums::of(Rules::PAPER, seeds, &run),
            changed: Sums::of(rules, seeds, &run),
        }
    }

    /// How much of a measure there is by the other rules, in percent of what there is by the paper's.
    fn percent(&self, measure: fn(&Sums) -> u64) -> u64 {
        measure(&self.changed) * 100 / measure(&self.paper).max(1)
    }
}

impl Sums {
    fn of(rules: Rules, seeds: u64, run: &impl Fn(u64) -> Run) -> Self {
        let runs = (0..seeds).map(|seed| measures(&by(rules, run(seed))));
        runs.fold(Self::default(), Self::add)
    }

    fn add(self, run: Measures) -> Self {
        Self {
            elections_started: self.elections_started + run.elections_started,
            elections_won: self.elections_won + run.elections_won,
            leader_changes: self.leader_changes + run.leader_changes,
            without_leader: self.without_leader + run.without_leader.as_millis(),
            longest_gaps: self.longest_gaps + run.longest_gap.as_millis(),
        }
    }
}

fn by(rules: Rules, mut run: Run) -> Run {
    run.config.rules = rules;
    run
}

/// A cluster that is left alone for so many milliseconds.
fn left_alone(config: Config, millis: u64) -> impl Fn(u64) -> Run {
    move |seed| Run {
        config,
        seed,
        actions: Vec::new(),
        end: ms(millis),
    }
}

/// Nine servers on a slow network: a round trip takes up to 120 ms of an election timeout of 150 to 300 ms.
const fn nine_far_apart() -> Config {
    let mut config = Config::paper(9);
    config.network = Network::delaying(Range::millis(30, 60));
    config
}

/// "Without extra measures split votes could repeat indefinitely" (§5.2): all servers time out together, for ever.
#[test]
fn without_randomised_timeouts_nobody_is_ever_elected() {
    let pair = Pair::flipping(Rule::RandomisedTimeouts, SEEDS, left_alone(Config::paper(5), 5000));
    assert_eq!(pair.paper.elections_won, SEEDS, "one election decides each run");
    assert_eq!(pair.changed.elections_won, 0);
    // Measured: 26.7 times as long without a leader.
    assert!(pair.percent(|sums| sums.without_leader) > 2000);
}

/// Followers run against a leader that they hear.
#[test]
fn without_heartbeats_that_reset_timers_leaders_are_deposed_over_and_over() {
    let pair = Pair::flipping(Rule::HeartbeatResetsTimer, SEEDS, left_alone(Config::paper(5), 5000));
    assert_eq!(pair.paper.leader_changes, 0);
    // Measured: 25 changes a run, and 24 times as many elections.
    assert!(pair.changed.leader_changes > 12 * SEEDS);
    assert!(pair.percent(|sums| sums.elections_started) > 1200);
}

/// Without the rule, a server that has just given its vote stands against the candidate that got it.
#[test]
fn without_granted_votes_that_reset_timers_elections_disturb_each_other() {
    let pair = Pair::flipping(Rule::GrantedVoteResetsTimer, SEEDS, left_alone(nine_far_apart(), 3000));
    assert_eq!(pair.paper.leader_changes, 0);
    // Measured: 4.9 changes a run, 4.5 times as many elections, and 2.0 times as long without a leader.
    assert!(pair.changed.leader_changes > 2 * SEEDS);
    assert!(pair.percent(|sums| sums.elections_started) > 300);
    assert!(pair.percent(|sums| sums.without_leader) > 150);
}

/// S4 and S5 hear nobody, and run again and again with logs that are behind. Each refusal puts off those who could win.
#[test]
fn without_refused_votes_that_keep_timers_hopeless_candidates_hold_up_the_others() {
    let mut config = Config::paper(5);
    for server in NodeId::all(5) {
        if server == S4 || server == S5 {
            for from in NodeId::all(5).filter(|from| *from != server) {
                config.links.set(from, server, false);
            }
        } else {
            config.logs[server.index()] = LogPosition {
                last_term: Term(1),
                last_index: 1,
            };
        }
    }
    let pair = Pair::flipping(Rule::RefusedVoteKeepsTimer, SEEDS, left_alone(config, 5000));
    // Measured: 1.8 times as long without a leader, and the longest gaps are 3.9 times as long.
    assert!(pair.percent(|sums| sums.without_leader) > 140);
    assert!(pair.percent(|sums| sums.longest_gaps) > 250);
}

/// A candidate that lost goes on until it deposes the winner.
#[test]
fn without_candidates_that_yield_to_the_leader_it_is_deposed() {
    let pair = Pair::flipping(Rule::CandidateYieldsToLeader, SEEDS, left_alone(nine_far_apart(), 3000));
    assert_eq!(pair.paper.elections_won, SEEDS, "who has won stays");
    // Measured: 1.4 changes a run, and 2.4 times as many leaders elected.
    assert!(pair.changed.leader_changes > SEEDS * 7 / 10);
    assert!(pair.percent(|sums| sums.elections_won) > 160);
}

/// S1 leads; S5 is cut off for a second and comes back with a newer term.
fn returns(seed: u64) -> Run {
    Run {
        config: Config::paper(5),
        seed,
        actions: vec![
            (ms(100), Action::force_timeout(S1)),
            (ms(500), Action::isolate(S5)),
            (ms(1500), Action::rejoin(S5)),
        ],
        end: ms(3000),
    }
}

/// A leader that stays leader in a newer term makes one measure better: there is nearly always somebody who believes to lead.
/// That is what it is worth without safety, so this test asks for both.
#[test]
fn without_stepping_down_there_is_less_time_without_a_leader_and_there_are_two() {
    let mut never_step_down = Rules::PAPER;
    never_step_down.newer_term_steps_down = false;
    let pair = Pair::with(never_step_down, SEEDS, returns);
    // Measured: 0.65 times as long, nothing but the time before the first leader; two led one term in 71 of 100 runs.
    assert!(pair.percent(|sums| sums.without_leader) < 80);
    let two_lead = |seed: &u64| {
        let violations = by(never_step_down, returns(*seed)).violations();
        violations
            .iter()
            .any(|found| found.property == Property::ElectionSafety)
    };
    let unsafe_runs = (0..SEEDS).filter(two_lead).count();
    assert!(unsafe_runs > 40, "{unsafe_runs}");
}

/// S1 led and was cut off; S3 leads since. The cuts are gone, but what S3 sends does not reach S1. Who answers S1's heartbeats
/// tells it of the newer term.
#[test]
fn without_terms_learned_from_replies_a_leader_never_hears_of_its_successor() {
    let leads_on = |rules, seed| {
        let mut run = Run {
            config: Config::paper(5),
            seed,
            actions: vec![
                (ms(100), Action::force_timeout(S1)),
                (ms(500), Action::isolate(S1)),
                (ms(510), Action::force_timeout(S3)),
                (ms(800), Action::rejoin(S1)),
                (ms(800), Action::cut(S3, S1)),
            ],
            end: ms(1000),
        };
        run.config.rules = rules;
        let (world, _) = run.make();
        world.server(S3).node().role() == Role::Leader && world.server(S1).node().role() == Role::Leader
    };
    let count = |rules| (0..SEEDS).filter(|seed| leads_on(rules, *seed)).count();
    let by_the_paper = count(Rules::PAPER);
    let without = count(Rules::switching(Rule::LearnTermFromReplies));
    // Measured: in none of 100 runs, and in all.
    assert_eq!(by_the_paper, 0);
    assert!(without > 80, "{without}");
}

/// The lab's quirk: refused candidates run again at once, refuse each other, and never stop.
#[test]
fn candidates_that_run_again_when_they_refuse_flood_the_cluster() {
    let mut config = Config::paper(5);
    config.timing.election_timeout = Range::millis(150, 170);
    let pair = Pair::flipping(Rule::RerunAfterRefusal, 20, left_alone(config, 1000));
    // Measured: 1152 times as many elections, and 1.6 times as long without a leader.
    assert!(pair.percent(|sums| sums.elections_started) > 10_000);
    assert!(pair.percent(|sums| sums.without_leader) > 120);
}

// --- Extensions, which the paper's rules lack ---

/// "When the server regains connectivity, its larger term number will propagate [...] and the leader will step down": what
/// pre-vote is for (thesis §9.6).
#[test]
fn with_pre_vote_a_server_that_comes_back_deposes_nobody() {
    let pair = Pair::flipping(Rule::PreVote, SEEDS, returns);
    // Measured: one change a run without it, none with it; 0.73 times as long without a leader, all of it before the first.
    assert!(pair.paper.leader_changes > SEEDS * 8 / 10);
    assert_eq!((pair.changed.leader_changes, pair.changed.elections_won), (0, SEEDS));
    assert!(pair.percent(|sums| sums.without_leader) < 85);
}

/// A server that hears nobody, as one that the cluster has removed, runs over and over (thesis §4.2.3). It sends no replies that
/// carry its newer term, so it is enough not to listen to its requests.
#[test]
fn with_leader_stickiness_a_server_that_hears_nobody_deposes_nobody() {
    let hears_nobody = |seed| Run {
        config: Config::paper(5),
        seed,
        actions: [S1, S2, S3, S4].map(|from| (ms(400), Action::cut(from, S5))).to_vec(),
        end: ms(3000),
    };
    let pair = Pair::flipping(Rule::LeaderStickiness, SEEDS, hears_nobody);
    // Measured: 2.9 changes a run without it, none with it; 0.15 times as long without a leader, all of it before the first.
    assert!(pair.paper.leader_changes > SEEDS * 2);
    assert_eq!((pair.changed.leader_changes, pair.changed.elections_won), (0, SEEDS));
    assert!(pair.percent(|sums| sums.without_leader) < 30);
}

/// A question about a newer term is enough to depose a leader whose followers take that term.
#[test]
fn where_questions_move_terms_pre_vote_saves_no_leader() {
    let pair = Pair::flipping(Rule::PreVoteMovesNoTerm, SEEDS, returns);
    assert_eq!(pair.paper.leader_changes, 0);
    // Measured: in 30 of 100 runs it asks before it hears the leader.
    assert!(pair.changed.leader_changes > SEEDS / 6, "{:?}", pair.changed);
}

/// S5 and the leader can't reach each other; all others hear both.
#[test]
fn where_promises_heed_no_leader_pre_vote_saves_none() {
    let run = |seed| Run {
        config: Config::paper(5),
        seed,
        actions: vec![
            (ms(100), Action::force_timeout(S1)),
            (ms(400), Action::cut(S1, S5)),
            (ms(400), Action::cut(S5, S1)),
        ],
        end: ms(3000),
    };
    let pair = Pair::flipping(Rule::PreVoteHeedsLeader, SEEDS, run);
    assert_eq!(pair.paper.leader_changes, 0);
    // Measured: 8.7 changes a run.
    assert!(pair.changed.leader_changes > SEEDS * 2);
}

/// S4 and S5 lack what the others have. Promised the votes that they are refused afterwards, they stand in vain, and their newer
/// terms end the elections of those that could win.
#[test]
fn where_promises_look_at_no_log_servers_stand_in_vain() {
    let mut config = Config::paper(5);
    for server in [S1, S2, S3] {
        config.logs[server.index()] = LogPosition {
            last_term: Term(1),
            last_index: 1,
        };
    }
    let run = |seed| Run {
        config,
        seed,
        actions: vec![(ms(100), Action::force_timeout(S1)), (ms(500), Action::kill(S1))],
        end: ms(2000),
    };
    let pair = Pair::flipping(Rule::PreVoteChecksLog, SEEDS, run);
    // Measured: 1.32 times as many elections, and 1.09 times as long without a leader.
    assert!(pair.percent(|sums| sums.elections_started) > 115);
    assert!(pair.percent(|sums| sums.without_leader) > 103);
}

/// What the thesis' wording costs, by which a leader that restarts at once is refused by those that have just heard it. It asks
/// after an election timeout, when they have forgotten it, unless its last heartbeat took longer than its question.
#[test]
fn to_refuse_the_very_leader_costs_something_on_slow_networks_only() {
    let run = |seed| Run {
        config: Config::paper(5),
        seed,
        actions: vec![
            (ms(100), Action::force_timeout(S1)),
            (ms(500), Action::kill(S1)),
            (ms(501), Action::start(S1)),
        ],
        end: ms(2000),
    };
    let with_delays = |most| {
        move |seed| {
            let mut run = run(seed);
            run.config.network = Network::delaying(Range::millis(1, most));
            run
        }
    };
    let same = Pair::flipping(Rule::LeaderMayAsk, 1000, with_delays(30));
    assert_eq!(same.paper, same.changed, "it has waited as long as it counts as recent");
    let pair = Pair::flipping(Rule::LeaderMayAsk, 1000, with_delays(100));
    // Measured: 0.99 times as long without a leader, and 681 leader changes where there were 712.
    assert!((95..100).contains(&pair.percent(|sums| sums.without_leader)));
    assert!(pair.changed.leader_changes < pair.paper.leader_changes);
}

/// Five servers of which some can no longer reach others after half a second.
fn cut(pairs: &[(NodeId, NodeId)], then: &[(u64, Action)], seed: u64) -> Run {
    let both_ways = |&(one, other): &(NodeId, NodeId)| [(one, other), (other, one)];
    let cuts = pairs
        .iter()
        .flat_map(both_ways)
        .map(|(from, to)| (ms(500), Action::cut(from, to)));
    let mut actions = vec![(ms(100), Action::force_timeout(S4))];
    actions.extend(cuts);
    actions.extend(then.iter().map(|&(at, action)| (ms(at), action)));
    Run {
        config: Config::paper(5),
        seed,
        actions,
        end: ms(5500),
    }
}

/// The outage of 2020 in miniature: S1, S2 and S3 reach each other, S4 only S2, and S5 only S3.
#[test]
fn with_pre_vote_and_check_quorum_a_partial_partition_settles() {
    let mut rules = Rules::PAPER;
    rules.pre_vote = true;
    rules.check_quorum = true;
    let lost = [(S4, S1), (S4, S3), (S4, S5), (S5, S1), (S5, S2)];
    let pair = Pair::with(rules, SEEDS, |seed| cut(&lost, &[], seed));
    // Measured: 6.6 changes a run without them, one with them; 0.06 times as long without a leader.
    assert!(pair.paper.leader_changes > SEEDS * 4);
    assert_eq!(
        (pair.changed.leader_changes, pair.changed.elections_won),
        (SEEDS, 2 * SEEDS)
    );
    assert!(pair.percent(|sums| sums.without_leader) < 15);
}

/// Why pre-vote needs check quorum: S4 leads, but reaches only S2. S1, S2 and S3 could elect one of them, but S2 hears a leader and
/// so would not vote; S4 never learns that nobody else follows it.
#[test]
fn without_check_quorum_a_leader_without_a_majority_can_stay_for_ever() {
    let lost = [(S4, S1), (S4, S3)];
    let run = |seed| cut(&lost, &[(500, Action::kill(S5))], seed);
    let mut rules = Rules::PAPER;
    rules.pre_vote = true;
    let alone = Sums::of(rules, SEEDS, &run);
    rules.check_quorum = true;
    let both = Sums::of(rules, SEEDS, &run);
    assert_eq!((alone.elections_won, alone.leader_changes), (SEEDS, 0));
    assert_eq!((both.elections_won, both.leader_changes), (2 * SEEDS, SEEDS));
}
