//! A leader that was cut off comes back when there is another one, hears of the newer term and steps down.

use crate::support::{LongRun, Run, S1, S2, S5};
use raft_playground::{
    raft::{Decision, Message, SteppedDown, Term},
    scenario::{Scenario, ScenarioId},
    sim::{Event, EventKind, Micros},
};

fn run() -> Run {
    Run::of(ScenarioId::LeaderReturns)
}

#[test]
fn the_others_elect_s2_and_refuse_the_heartbeats_of_s5() {
    let run = run();
    let expected = [
        "S5 is isolated",
        "S2 times out",
        "S2 runs for term 2",
        "S4 learns of term 2 from S2",
        "S3 learns of term 2 from S2",
        "S1 learns of term 2 from S2",
        "S2 gets the vote of S4",
        "S2 gets the vote of S3",
        "S2 leads term 2",
        "S2 gets the vote of S1 too late",
        "S1 follows S2",
        "S3 follows S2",
        "S4 follows S2",
        "S5 rejoins",
        "S4 denies the heartbeat of S5",
        "S3 denies the heartbeat of S5",
        "S2 denies the heartbeat of S5",
        "S1 denies the heartbeat of S5",
        "S5 learns of term 2 from S1",
        "S5 steps down",
        "S5 follows S2",
    ];
    assert_eq!(run.story_from("S5 is isolated"), expected);
    assert_eq!(run.leaders(), [(S5, Term(1)), (S2, Term(2))]);
    assert_eq!(run.history.incidents(), []);
}

#[test]
fn it_is_the_refusal_that_makes_it_step_down() {
    let run = run();
    let is =
        |event: &&Event| event.server == Some(S5) && matches!(event.kind, EventKind::Decided(Decision::SteppedDown(_)));
    let down = run.events.iter().find(is).expect("it steps down");
    assert_eq!(
        down.kind,
        EventKind::Decided(Decision::SteppedDown(SteppedDown::NewerTerm))
    );
    let causes = std::iter::successors(Some(down), |event| {
        run.events.get(usize::try_from(event.cause?.0).expect("a short run"))
    });
    let refusal = Message::AppendEntriesReply {
        term: Term(2),
        success: false,
    };
    let mut arrivals = causes.filter(|event| matches!(event.kind, EventKind::Delivered { .. }));
    let delivered = EventKind::Delivered {
        from: S1,
        message: refusal,
    };
    assert_eq!(arrivals.next().map(|event| event.kind), Some(delivered));
}

/// It costs no election: who returns as leader does not disturb the others.
#[test]
fn the_new_leader_stays() {
    let scenario = Scenario::new(ScenarioId::LeaderReturns);
    let run = LongRun::of(&scenario, scenario.seed, Micros::from_secs(600));
    assert_eq!(run.elected, [(S5, Term(1)), (S2, Term(2))]);
    assert_eq!(run.violations, []);
}

#[test]
fn it_does_not_keep_its_reader_waiting() {
    let run = run();
    run.assert_within(5, run.elected(Term(1)));
    run.assert_within(11, run.elected(Term(2)));
    let down = run.first(S5, |kind| matches!(kind, EventKind::Decided(Decision::SteppedDown(_))));
    run.assert_within(17, down.expect("it steps down"));
}
