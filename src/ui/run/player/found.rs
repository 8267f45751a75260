//! A run that a search has found: its steps, which play one a second, up to what they break.

use std::rc::Rc;

use super::{Player, is_broken};
use crate::{
    safety::Property,
    scenario::{Finding, counterexample::PlayedStep},
    sim::Micros,
};

impl Player {
    /// The steps of a run that was found, in their order; none of any other run.
    #[must_use]
    pub const fn found(&self) -> &Rc<[PlayedStep]> {
        &self.found
    }

    /// What a search has found, if this is the run that shows it.
    #[must_use]
    pub fn finding(&self) -> Option<Finding> {
        self.found.last()?;
        Finding::of_title(&self.scenario.title)
    }

    /// Whether the current branch takes the steps that were found, up to their end. A reader may do something else in between.
    #[must_use]
    pub fn is_as_found(&self) -> bool {
        self.found.last().is_some_and(|last| self.is_as_planned(last.at))
    }

    /// Whether nothing but what was planned is done in the current branch, up to an instant.
    #[must_use]
    pub fn is_as_planned(&self, until: Micros) -> bool {
        let journal = self.history.journal(self.history.current());
        let done = journal.iter().map(|entry| (entry.at, entry.action));
        let is_before_the_end = |(at, _): &(Micros, _)| *at <= until;
        let planned = self.scenario.script.iter().copied();
        done.take_while(is_before_the_end)
            .eq(planned.take_while(is_before_the_end))
    }

    /// Plays a run of which it is told what there is to see from an instant up to another, as it was planned up to a third. What was
    /// done is kept in its branch.
    pub fn play_as_planned(&mut self, from: Micros, until: Micros, planned: Micros) {
        if !self.is_as_planned(planned) {
            self.history.restart();
            self.moved_elsewhere();
        }
        self.seek(from);
        self.play_until(until);
    }

    /// Whether the next of these steps is still to come.
    pub(super) fn is_at_a_step(&self) -> bool {
        let is_before = |last: &PlayedStep| self.history.now() < last.at;
        self.found.last().is_some_and(is_before) && self.is_as_found()
    }

    /// The property that the run was found for, until it is broken: it plays on to that, whatever breaks on the way.
    pub(super) fn sought(&self) -> Option<Property> {
        let finding = self.finding().filter(|_| self.is_as_found())?;
        Some(finding.property).filter(|property| !is_broken(&self.history, *property))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        checker::{Bounds, Model, Options, Search, Setup, Verdict},
        raft::{NodeId, Rule, Rules},
        safety::Properties,
        scenario::{Run, counterexample, link},
        sim::Action,
        ui::run::pace::Mood,
    };

    /// The link of the shortest way to two leaders where a vote is forgotten in a crash, as the page makes it.
    fn shared() -> String {
        let mut rules = Rules::PAPER;
        rules.set(Rule::PersistVote, false);
        let setup = Setup {
            rules,
            watched: Properties::only(Property::ElectionSafety),
            ..Setup::paper(Bounds {
                servers: 3,
                elections: 2,
                crashes: 1,
                duplications: 0,
                heartbeats: 0,
                transfers: false,
            })
        };
        let mut search = Search::new(Arc::new(Model::new(setup).unwrap()), Options::default());
        let Verdict::Violated { path, .. } = search.finish() else {
            panic!("it is broken")
        };
        let mut scenario = counterexample::play(&setup, path).unwrap();
        scenario.title = Finding {
            property: Property::ElectionSafety,
            steps: path.len(),
        }
        .to_string();
        link::encode(&Run::of(&scenario, &scenario.start()))
    }

    fn opened() -> Player {
        let mut player = Player::default();
        player.open_found(&link::decode(&shared()).unwrap()).unwrap();
        player
    }

    /// Plays in frames of so many ms; says after how many seconds each step was reached.
    fn seconds_of_steps(player: &mut Player, frame_ms: f64) -> Vec<f64> {
        let (mut passed, mut reached) = (0.0, Vec::new());
        while player.playing() && passed < 60_000.0 {
            player.frame(frame_ms);
            passed += frame_ms;
            let steps = player
                .found()
                .iter()
                .take_while(|step| step.at <= player.history().now())
                .count();
            reached.resize(steps, passed / 1000.0);
        }
        reached
    }

    #[test]
    fn a_step_is_seen_for_a_second_and_the_last_one_ends_it() {
        let mut player = opened();
        let steps = player.found().len();
        let reached = seconds_of_steps(&mut player, 16.0);
        assert_eq!(reached.len(), steps);
        assert!(
            reached.windows(2).all(|two| (0.9..1.1).contains(&(two[1] - two[0]))),
            "{reached:?}"
        );
        assert_eq!(Some(player.history().now()), player.found().last().map(|last| last.at));
        assert!(is_broken(&player.history, Property::ElectionSafety));
    }

    /// The pace follows from the run, so whoever has its link alone sees the same.
    #[test]
    fn a_link_plays_alike() {
        let mut there = Player::default();
        there.open_run(&link::decode(&shared()).unwrap()).unwrap();
        assert!(!there.playing(), "a link waits for its reader");
        there.set_playing(true);
        let (here, there) = (
            seconds_of_steps(&mut opened(), 16.0),
            seconds_of_steps(&mut there, 50.0),
        );
        assert_eq!(here.len(), there.len());
        assert!(
            here.iter().zip(&there).all(|(here, there)| (here - there).abs() < 0.2),
            "{here:?} {there:?}"
        );
    }

    #[test]
    fn who_does_something_in_between_sees_another_run_and_can_see_what_was_found_again() {
        let mut player = opened();
        assert_eq!(player.tempo().mood, Mood::Steps);
        player.seek(player.found()[2].at);
        assert!(player.is_as_found());
        player.act(Action::kill(NodeId::new(0))).unwrap();
        assert!(!player.is_as_found());
        assert_ne!(player.tempo().mood, Mood::Steps);
        player.play_found_again();
        assert!(player.playing() && player.is_as_found());
        assert_eq!(player.history().now(), Micros::ZERO);
        seconds_of_steps(&mut player, 16.0);
        assert!(is_broken(&player.history, Property::ElectionSafety));
    }

    #[test]
    fn what_is_done_after_the_end_changes_nothing_about_it() {
        let mut player = opened();
        seconds_of_steps(&mut player, 16.0);
        player.set_playing(true);
        player.frame(100.0);
        player.act(Action::kill(NodeId::new(0))).unwrap();
        assert!(player.is_as_found());
    }
}
