//! What a screen reader hears: the sentence that is seen, and when it is spoken.
//!
//! The sentence changes with every event, far faster than anyone speaks. So it is a live region only while it says what is to be
//! spoken; as long as it isn't, a screen reader says nothing of itself, and finds it up to date whenever it looks.

use yew::AttrValue;

use super::{App, clock::now_ms, lazy::Lazy};
use crate::{
    sim::Micros,
    ui::{
        explain::{
            news::{Gist, spoken_ms},
            overview::Overview,
        },
        intent::Talk,
        run::player::Player,
    },
};

/// The reader did something, which the sentence confirms for as long as it takes to say so.
pub struct JustDone {
    /// When it was done in the run, and in which epoch of the player.
    at: Micros,
    epoch: u64,
    /// Until when it is confirmed while time passes, in ms.
    until: f64,
    /// Whether it was confirmed once.
    is_said: bool,
}

impl JustDone {
    /// How long a confirmation may wait for the code that words it, in ms.
    const PATIENCE_MS: f64 = 4000.0;

    /// It was done just now.
    pub fn new(player: &Player) -> Self {
        Self {
            at: player.history().now(),
            epoch: player.epoch(),
            until: now_ms() + Self::PATIENCE_MS,
            is_said: false,
        }
    }

    /// Whether it is still worth a word: the run has not left it, and time has not passed for long since.
    fn is_current(&self, player: &Player, now: f64) -> bool {
        let instant = player.history().now();
        player.epoch() == self.epoch && (instant == self.at || instant > self.at && now < self.until)
    }
}

/// Says when the sentence is spoken.
#[derive(Default)]
pub struct SpeakingPace {
    /// What the reader did last.
    pub deed: Option<JustDone>,
    /// What is seen, and since when, in ms.
    seen: AttrValue,
    since: f64,
    /// What was said last of how things stand, what mattered of it, and until when it takes to say it, in ms.
    said: AttrValue,
    gist: Gist,
    busy: f64,
    /// The sentence that last confirmed what the reader did.
    confirmed: AttrValue,
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
    pub fn say(&mut self, seen: &AttrValue, gist: Gist, playing: bool, talk: Talk, now: f64) -> bool {
        if *seen != self.seen {
            (self.seen, self.since, self.is_live) = (seen.clone(), now, false);
        }
        let is_detail = gist == self.gist;
        let is_wanted = match talk {
            Talk::Everything => true,
            Talk::Important => !is_detail,
            Talk::Off => false,
        };
        let is_calm = !is_detail || now - self.since >= Self::CALM_MS;
        let is_time = !playing || is_calm && now >= self.busy;
        if !(is_wanted && is_time) || [&self.said, &self.confirmed].contains(&seen) {
            return false;
        }
        self.speak(seen, seen.clone(), gist, now);
        true
    }

    /// This sentence is seen now, which confirms what the reader did and says how things stand: it is spoken at once.
    fn confirm(&mut self, seen: &AttrValue, stands: AttrValue, gist: Gist, now: f64) {
        (self.seen, self.since, self.confirmed) = (seen.clone(), now, seen.clone());
        self.speak(seen, stands, gist, now);
    }

    fn speak(&mut self, seen: &str, said: AttrValue, gist: Gist, now: f64) {
        (self.said, self.gist, self.busy) = (said, gist, now + spoken_ms(seen));
        self.count += 1;
        self.is_live = true;
    }

    /// Whether what the reader did has been confirmed for long enough, as time passes.
    pub fn has_confirmed(&self, now: f64) -> bool {
        self.deed.as_ref().is_some_and(|deed| now >= deed.until)
    }
}

impl App {
    /// Lets a screen reader speak what is going on, if it is time. Says whether it is.
    pub(super) fn speak(&mut self, now: f64) -> bool {
        // What was done just now is confirmed first, as soon as the words for it are here.
        if self.speech.deed.is_some() && !self.later.is_here() && !matches!(self.later, Lazy::Missing) {
            self.speech.is_live = false;
            return false;
        }
        let playing = self.stage.player().playing();
        self.speech
            .say(&self.stage.narration, self.stage.gist, playing, self.prefs.talk, now)
    }

    /// A screen reader says how everything stands.
    pub(super) fn tell_overview(&mut self) {
        let overview = Overview::of(&self.stage.view, self.stage.player().history().now());
        self.notices.whisper(self.prefs.lang.overview(&overview));
    }

    /// The sentence confirms what the reader did: as long as that is worth a word, and wherever time stands where it was done.
    pub(super) fn confirm(&mut self) {
        let now = now_ms();
        let deed = self.speech.deed.take();
        let mut deed = deed.filter(|deed| deed.is_current(&self.stage.player(), now));
        if let Some(views) = self.later.here() {
            let player = self.stage.player();
            let stands = (!player.playing()).then(|| player.history().now());
            let at = deed.as_ref().map(|deed| deed.at).or(stands);
            let confirmed = at.and_then(|at| (views.confirm)(self.prefs.lang, player.history(), at, &self.stage.view));
            drop(player);
            let Some(confirmed) = confirmed else { return };
            let stands = std::mem::replace(&mut self.stage.narration, confirmed.into());
            if let Some(deed) = deed.as_mut().filter(|deed| !deed.is_said) {
                (deed.is_said, deed.until) = (true, now + spoken_ms(&self.stage.narration));
                if self.prefs.talk != Talk::Off {
                    self.speech.confirm(&self.stage.narration, stands, self.stage.gist, now);
                }
            }
        }
        self.speech.deed = deed;
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
            contested: true,
        };
        [Moment::of(&view), split].map(|moment| Gist::of(&view, &moment))
    }

    #[test]
    fn what_matters_is_spoken_as_soon_as_the_last_sentence_was() {
        let mut pace = SpeakingPace::default();
        let [one, other] = gists();
        let [first, second] = ["S1 asks for votes in term 2.", "S1 leads term 2."].map(AttrValue::from);
        assert!(pace.say(&first, one, false, Talk::Everything, 10_000.0));
        assert!(pace.is_live);
        assert!(
            !pace.say(&second, other, true, Talk::Everything, 10_500.0),
            "the first one is being spoken"
        );
        assert!(!pace.is_live, "so what is seen is not heard");
        assert!(pace.say(&second, other, true, Talk::Everything, 90_000.0));
        assert!(!pace.say(&second, other, true, Talk::Everything, 99_000.0), "no news");
        assert!(pace.is_live && pace.count == 2);
    }

    #[test]
    fn a_detail_is_spoken_only_if_it_stands_for_a_while() {
        let mut pace = SpeakingPace::default();
        let [gist, _] = gists();
        let [first, second, third] =
            ["S1 leads term 2.", "S4 has not heard yet.", "All follow it."].map(AttrValue::from);
        assert!(pace.say(&first, gist, false, Talk::Everything, 10_000.0));
        for now in [90_000.0, 90_100.0, 90_200.0] {
            assert!(!pace.say(&second, gist, true, Talk::Everything, now));
            assert!(!pace.say(&third, gist, true, Talk::Everything, now + 50.0));
        }
        assert!(!pace.say(&third, gist, true, Talk::Everything, 90_900.0));
        assert!(pace.say(&third, gist, true, Talk::Everything, 91_000.0));
        assert!(
            pace.say(&second, gist, false, Talk::Everything, 91_001.0),
            "where time stands, the reader is waiting"
        );
        assert!(!pace.say(&third, gist, true, Talk::Everything, 91_002.0));
        assert!(
            !pace.say(&second, gist, true, Talk::Everything, 99_999.0) && !pace.is_live,
            "the same again is not said again"
        );
    }
    #[test]
    fn what_the_reader_did_is_confirmed_at_once_and_how_things_stand_is_said_with_it() {
        let mut pace = SpeakingPace::default();
        let [gist, _] = gists();
        let [first, done, stands] = ["S1 leads term 2.", "S1 crashed. S4 waits.", "S4 waits."].map(AttrValue::from);
        assert!(pace.say(&first, gist, false, Talk::Everything, 10_000.0));
        pace.confirm(&done, stands.clone(), gist, 10_100.0);
        assert!(pace.is_live && pace.count == 2);
        assert!(
            !pace.say(&done, gist, false, Talk::Everything, 10_101.0) && pace.is_live,
            "once"
        );
        assert!(
            !pace.say(&stands, gist, true, Talk::Everything, 99_000.0),
            "it was said"
        );
        assert!(pace.say(&first, gist, false, Talk::Everything, 99_001.0));
    }
    #[test]
    fn whoever_wants_to_hear_less_hears_less() {
        let [one, other] = gists();
        let [first, second] = ["S1 leads term 2.", "S1 and S3 compete for votes."].map(AttrValue::from);
        for (talk, detail, news) in [
            (Talk::Everything, true, true),
            (Talk::Important, false, true),
            (Talk::Off, false, false),
        ] {
            let mut pace = SpeakingPace::default();
            assert!(pace.say(&first, one, false, Talk::Everything, 10_000.0));
            assert_eq!(pace.say(&second, one, false, talk, 90_000.0), detail);
            assert!(pace.say(&first, one, false, Talk::Everything, 91_000.0) || !detail);
            assert_eq!(pace.say(&second, other, false, talk, 99_000.0), news);
            assert_eq!(pace.is_live, news, "{talk:?}");
            assert_eq!(Talk::from_name(talk.name()), talk);
        }
    }
}
