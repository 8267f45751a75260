//! Leader completeness over log positions: each leader's log is at least as up-to-date as what a majority held before it could
//! vote in its term (Figure 3; §5.4.1, §5.4.3). By hand-made sequences that know nothing of the protocol, and in simulated runs.

use crate::runs::{Run, S1, S2, S3, S4, S5, ms, random};
use raft_playground::{
    raft::{LogPosition, NodeId, Role, Rule, Rules, Term},
    safety::{Monitor, Property, Status, Violation},
    sim::{Action, Config},
};

// --- By hand ---

const fn ends_at(last_term: u32, last_index: u32) -> LogPosition {
    LogPosition {
        last_term: Term(last_term),
        last_index,
    }
}

const EMPTY: LogPosition = ends_at(0, 0);

const fn status(role: Role, term: u32, voted_for: Option<NodeId>, last_log: LogPosition) -> Status {
    Status {
        role,
        term: Term(term),
        voted_for,
        last_log,
    }
}

/// A follower that has not voted.
const fn holds(term: u32, last_log: LogPosition) -> Status {
    status(Role::Follower, term, None, last_log)
}

/// A server becomes leader of a term with the votes of others, whose logs end where they are said to.
fn election(
    term: u32,
    (leader, log): (NodeId, LogPosition),
    voters: &[(NodeId, LogPosition)],
) -> Vec<(NodeId, Status)> {
    let as_it = |role| (leader, status(role, term, Some(leader), log));
    let vote = |&(voter, log)| (voter, status(Role::Follower, term, Some(leader), log));
    let mut steps = vec![as_it(Role::Candidate)];
    steps.extend(voters.iter().map(vote));
    steps.push(as_it(Role::Leader));
    steps
}

/// Shows a monitor a sequence; answers all that it finds.
fn show(monitor: &mut Monitor, sequence: &[(NodeId, Status)]) -> Vec<Violation> {
    let found = sequence
        .iter()
        .flat_map(|&(server, status)| monitor.observe(server, status));
    found.collect()
}

fn judge(parts: &[&[(NodeId, Status)]]) -> Vec<Violation> {
    show(&mut Monitor::new(5), &parts.concat())
}

fn incomplete(leader: NodeId, term: u32, holder: NodeId) -> Violation {
    Violation {
        property: Property::LeaderCompleteness,
        server: leader,
        term: Term(term),
        other: Some(holder),
        then: None,
    }
}

const ENTRY: LogPosition = ends_at(1, 4);

/// S1, S2 and S3 hold an entry since term 1.
const HELD: [(NodeId, Status); 3] = [(S1, holds(1, ENTRY)), (S2, holds(1, ENTRY)), (S3, holds(1, ENTRY))];

#[test]
fn a_leader_with_what_a_majority_holds_is_fine() {
    assert_eq!(
        judge(&[&HELD, &election(2, (S1, ENTRY), &[(S4, EMPTY), (S5, EMPTY)])]),
        []
    );
    let longer = ends_at(1, 5);
    assert_eq!(
        judge(&[&HELD, &election(2, (S4, longer), &[(S1, ENTRY), (S2, ENTRY)])]),
        []
    );
}

#[test]
fn a_leader_without_what_a_majority_holds_is_found() {
    // It is behind by one index, by a term though its log is longer, and by everything.
    for behind in [ends_at(1, 3), ends_at(0, 9), EMPTY] {
        let found = judge(&[&HELD, &election(2, (S4, behind), &[(S5, EMPTY), (S3, ENTRY)])]);
        assert_eq!(found, [incomplete(S4, 2, S3)], "{behind:?}");
    }
}

#[test]
fn what_a_minority_holds_binds_nobody() {
    let election = election(2, (S4, EMPTY), &[(S5, EMPTY), (S3, EMPTY)]);
    assert_eq!(judge(&[&HELD[..2], &election]), []);
}

#[test]
fn the_majority_is_one_of_the_full_cluster_for_every_size() {
    for size in 1..=9 {
        for holders in 1..=size {
            let mut monitor = Monitor::new(size);
            for holder in NodeId::all(holders) {
                assert_eq!(monitor.observe(holder, holds(1, ENTRY)), []);
            }
            let leader = NodeId::new(size - 1);
            // It got the votes of all, whatever they hold.
            let log_of = |server: NodeId| if server.index() < holders { ENTRY } else { EMPTY };
            let voters: Vec<_> = NodeId::all(size - 1).map(|voter| (voter, log_of(voter))).collect();
            let found = show(&mut monitor, &election(2, (leader, EMPTY), &voters));
            // The last of all holds it itself, and can only lose it by moving its log, which no longer counts then.
            let others = holders.min(size - 1);
            assert_eq!(!found.is_empty(), others > size / 2, "{holders} of {size}: {found:?}");
        }
    }
}

/// A server whose log reaches further holds what a shorter log holds as well, so it counts towards that majority.
#[test]
fn the_best_that_a_majority_holds_is_what_counts() {
    let mixed = [
        (S1, holds(1, ends_at(1, 9))),
        (S2, holds(1, ends_at(1, 6))),
        (S3, holds(1, ends_at(1, 2))),
    ];
    let with = |log| judge(&[&mixed, &election(2, (S4, log), &[(S5, EMPTY), (S3, ends_at(1, 2))])]);
    assert_eq!(with(ends_at(1, 2)), []);
    assert_eq!(with(ends_at(1, 1)), [incomplete(S4, 2, S3)]);
}

#[test]
fn a_log_that_was_moved_in_the_leaders_term_does_not_count() {
    // S3 voted for S4 before it got the entry.
    let run = election(2, (S4, EMPTY), &[(S5, EMPTY), (S3, EMPTY)]);
    let (won, before) = run.split_last().expect("an election");
    let moved = [(S3, status(Role::Follower, 2, Some(S4), ENTRY))];
    assert_eq!(judge(&[&HELD[..2], before, &moved, &[*won]]), []);
    // For the leader of the next term it counts.
    let next = election(3, (S5, EMPTY), &[(S4, EMPTY), (S3, ENTRY)]);
    assert_eq!(
        judge(&[&HELD[..2], before, &moved, &[*won], &next]),
        [incomplete(S5, 3, S3)]
    );
}

#[test]
fn an_entry_that_was_taken_away_does_not_count() {
    let taken = [(S3, holds(1, EMPTY))];
    let election = election(2, (S4, EMPTY), &[(S5, EMPTY), (S3, EMPTY)]);
    assert_eq!(judge(&[&HELD, &taken, &election]), []);
}

#[test]
fn a_candidate_is_judged_by_the_log_with_which_it_ran() {
    let run = election(2, (S4, ENTRY), &[(S1, ENTRY), (S2, ENTRY)]);
    let (_, before) = run.split_last().expect("an election");
    let won_behind = [
        (S4, status(Role::Candidate, 2, Some(S4), EMPTY)),
        (S4, status(Role::Leader, 2, Some(S4), EMPTY)),
    ];
    assert_eq!(judge(&[&HELD, before, &won_behind]), [], "it had what its voters saw");
    // What it had in an older term does not excuse it.
    let later = election(3, (S4, EMPTY), &[(S5, EMPTY), (S3, ENTRY)]);
    assert_eq!(judge(&[&HELD, before, &won_behind, &later]), [incomplete(S4, 3, S3)]);
}

/// Servers run in a term that they were followers in only where a new election takes no new term.
#[test]
fn what_a_server_had_before_it_ran_does_not_excuse_it() {
    let before = [(S4, holds(2, ENTRY)), (S4, holds(2, EMPTY))];
    let run = election(2, (S4, EMPTY), &[(S5, EMPTY), (S3, ENTRY)]);
    assert_eq!(judge(&[&HELD, &before, &run]), [incomplete(S4, 2, S3)]);
}

#[test]
fn a_leader_whose_log_is_moved_back_is_not_judged_again() {
    let moved = [(S1, status(Role::Leader, 2, Some(S1), EMPTY))];
    assert_eq!(
        judge(&[&HELD, &election(2, (S1, ENTRY), &[(S2, ENTRY), (S4, EMPTY)]), &moved]),
        []
    );
}

#[test]
fn a_restart_forgets_nothing() {
    let restarted = [(S3, holds(1, ENTRY))];
    let found = judge(&[
        &HELD,
        &restarted,
        &election(2, (S4, EMPTY), &[(S5, EMPTY), (S3, ENTRY)]),
    ]);
    assert_eq!(found, [incomplete(S4, 2, S3)]);
}

#[test]
fn a_wiped_disk_does_not_take_back_what_its_server_held() {
    let mut monitor = Monitor::new(5);
    assert_eq!(show(&mut monitor, &HELD), []);
    monitor.disk_wiped(S3);
    assert_eq!(monitor.observe(S3, holds(0, EMPTY)), []);
    let mut found = show(&mut monitor, &election(2, (S4, EMPTY), &[(S5, EMPTY), (S3, EMPTY)]));
    assert_eq!(found, [incomplete(S4, 2, S3)]);
    // Once its log is moved again, a majority holds no more than that.
    let less = ends_at(0, 1);
    assert_eq!(monitor.observe(S3, status(Role::Follower, 2, Some(S4), less)), []);
    found = show(&mut monitor, &election(3, (S5, less), &[(S4, EMPTY), (S3, less)]));
    assert_eq!(found, []);
}

// --- In simulated runs ---

/// Random faults with many moves of logs in between, forward and back, of servers in any state.
fn moving_logs(seed: u64) -> Run {
    let mut run = random::faulty(seed);
    let mut dice = random::Dice::new(seed ^ 0x10_95);
    for _ in 0..60 {
        let at = ms(dice.roll(run.end.as_millis()));
        let index = run.actions.partition_point(|&(other, _)| other < at);
        run.actions
            .insert(index, (at, Action::set_log(dice.server(run.config.size), dice.log())));
    }
    run
}

fn without_the_check(mut run: Run) -> Run {
    run.config.rules.set(Rule::UpToDateCheck, false);
    run
}

#[test]
fn by_the_papers_rules_it_holds_however_logs_are_moved() {
    for seed in 0..600 {
        assert_eq!(moving_logs(seed).violations(), [], "seed {seed}");
    }
}

#[test]
fn without_the_check_of_logs_it_breaks_and_nothing_else_does() {
    let found: Vec<_> = (0..100)
        .map(|seed| without_the_check(moving_logs(seed)).violations())
        .collect();
    assert!(
        found
            .concat()
            .iter()
            .all(|violation| violation.property == Property::LeaderCompleteness)
    );
    let broken = found.iter().filter(|found| !found.is_empty()).count();
    assert!(broken > 8, "{broken} of 100 runs");
}

/// Three servers hold what S4 and S5 lack, and S4 runs first.
fn s4_runs_behind(actions: &[(u64, Action)]) -> Run {
    let mut config = Config::paper(5);
    for holder in [S1, S2, S3] {
        config.logs[holder.index()] = ENTRY;
    }
    let timed = actions.iter().map(|&(at, action)| (ms(at), action));
    Run {
        config,
        seed: 1,
        actions: timed.collect(),
        end: ms(2000),
    }
}

#[test]
fn the_check_of_logs_decides() {
    let run = s4_runs_behind(&[(50, Action::force_timeout(S4))]);
    assert_eq!(run.violations(), []);
    let found = without_the_check(run).violations();
    assert_eq!(found, [incomplete(S4, 1, S3)]);
}

#[test]
fn wiping_the_disk_of_one_of_the_majority_is_found_once_it_elects_a_blank_leader() {
    let wiped = s4_runs_behind(&[
        (50, Action::wipe_disk(S3)),
        (51, Action::start(S3)),
        (60, Action::force_timeout(S4)),
    ]);
    assert_eq!(wiped.config.rules, Rules::PAPER);
    assert_eq!(wiped.violations(), [incomplete(S4, 1, S3)]);
}
