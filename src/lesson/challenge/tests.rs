//! The stored solutions, near misses, and whether less than par is enough.

use std::{fs, path::PathBuf, sync::Arc};

use super::{Challenge, ChallengeVerdict, DeadEnd, Par, ParSource, S3, S5, setup};
use crate::{
    checker::{Bounds, Model, Options, Search, Setup, Step, Verdict},
    raft::{MAX_SERVERS, NodeId, NodeSet, Rule, Rules, Term},
    safety::Properties,
    scenario::{Run, counterexample, file, link},
    sim::{Action, History, Micros},
};

const S1: NodeId = NodeId::new(0);
const S2: NodeId = NodeId::new(1);
const S4: NodeId = NodeId::new(3);

fn ms(millis: u64) -> Micros {
    Micros::from_millis(millis)
}

/// A run of a challenge in which this is done, up to an instant.
fn attempt(challenge: Challenge, deeds: &[(Micros, Action)], until: Micros) -> History {
    let mut history = challenge.scenario().start();
    for (at, action) in deeds {
        history.seek(*at);
        history.act(*action).expect("it can be done");
    }
    history.seek(until.max(history.now()));
    history
}

fn count(verdict: ChallengeVerdict) -> Option<usize> {
    match verdict {
        ChallengeVerdict::Solved { count, .. } => Some(count),
        _ => None,
    }
}

/// Each single action of a menu at each instant at which something happens, and whether it solves the challenge.
fn one_action(challenge: Challenge, menu: &[Action], last: Micros, until: Micros) -> Vec<(Micros, Action)> {
    let mut history = challenge.scenario().start();
    let mut found = Vec::new();
    loop {
        for action in menu {
            let mut other = history.clone();
            if other.act(*action).is_ok() {
                other.seek(until);
                if count(challenge.judge(&other)).is_some() {
                    found.push((history.now(), *action));
                }
            }
        }
        if !history.step() || history.now() > last {
            return found;
        }
    }
}

// --- Stored solutions ---

fn path_of(challenge: Challenge) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/lesson/challenge/solutions");
    folder.join(format!("{}.{}", challenge.slug(), file::EXTENSION))
}

fn with(rules: &[Rule]) -> Action {
    let mut all = Rules::PAPER;
    for rule in rules {
        all.set(*rule, true);
    }
    Action::set_rules(all)
}

/// One solution of each challenge that is not for the exhaustive search: what is done, and until when it runs.
fn solution(challenge: Challenge) -> (Vec<(Micros, Action)>, Micros) {
    let group = NodeSet::from_iter([S1, S2]);
    match challenge {
        Challenge::ElectS5 => (vec![(ms(340), Action::kill(S1))], ms(700)),
        Challenge::TwoLeaders => (vec![(ms(300), Action::isolate(S1))], ms(700)),
        Challenge::StepDown => (vec![(ms(700), Action::rejoin(S5))], ms(900)),
        Challenge::SplitVote => (vec![(ms(640), Action::kill(first_leader()))], ms(1200)),
        Challenge::NeverS3 => (vec![(ms(400), Action::kill(S4))], ms(600)),
        Challenge::Leaderless => (
            vec![(ms(300), Action::kill(S3)), (ms(310), Action::partition(group))],
            ms(2400),
        ),
        Challenge::CalmOutage => (
            vec![
                (ms(1000), with(&[Rule::PreVote])),
                (ms(1100), with(&[Rule::PreVote, Rule::CheckQuorum])),
            ],
            ms(6500),
        ),
        Challenge::Break(rule) => {
            let deeds = played(rule, &shortest_path(rule));
            let end = deeds.last().map_or(Micros::ZERO, |(at, _)| *at);
            (deeds, end + ms(200))
        }
    }
}

/// Who leads first in the challenge of the split vote.
fn first_leader() -> NodeId {
    let history = attempt(Challenge::SplitVote, &[], ms(600));
    history.world().leader().expect("a leader")
}

fn stored(challenge: Challenge) -> Run {
    let text = fs::read_to_string(path_of(challenge)).expect("each challenge has a stored solution");
    file::read(&text).expect("a file that can be read")
}

/// `UPDATE_SOLUTIONS=1 cargo test --lib challenge` writes them.
#[test]
fn each_challenge_has_a_stored_solution_at_par() {
    for challenge in Challenge::all() {
        if std::env::var("UPDATE_SOLUTIONS").is_ok() {
            let (deeds, until) = solution(challenge);
            let history = attempt(challenge, &deeds, until);
            let text = file::write(&Run::of(&challenge.scenario(), &history));
            fs::write(path_of(challenge), text).expect("a folder of this repository");
        }
        let run = stored(challenge);
        let history = run.open().expect("a run that opens");
        assert_eq!(Challenge::of(&history), Some(challenge));
        let verdict = challenge.judge(&history);
        assert_eq!(
            count(verdict),
            Some(challenge.par().count),
            "{challenge:?}: {verdict:?}"
        );
        let by_link = link::decode(&link::encode(&run)).expect("a link that can be read");
        assert_eq!(challenge.judge(&by_link.open().expect("a run that opens")), verdict);
    }
}

#[test]
fn a_solution_counts_for_its_own_challenge_only() {
    for challenge in Challenge::all() {
        let history = stored(challenge).open().expect("a run that opens");
        for other in Challenge::all().into_iter().filter(|other| *other != challenge) {
            assert_eq!(other.judge(&history), ChallengeVerdict::OtherRun, "{other:?}");
        }
    }
}

/// What is kept of solutions, and what links say, carries them.
#[test]
fn slugs_never_change() {
    let slugs: Vec<_> = Challenge::all().into_iter().map(Challenge::slug).collect();
    let known = [
        "elect-s5",
        "two-leaders",
        "step-down",
        "split-vote",
        "never-s3",
        "leaderless",
        "calm-outage",
        "break-one-vote-per-term",
        "break-persist-vote",
        "break-count-each-vote-once",
        "break-reply-term-must-match",
        "break-keep-vote-in-term",
        "break-new-election-new-term",
        "break-persist-term",
        "break-newer-term-steps-down",
        "break-up-to-date-check",
        "break-log-term-before-index",
        "break-pre-vote-is-no-vote",
    ];
    assert_eq!(slugs, known);
    for challenge in Challenge::all() {
        assert_eq!(Challenge::from_slug(&challenge.slug()), Some(challenge));
    }
}

// --- Near misses ---

fn is_open(challenge: Challenge, deeds: &[(Micros, Action)], until: Micros) {
    let verdict = challenge.judge(&attempt(challenge, deeds, until));
    assert_eq!(verdict, ChallengeVerdict::Open, "{challenge:?} after {deeds:?}");
}

fn is_spoiled(challenge: Challenge, deeds: &[(Micros, Action)], until: Micros, by: usize) {
    let verdict = challenge.judge(&attempt(challenge, deeds, until));
    let (at, action) = deeds[by];
    assert_eq!(
        verdict,
        ChallengeVerdict::Spoiled { at, action },
        "{challenge:?} after {deeds:?}"
    );
}

#[test]
fn another_server_that_leads_or_another_means_does_not_elect_s5() {
    let challenge = Challenge::ElectS5;
    is_open(challenge, &[(ms(450), Action::kill(S1))], ms(900));
    is_spoiled(challenge, &[(ms(300), Action::force_timeout(S5))], ms(700), 0);
    is_spoiled(
        challenge,
        &[(ms(300), Action::isolate(S1)), (ms(340), Action::kill(S1))],
        ms(900),
        0,
    );
}

#[test]
fn one_leader_after_the_other_is_not_two_at_once() {
    let challenge = Challenge::TwoLeaders;
    is_open(challenge, &[(ms(300), Action::kill(S1))], ms(900));
    is_open(challenge, &[(ms(300), Action::isolate(S5))], ms(900));
    // Here the old leader hears of the new term before its successor has won.
    is_open(challenge, &[(ms(300), Action::force_timeout(S5))], ms(900));
    let other_rules = Action::set_rules(Rules::switching(Rule::NewerTermStepsDown));
    is_spoiled(
        challenge,
        &[(ms(300), other_rules), (ms(310), Action::force_timeout(S5))],
        ms(900),
        0,
    );
}

#[test]
fn a_stale_leader_that_crashes_or_hears_nothing_has_not_stepped_down() {
    let challenge = Challenge::StepDown;
    is_open(
        challenge,
        &[(ms(700), Action::kill(S5)), (ms(750), Action::rejoin(S5))],
        ms(1000),
    );
    // S1 hears S5, but S5 does not hear S1's answer.
    is_open(challenge, &[(ms(700), Action::heal(S5, S1))], ms(1000));
    is_open(challenge, &[(ms(700), Action::heal(S1, S2))], ms(1000));
}

#[test]
fn a_leader_that_was_not_stale_has_not_stepped_down_as_one() {
    let challenge = Challenge::StepDown;
    // It leads, and all five hear it.
    for at in (100..300).step_by(5) {
        for server in [S1, S2, S3, S4] {
            is_open(challenge, &[(ms(at), Action::force_timeout(server))], ms(299));
        }
    }
}

#[test]
fn an_answer_that_the_rules_would_not_give_solves_nothing() {
    for challenge in Challenge::all() {
        let mut history = challenge.scenario().start();
        while history.world().in_flight().next().is_none() {
            assert!(history.step(), "{challenge:?}: a message is sent");
        }
        let message = history.world().in_flight().next().expect("one is on its way").id;
        let (at, action) = (history.now(), Action::accept_message(message));
        history.act(action).expect("it is on its way");
        let fault = challenge.first_banned(&super::deeds(&history));
        assert_eq!(fault, Some((at, action)), "{challenge:?}");
    }
}

#[test]
fn a_crash_at_another_time_or_a_second_one_splits_no_vote() {
    let challenge = Challenge::SplitVote;
    is_open(challenge, &[(ms(560), Action::kill(first_leader()))], ms(1100));
    is_spoiled(challenge, &[(ms(300), Action::align_timers())], ms(1100), 0);
    is_spoiled(
        challenge,
        &[(ms(560), Action::kill(S5)), (ms(640), Action::kill(first_leader()))],
        ms(1200),
        1,
    );
}

#[test]
fn s3_can_still_win_while_it_has_enough_to_ask() {
    let challenge = Challenge::NeverS3;
    is_open(challenge, &[(ms(400), Action::kill(S1))], ms(1000));
    is_spoiled(challenge, &[(ms(400), Action::kill(S3))], ms(1000), 0);
    is_spoiled(challenge, &[(ms(400), Action::cut(S4, S3))], ms(1000), 0);
    // Without a majority nobody wins, S3 or another.
    let three = [S1, S2, S4].map(|server| (ms(400), Action::kill(server)));
    is_open(challenge, &three, ms(1000));
}

#[test]
fn the_run_bears_out_that_s3_never_wins() {
    let (deeds, until) = solution(Challenge::NeverS3);
    let history = attempt(Challenge::NeverS3, &deeds, until);
    for luck in 0..20 {
        let mut world = history.world().with_luck(luck);
        // Its leader crashes and comes back, over and over.
        for round in 0..20 {
            world.run_until(history.now() + ms(600 * (round + 1)), &mut ());
            assert_ne!(world.leader(), Some(S3), "luck {luck}");
            if let Some(leader) = world.leader() {
                world.act(Action::kill(leader), &mut ()).expect("it runs");
                world.act(Action::start(leader), &mut ()).expect("it is down");
            }
        }
    }
}

#[test]
fn less_than_two_seconds_or_more_than_a_crash_and_a_cut_do_not_count() {
    let challenge = Challenge::Leaderless;
    let (deeds, _) = solution(challenge);
    is_open(challenge, &deeds, ms(2290));
    is_open(challenge, &deeds[..1], ms(4000));
    is_open(
        challenge,
        &[deeds[0], (ms(310), Action::isolate(S1))].map(|deed| deed)[..1],
        ms(4000),
    );
    let twice = [deeds[0], (ms(310), Action::kill(S1)), (ms(320), Action::kill(S2))];
    is_spoiled(challenge, &twice, ms(4000), 1);
}

#[test]
fn an_outage_is_not_calmed_by_one_rule_or_too_late_or_by_breaking_the_paper() {
    let challenge = Challenge::CalmOutage;
    is_open(challenge, &[(ms(1000), with(&[Rule::PreVote]))], ms(15_000));
    is_open(challenge, &[(ms(1000), with(&[Rule::CheckQuorum]))], ms(15_000));
    let both = with(&[Rule::PreVote, Rule::CheckQuorum]);
    is_spoiled(challenge, &[(ms(1600), both)], ms(9000), 0);
    let broken = Action::set_rules(Rules::switching(Rule::NewerTermStepsDown));
    is_spoiled(challenge, &[(ms(1000), broken)], ms(9000), 0);
    is_open(challenge, &[(ms(1000), both)], ms(4000));
}

// --- Par ---

#[test]
fn nothing_is_solved_by_doing_nothing() {
    for challenge in Challenge::all() {
        let mut history = challenge.scenario().start();
        while history.step() && history.now() < ms(10_000) {
            if history.now() > ms(2000) {
                history.seek(history.now() + ms(100));
            }
            assert_eq!(challenge.judge(&history), ChallengeVerdict::Open, "{challenge:?}");
        }
    }
}

#[test]
fn one_action_is_not_enough_where_par_is_two() {
    let servers = || NodeId::all(5);
    let partitions =
        (1..16_u32).map(|bits| Action::partition(servers().filter(|id| bits >> id.index() & 1 == 1).collect()));
    let links = servers().flat_map(|from| servers().map(move |to| (from, to)));
    let cuts = links
        .filter(|(from, to)| from != to)
        .map(|(from, to)| Action::cut(from, to));
    let faults: Vec<_> = servers()
        .map(Action::kill)
        .chain(servers().map(Action::isolate))
        .chain(partitions)
        .chain(cuts)
        .collect();
    assert_eq!(one_action(Challenge::Leaderless, &faults, ms(500), ms(4000)), []);
    let switches: Vec<_> = Rule::EXTENSIONS.iter().map(|rule| with(&[*rule])).collect();
    assert_eq!(one_action(Challenge::CalmOutage, &switches, ms(1500), ms(10_000)), []);
    for challenge in Challenge::all() {
        let Par { count, source } = challenge.par();
        let expected = match source {
            ParSource::OneIsLeast => count == 1,
            ParSource::Simulator => count == 2,
            ParSource::Search => count > 2,
        };
        assert!(expected, "{challenge:?}");
    }
}

/// The shortest way to break safety without a rule.
fn shortest_path(rule: Rule) -> Vec<Step> {
    let needs_crash = matches!(rule, Rule::PersistVote | Rule::PersistTerm);
    let needs_two = matches!(
        rule,
        Rule::ReplyTermMustMatch | Rule::NewerTermStepsDown | Rule::UpToDateCheck
    );
    let bounds = Bounds {
        servers: setup::servers(rule),
        elections: 1 + u8::from(needs_two),
        crashes: u8::from(needs_crash),
        duplications: 0,
        heartbeats: 0,
        transfers: false,
    };
    let scenario = Challenge::Break(rule).scenario();
    let mut logs = [Default::default(); MAX_SERVERS];
    logs.copy_from_slice(&scenario.config.logs);
    let question = Setup {
        rules: scenario.config.rules,
        logs,
        watched: Properties::only(setup::property(rule)),
        ..Setup::paper(bounds)
    };
    let model = Model::new(question).expect("bounds that fit");
    let mut search = Search::new(Arc::new(model), Options::default());
    match search.finish() {
        Verdict::Violated { path, .. } => path.clone(),
        other => panic!("{rule:?} breaks nothing: {other:?}"),
    }
}

/// A path as what a reader does.
fn played(rule: Rule, path: &[Step]) -> Vec<(Micros, Action)> {
    let config = Challenge::Break(rule).scenario().config;
    let bounds = Bounds {
        servers: config.size,
        elections: 2,
        crashes: 1,
        duplications: 0,
        heartbeats: 0,
        transfers: false,
    };
    let question = Setup {
        rules: config.rules,
        logs: config.logs,
        ..Setup::paper(bounds)
    };
    counterexample::play(&question, path)
        .expect("a path that was found")
        .script
}

#[test]
fn the_search_needs_as_many_steps_as_par_says() {
    for challenge in Challenge::all() {
        let Challenge::Break(rule) = challenge else { continue };
        let path = shortest_path(rule);
        assert_eq!(path.len(), challenge.par().count, "{rule:?}");
        let deeds = played(rule, &path);
        let end = counterexample::end(&path) + ms(1);
        let judge = |until| challenge.judge(&attempt(challenge, &until_then(&deeds, until), until));
        assert_eq!(count(judge(end)), Some(path.len()), "{rule:?}");
        // One step less breaks nothing yet.
        assert_eq!(
            judge(Micros(end.0 - counterexample::BEAT.0)),
            ChallengeVerdict::Open,
            "{rule:?}"
        );
    }
}

fn until_then(deeds: &[(Micros, Action)], until: Micros) -> Vec<(Micros, Action)> {
    deeds.iter().copied().filter(|(at, _)| *at <= until).collect()
}

/// One step more is counted, and other rules are no solution.
#[test]
fn a_longer_way_counts_more_and_other_rules_do_not_count() {
    let challenge = Challenge::Break(Rule::OneVotePerTerm);
    let rules = Action::set_rules(Rules::switching(Rule::PersistVote));
    is_spoiled(challenge, &[(ms(10), rules)], ms(100), 0);
    let all = [S1, S2, S3].map(|server| (ms(10), Action::force_timeout(server)));
    let verdict = challenge.judge(&attempt(challenge, &all[..2], ms(200)));
    assert!(
        count(verdict).is_some_and(|steps| steps > challenge.par().count),
        "{verdict:?}"
    );
}

// --- Dead ends ---

fn dead_end(challenge: Challenge, deeds: &[(Micros, Action)], until: Micros) -> Option<DeadEnd> {
    let history = attempt(challenge, deeds, until);
    assert_eq!(challenge.judge(&history), ChallengeVerdict::Open);
    challenge.dead_end(&history)
}

#[test]
fn a_stale_leader_that_crashed_has_nothing_to_step_down_from() {
    let challenge = Challenge::StepDown;
    let lost = Some(DeadEnd::LeadsNoLonger(S5, Term(1)));
    assert_eq!(dead_end(challenge, &[], ms(100)), None, "it has yet to win");
    assert_eq!(dead_end(challenge, &[], ms(700)), None);
    let crash = (ms(500), Action::kill(S5));
    assert_eq!(dead_end(challenge, &[crash], ms(500)), lost);
    let back = [crash, (ms(550), Action::start(S5)), (ms(550), Action::rejoin(S5))];
    assert_eq!(dead_end(challenge, &back, ms(700)), lost);
    let again = [&back[..], &[(ms(800), Action::force_timeout(S5))]].concat();
    assert_eq!(dead_end(challenge, &again, ms(900)), None, "it leads again");
}

#[test]
fn where_nothing_more_may_be_done_what_comes_by_itself_decides() {
    let challenge = Challenge::SplitVote;
    let leader = first_leader();
    let crash = |at| [(ms(at), Action::kill(leader))];
    assert_eq!(dead_end(challenge, &[], ms(560)), None);
    assert_eq!(dead_end(challenge, &crash(560), ms(570)), None, "nobody leads yet");
    assert!(matches!(
        dead_end(challenge, &crash(560), ms(1100)),
        Some(DeadEnd::LedWithoutSplit(_))
    ));
    assert_eq!(dead_end(challenge, &crash(640), ms(700)), None, "it will split");
    let follower = [(ms(560), Action::kill(S5))];
    assert_eq!(
        dead_end(challenge, &follower, ms(560)),
        Some(DeadEnd::LedWithoutSplit(leader))
    );

    let challenge = Challenge::Leaderless;
    let (deeds, _) = solution(challenge);
    assert_eq!(dead_end(challenge, &deeds, ms(1000)), None, "two seconds are to come");
    let other = [deeds[0], (ms(310), Action::cut(S1, S2))];
    assert_eq!(dead_end(challenge, &other[..1], ms(1000)), None, "a cut is left");
    assert_eq!(dead_end(challenge, &other, ms(1000)), Some(DeadEnd::LedTooSoon));

    let challenge = Challenge::CalmOutage;
    let one = [(ms(1000), with(&[Rule::PreVote]))];
    assert_eq!(dead_end(challenge, &one, ms(1400)), None, "there is time left");
    assert_eq!(dead_end(challenge, &one, ms(1600)), Some(DeadEnd::NotCalmed));
    let both = [(ms(1000), with(&[Rule::PreVote, Rule::CheckQuorum]))];
    assert_eq!(dead_end(challenge, &both, ms(1600)), None);
}
