//! What a screen reader hears: the sentence that is seen, and when it is spoken.
//!
//! The sentence changes with every event, far faster than anyone speaks. So it is a live region only while it says what is to be
//! spoken; as long as it isn't, a screen reader says nothing of itself, and finds it up to date whenever it looks.

use yew::AttrValue;

use super::App;
use crate::ui::explain::news::{Gist, spoken_ms};

/// Says when the sentence is spoken.
#[derive(Default)]
pub struct SpeakingPace {
    /// What is seen, and since when, in ms.
    seen: AttrValue,
    since: f64,
    /// What was spoken last, what mattered of it, and when, in ms.
    said: AttrValue,
    gist: Gist,
    at: f64,
    /// How often something was spoken: a sentence that is to be heard now is another element.
    pub count: usize,
    /// Whether what is seen is what was spoken last, and not only the same again.
    pub is_live: bool,
}

impl SpeakingPace {
    /// How long a detail has to stand before it is worth a word, in ms.
    const CALM_MS: f64 = 700.0;

    /// This is seen now. Says whether it is spoken from now on: what matters as soon as the sentence before it was spoken to its
    /// end, all else only if it stands for a while; and at once where time stands, for then the reader waits.
    pub fn say(&mut self, seen: &AttrValue, gist: Gist, playing: bool, now: f64) -> bool {
        if *seen != self.seen {
            (self.seen, self.since, self.is_live) = (seen.clone(), now, false);
        }
        let matters = gist != self.gist;
        let too_soon = now - self.at < spoken_ms(&self.said) || !matters && now - self.since < Self::CALM_MS;
        if *seen == self.said || playing && too_soon {
            return false;
        }
        (self.said, self.gist, self.at) = (seen.clone(), gist, now);
        self.count += 1;
        self.is_live = true;
        true
    }
}

impl App {
    /// Lets a screen reader speak what is going on, if it is time. Says whether it is.
    pub(super) fn speak(&mut self, now: f64) -> bool {
        let playing = self.stage.player().playing();
        self.speech.say(&self.stage.narration, self.stage.gist, playing, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::Term,
        ui::{explain::narration::Moment, run::player::Player, run::view::ClusterView},
    };

    fn gists() -> [Gist; 2] {
        let view = ClusterView::of(&Player::default());
        let split = Moment::Rivals {
            candidates: crate::raft::NodeSet::EMPTY,
            term: Term(1),
            split: Some(crate::raft::NodeSet::EMPTY),
        };
        [Moment::of(&view), split].map(|moment| Gist::of(&view, &moment))
    }

    #[test]
    fn what_matters_is_spoken_as_soon_as_the_last_sentence_was() {
        let mut pace = SpeakingPace::default();
        let [one, other] = gists();
        let [first, second] = ["S1 asks for votes in term 2.", "S1 leads term 2."].map(AttrValue::from);
        assert!(pace.say(&first, one, false, 10_000.0));
        assert!(pace.is_live);
        assert!(
            !pace.say(&second, other, true, 10_500.0),
            "the first one is being spoken"
        );
        assert!(!pace.is_live, "so what is seen is not heard");
        assert!(pace.say(&second, other, true, 90_000.0));
        assert!(!pace.say(&second, other, true, 99_000.0), "no news");
        assert!(pace.is_live && pace.count == 2);
    }

    #[test]
    fn a_detail_is_spoken_only_if_it_stands_for_a_while() {
        let mut pace = SpeakingPace::default();
        let [gist, _] = gists();
        let [first, second, third] =
            ["S1 leads term 2.", "S4 has not heard yet.", "All follow it."].map(AttrValue::from);
        assert!(pace.say(&first, gist, false, 10_000.0));
        for now in [90_000.0, 90_100.0, 90_200.0] {
            assert!(!pace.say(&second, gist, true, now));
            assert!(!pace.say(&third, gist, true, now + 50.0));
        }
        assert!(!pace.say(&third, gist, true, 90_900.0));
        assert!(pace.say(&third, gist, true, 91_000.0));
        assert!(
            pace.say(&second, gist, false, 91_001.0),
            "where time stands, the reader is waiting"
        );
        assert!(!pace.say(&third, gist, true, 91_002.0));
        assert!(
            !pace.say(&second, gist, true, 99_999.0) && !pace.is_live,
            "the same again is not said again"
        );
    }
}
