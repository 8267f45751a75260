//! The five figures by the paper's rules: what differs once the lab's quirk is off, and what holds either way.
//!
//! Luck has an address, so both runs of a figure draw the same timeouts and delays until the quirk shows.

use crate::support::{Run, S1, S2, S3, S4, S5, refused_as_candidate};
use raft_playground::{
    raft::{Role, Rules, Term},
    scenario::{Scenario, ScenarioId},
};

const FIGURES: [ScenarioId; 5] = [
    ScenarioId::Figure1,
    ScenarioId::Figure2,
    ScenarioId::Figure3,
    ScenarioId::Figure4,
    ScenarioId::Figure5,
];

/// How the story goes on, with the quirk and without, from the sentence on at which the two part.
fn parting(figure: ScenarioId) -> (Vec<String>, Vec<String>) {
    let (with, without) = (Run::of(figure).story(), Run::without_quirk(figure).story());
    let same = with
        .iter()
        .zip(&without)
        .take_while(|(with, without)| with == without)
        .count();
    (with[same..].to_vec(), without[same..].to_vec())
}

/// S2 does not run at once but waits, and S3's timer runs out before its own: S3 leads term 2, with S4's vote, and S2 steps down
/// for it instead of the other way round.
#[test]
fn figure_1_has_another_leader() {
    let (with, without) = parting(ScenarioId::Figure1);
    assert_eq!(with[0], "S2 runs for term 2", "at once after the refusal");
    let expected = [
        "S3 is refused by S1",
        "S3 is refused by S2",
        "S4 starts",
        "S3 times out",
        "S3 runs for term 2",
        "S4 learns of term 2 from S3",
        "S1 learns of term 2 from S3",
        "S2 learns of term 2 from S3",
        "S2 steps down",
        "S3 gets the vote of S4",
        "S3 gets the vote of S1",
        "S3 leads term 2",
    ];
    assert_eq!(without[..expected.len()], expected);
    assert_eq!(Run::without_quirk(ScenarioId::Figure1).leaders(), [(S3, Term(2))]);
}

/// Nothing, to the last event: in this figure no candidate is ever asked for its vote, so none refuses it.
#[test]
fn figure_2_is_the_same() {
    let run = Run::of(ScenarioId::Figure2);
    assert_eq!(run.events, Run::without_quirk(ScenarioId::Figure2).events);
    assert_eq!(refused_as_candidate(&run.events), []);
}

/// S1 leads term 2 all the same, but only once its timer has run out, a quarter of a second later. When it is killed the
/// followers have heard fewer heartbeats, so other timers run, and it is S2, not S3, who takes over.
#[test]
fn figure_3_elects_its_first_leader_later_and_another_second_one() {
    let (with, without) = parting(ScenarioId::Figure3);
    assert_eq!(with[0], "S1 runs for term 2", "at once after the refusal");
    let expected = [
        "S4 learns of term 1 from S3",
        "S3 gets the vote of S4",
        "S3 is refused by S2",
        "S3 is refused by S1",
        "S1 times out",
        "S1 runs for term 2",
    ];
    assert_eq!(without[..expected.len()], expected);

    let (with, without) = (Run::of(ScenarioId::Figure3), Run::without_quirk(ScenarioId::Figure3));
    assert_eq!(with.leaders(), [(S1, Term(2)), (S3, Term(3))]);
    assert_eq!(without.leaders(), [(S1, Term(2)), (S2, Term(3))]);
    let gained = without.elected(Term(2)) - with.elected(Term(2));
    assert_eq!(gained.as_millis(), 251, "what the quirk saves S1 here");
}

/// Nothing, to the last event: in this figure no candidate is ever asked for its vote, so none refuses it.
#[test]
fn figure_4_is_the_same() {
    let run = Run::of(ScenarioId::Figure4);
    assert_eq!(run.events, Run::without_quirk(ScenarioId::Figure4).events);
    assert_eq!(refused_as_candidate(&run.events), []);
}

/// S1 leads term 2 all the same, but only after its timer has run out. When it is killed, S2 takes over, so that the other two
/// kills hit followers. S2 leads on, with S4 as its only follower: a leader that has lost its majority does not notice (§5.2
/// has it step down for a newer term only).
#[test]
fn figure_5_keeps_a_leader() {
    let (with, without) = parting(ScenarioId::Figure5);
    assert_eq!(with[0], "S1 runs for term 2", "at once after the refusal");
    let expected = [
        "S4 is refused by S1",
        "S4 gets the vote of S3",
        "S4 is refused by S2",
        "S5 starts",
        "S1 times out",
        "S1 runs for term 2",
    ];
    assert_eq!(without[..expected.len()], expected);

    let (with, without) = (Run::of(ScenarioId::Figure5), Run::without_quirk(ScenarioId::Figure5));
    assert_eq!(with.leaders(), [(S1, Term(2)), (S5, Term(3)), (S3, Term(4))]);
    assert_eq!(without.leaders(), [(S1, Term(2)), (S2, Term(3))]);
    let world = without.history.world();
    assert_eq!(world.server(S2).node().role(), Role::Leader);
    assert_eq!(world.server(S4).node().leader(), Some(S2));
}

#[test]
fn without_the_quirk_a_figure_runs_by_the_paper() {
    for figure in FIGURES {
        assert_eq!(Scenario::new(figure).config.rules, Rules::lab(), "{figure:?}");
        let paper = Scenario::new(figure).with_rules(Rules::PAPER);
        assert_eq!(paper.config.rules, Rules::PAPER, "{figure:?}");
        assert_eq!(
            paper.with_rules(Rules::lab()),
            Scenario::new(figure),
            "and nothing else changes"
        );
    }
}

/// The quirk breaks no safety rule.
#[test]
fn no_term_has_two_leaders_with_the_quirk_or_without() {
    for figure in FIGURES {
        for run in [Run::of(figure), Run::without_quirk(figure)] {
            assert_eq!(run.history.incidents(), [], "{figure:?}");
            let mut terms: Vec<Term> = run.leaders().into_iter().map(|(_, term)| term).collect();
            let elections = terms.len();
            assert_ne!(elections, 0, "{figure:?} has a leader");
            terms.dedup();
            assert_eq!(terms.len(), elections, "{figure:?}");
        }
    }
}
