//! Be the server: the reader decides for S3, and sees what S3 knows. The run is behind a curtain until the last decision is taken.
//!
//! While it is closed, the run on screen stands at its start, so nothing of the page can tell what is to come; and all of the page
//! that shows a run is hidden by the style sheet, from everybody. What is played is in the [`DutyWalk`].

mod keys;
mod text;
mod view;

use std::rc::Rc;

use yew::prelude::*;

use super::Classroom;
use crate::{
    lesson::duty::{BuiltinDuty, DutyOutcome, DutyWalk},
    raft::NodeId,
    scenario::Scenario,
    ui::{
        intent::{DutyAsked, Intent, LessonAsked, PracticeStep},
        run::player::{Player, Watch},
        text::Lang,
    },
};

/// A run in which the reader is a server.
pub(super) struct DutyDesk {
    id: BuiltinDuty,
    walk: DutyWalk,
    /// What came of it, once the curtain is open.
    outcome: Option<DutyOutcome>,
    /// The title of the run, in the language that was read when it began.
    title: String,
}

impl DutyDesk {
    /// Closes the curtain, and begins.
    pub(super) fn open(asked: DutyAsked, player: &mut Player, lang: Lang) -> Self {
        let DutyAsked::Begin(id) = asked else {
            // Nothing else is asked for where none is open.
            return Self::open(DutyAsked::Begin(BuiltinDuty::Voter), player, lang);
        };
        let duty = id.duty();
        let title = lang.duty_run(lang.duty_title(id));
        player.open(Scenario {
            title: title.clone(),
            ..duty.scenario.clone()
        });
        stand(player);
        Self {
            id,
            walk: DutyWalk::new(duty),
            outcome: None,
            title,
        }
    }

    /// After the last decision the curtain opens.
    fn look(&mut self, player: &mut Player) {
        if self.walk.moment().is_some() || self.outcome.is_some() {
            return;
        }
        let pace = player.pace();
        // It was run a moment ago.
        let _ = player.open_run(&self.walk.run(self.title.clone()));
        player.set_pace(pace);
        let outcome = self.walk.outcome();
        if let Some(worst) = outcome.damage.first() {
            player.seek(worst.incident.at);
        }
        stand(player);
        self.outcome = Some(outcome);
    }
}

/// Time stands, and the card knows when another run takes the place of this one.
fn stand(player: &mut Player) {
    player.set_playing(false);
    player.watch(Some(Watch(Rc::new(|_| false))));
}

impl Classroom for DutyDesk {
    fn title(&self, lang: Lang) -> String {
        lang.duty_run(lang.duty_title(self.id))
    }

    fn address(&self) -> Option<Option<String>> {
        None
    }

    fn answer_of(&self, _: NodeId) -> Option<LessonAsked> {
        None
    }

    fn turn(&self, _: bool, _: &Player) -> Option<Intent> {
        None
    }

    fn refusal(&self, intent: &Intent, lang: Lang) -> Option<&'static str> {
        let leaves_run_alone = matches!(
            intent,
            Intent::Begin(_)
                | Intent::Help(_)
                | Intent::Prefer(_)
                | Intent::Notice(_)
                | Intent::Practise(PracticeStep::Stands(_))
                | Intent::Lesson(_)
                | Intent::Press(_)
                | Intent::CloseMenu
                | Intent::HoldTime(_)
        );
        (self.hides_run() && !leaves_run_alone).then_some(lang.duty_text().closed)
    }

    fn follow(&mut self, player: &mut Player) -> bool {
        player.is_watched()
    }

    fn hear(&mut self, asked: LessonAsked, player: &mut Player) {
        let LessonAsked::Duty(asked) = asked else { return };
        match asked {
            DutyAsked::Begin(_) => {}
            DutyAsked::Decide(choice) => {
                self.walk.decide(choice);
            }
            DutyAsked::TakeBack => self.walk.take_back(),
            DutyAsked::LetStand => {
                self.walk.let_stand();
            }
        }
        self.look(player);
    }

    fn duty(&self) -> Option<BuiltinDuty> {
        Some(self.id)
    }

    fn hides_run(&self) -> bool {
        self.outcome.is_none()
    }

    fn view(&self, player: &Player, lang: Lang, emit: &Callback<Intent>) -> Html {
        match &self.outcome {
            None => view::closed(self.id, &self.walk, lang, emit),
            Some(outcome) => view::opened(self.id, &self.walk, outcome, player, lang, emit),
        }
    }

    fn view_sheet(&self, _: Lang, _: &Callback<Intent>) -> Option<Html> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        lesson::duty::DutyChoice,
        ui::{
            explain::{narration::Moment, story::Story},
            run::view::ClusterView,
        },
    };

    fn all() -> impl Iterator<Item = BuiltinDuty> {
        BuiltinDuty::ALL.into_iter().chain((0..20).map(BuiltinDuty::Chance))
    }

    /// A desk at which every other decision is another wrong one, which stands; each is told on the way.
    fn played(
        id: BuiltinDuty,
        player: &mut Player,
        lang: Lang,
        mut told: impl FnMut(&DutyDesk, &[String]),
    ) -> DutyDesk {
        let mut desk = DutyDesk::open(DutyAsked::Begin(id), player, lang);
        let mut turn = 0;
        while let Some(moment) = desk.walk.moment().cloned() {
            turn += 1;
            let mut words = vec![lang.duty_event(&moment, true), lang.duty_reason(&moment)];
            words.extend(moment.options.iter().map(|choice| lang.duty_option(*choice, &moment)));
            words.extend(
                moment
                    .options
                    .iter()
                    .filter_map(|choice| lang.duty_slip(*choice, &moment)),
            );
            words.extend(lang.duty_knowledge(&moment, true).into_iter().map(|(_, value)| value));
            told(&desk, &words);
            let wrong: Vec<DutyChoice> = moment
                .options
                .iter()
                .copied()
                .filter(|choice| *choice != moment.right)
                .collect();
            let choice = if turn % 2 == 0 {
                wrong[turn / 2 % wrong.len()]
            } else {
                moment.right
            };
            desk.hear(LessonAsked::Duty(DutyAsked::Decide(choice)), player);
            desk.hear(LessonAsked::Duty(DutyAsked::LetStand), player);
        }
        desk
    }

    #[test]
    fn a_duty_is_told_in_every_language() {
        for (id, lang) in all().flat_map(|id| Lang::ALL.map(|lang| (id, lang))) {
            let mut player = Player::default();
            let desk = played(id, &mut player, lang, |desk, words| {
                assert!(
                    words.iter().all(|words| !words.is_empty() && !words.contains('{')),
                    "{words:?}"
                );
                let options = &words[2..5];
                let differ = |place: usize| !options[..place].contains(&options[place]);
                assert!((0..3).all(differ), "{options:?}");
                let meanwhile = lang.duty_meanwhile(desk.walk.notes());
                assert!(!meanwhile.contains('{'), "{meanwhile}");
            });
            let outcome = desk.outcome.as_ref().expect("it is over");
            let consequences = lang.duty_consequences(outcome);
            assert!(!consequences.is_empty() || !outcome.damage.is_empty(), "{id:?}");
            assert!(!lang.duty_result(outcome, desk.walk.records().len()).is_empty());
        }
    }

    /// Until it opens, the run on screen stands at its start; then it is the run that was played, and the page can tell it.
    #[test]
    fn the_curtain_opens_on_the_run_that_was_played() {
        for id in all() {
            let mut player = Player::default();
            let desk = played(id, &mut player, Lang::En, |desk, _| assert!(desk.hides_run()));
            assert!(!desk.hides_run() && player.is_watched() && !player.playing());
            let end = player.history().end();
            assert!(end >= desk.walk.duty().ends, "{id:?}");
            let mut story = Story::default();
            player.seek(crate::sim::Micros::ZERO);
            while player.history().now() < end {
                player.step();
                let view = ClusterView::of(&player);
                assert!(!Lang::En.narrate(&Moment::of(&view)).is_empty());
                story.sync(player.history(), player.trace_epoch());
            }
            assert!(story.cards().len() > 1, "{id:?}");
        }
    }

    #[test]
    fn behind_the_curtain_nothing_is_done_to_the_run_and_the_card_goes_with_another_run() {
        let mut player = Player::default();
        let mut desk = DutyDesk::open(DutyAsked::Begin(BuiltinDuty::Leader), &mut player, Lang::En);
        assert_eq!(player.history().now(), crate::sim::Micros::ZERO);
        for intent in [
            Intent::Undo,
            Intent::Play(crate::ui::run::player::Playback::Step),
            Intent::act(crate::sim::Action::heal_all()),
            Intent::Why(crate::ui::intent::Subject::Status),
        ] {
            assert!(desk.refusal(&intent, Lang::En).is_some(), "{intent:?}");
        }
        assert_eq!(desk.refusal(&Intent::Help(true), Lang::En), None);
        assert!(desk.follow(&mut player));
        player.open(Scenario::free(5, 1));
        assert!(!desk.follow(&mut player));
    }
}
