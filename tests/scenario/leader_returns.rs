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

/// Its return causes no election: a leader that comes back does not disturb the others.
#[test]
fn the_new_leader_stays() {
    let scenario = Scenario::new(ScenarioId::LeaderReturns);
    let run = LongRun::of(&scenario, scenario.seed, Micros::from_secs(600));
    assert_eq!(run.elected, [(S5, Term(1)), (S2, Term(2))]);
    assert_eq!(run.violations, []);
}
