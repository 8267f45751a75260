//! How S3 does what the rules do not: as a server with that bug does, by actions that any run can have.

use super::{DutyChoice, DutyMoment, DutyTrigger, PLAYED, moment};
use crate::{
    raft::{Quorum, Rule, Timer},
    sim::{Action, History, World},
};

/// What may make S3 do something: one action, while these rules are off.
struct SlipWay {
    action: Action,
    off: &'static [Rule],
    quorum: Option<usize>,
}

const PLAIN: &[Rule] = &[];
/// Rules without which a vote is granted, a vote counts, or a server stays what it is, the least first.
const VOTING: [&[Rule]; 4] = [
    PLAIN,
    &[Rule::OneVotePerTerm],
    &[Rule::UpToDateCheck],
    &[Rule::OneVotePerTerm, Rule::UpToDateCheck],
];
const COUNTING: [&[Rule]; 4] = [
    PLAIN,
    &[Rule::ReplyTermMustMatch],
    &[Rule::CountEachVoteOnce],
    &[Rule::ReplyTermMustMatch, Rule::CountEachVoteOnce],
];
const YIELDING: [&[Rule]; 2] = [
    &[Rule::CandidateYieldsToLeader],
    &[Rule::CandidateYieldsToLeader, Rule::NewerTermStepsDown],
];

impl SlipWay {
    /// What is done. Nobody else does anything in between, and then the rules are what they were.
    fn actions(&self, world: &World) -> Vec<Action> {
        let rules = world.config().rules;
        let mut other = rules;
        for rule in self.off {
            other.set(*rule, false);
        }
        if let Some(quorum) = self.quorum {
            other.quorum = Quorum::Votes(u8::try_from(quorum).unwrap_or(u8::MAX));
        }
        if other == rules {
            return vec![self.action];
        }
        vec![Action::set_rules(other), self.action, Action::set_rules(rules)]
    }
}

/// What has to be done now so that S3 does this about what is about to happen. `None` if nothing does it.
///
/// Each way was played in a clone of the world: S3 did what was chosen.
pub(super) fn deeds(history: &History, moment: &DutyMoment, choice: DutyChoice) -> Option<Vec<Action>> {
    let world = history.world();
    let ways = ways(world, moment, choice).into_iter().map(|way| way.actions(world));
    ways.into_iter().find(|way| does(world, moment, way) == Some(choice))
}

/// What S3 does if this is done.
fn does(world: &World, moment: &DutyMoment, way: &[Action]) -> Option<DutyChoice> {
    moment::played(world, moment, |world, deeds| {
        way.iter().all(|action| world.act(*action, deeds).is_ok())
    })
}

/// What might do it, the least first.
fn ways(world: &World, moment: &DutyMoment, choice: DutyChoice) -> Vec<SlipWay> {
    let mut ways = Vec::new();
    let mut may = |action: Action, off: &[&'static [Rule]], quorum: Option<usize>| {
        for off in off {
            ways.push(SlipWay { action, off, quorum });
        }
    };
    let DutyTrigger::Message { id, .. } = moment.trigger else {
        let armed = world.server(PLAYED).timer(Timer::Election);
        let span = armed.map(|armed| armed.fires_at - armed.set_at);
        match (choice, span) {
            (DutyChoice::Wait, Some(span)) => may(Action::set_election_timer(PLAYED, span), &[PLAIN], None),
            _ => may(Action::force_timeout(PLAYED), &[&[Rule::NewElectionNewTerm]], None),
        }
        return ways;
    };
    let (deliver, accept) = (Action::deliver_message(id), Action::accept_message(id));
    match choice {
        DutyChoice::Grant => {
            may(deliver, &VOTING, None);
            may(accept, &VOTING, None);
        }
        DutyChoice::Refuse => {
            may(deliver, &YIELDING, None);
            may(Action::refuse_message(id), &[PLAIN], None);
        }
        DutyChoice::GoOn => may(deliver, &[&[Rule::NewerTermStepsDown]], None),
        // So that the vote is counted and is not enough, or is.
        DutyChoice::Count => may(deliver, &COUNTING, Some(moment.node.votes().len() + 2)),
        DutyChoice::Lead => may(deliver, &COUNTING, Some(1)),
        DutyChoice::Ignore => may(Action::drop_message(id), &[PLAIN], None),
        _ => may(accept, &[PLAIN], None),
    }
    ways
}
