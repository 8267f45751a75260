//! The run in front of a class: the whole screen, the ring and what is going on, and the keys of a clicker.
//!
//! The page itself is shown, larger and without what is around the ring (`static/styles/present.css`); what is added is a row of
//! buttons, a spot that students can follow, and what may lie over it all: a black screen, or the code of the run.

mod keys;
mod screen;
mod spot;
mod text;
mod view;

use gloo::events::EventListener;
use yew::prelude::*;

use self::spot::PointerSpot;
use crate::{
    sim::Micros,
    ui::{
        intent::{Intent, PresentStep},
        kit::qr::CodePicture,
        run::{key_moments, player::Player},
        text::Lang,
    },
};

/// A run that is presented, as far as the rest of the page has to know. The page begins without the code behind it.
pub trait Presenter {
    /// Plays to the next key moment, or goes there at once if it is on its way already; or goes back to the one before.
    fn go(&mut self, later: bool, player: &mut Player, lang: Lang);
    /// A lesson has turned a step: what was said of key moments is out of date.
    fn turned(&mut self);
    /// Makes the screen black, and time stand; or back.
    fn blank(&mut self, player: &mut Player);
    /// Shows the code of an address, or takes it away. Time stands: it is that of the instant that is seen.
    fn show_code(&mut self, address: String, is_lesson: bool, player: &mut Player);
    /// Shows the spot where the mouse is, or not any more.
    fn switch_spot(&mut self);
    /// Takes away what lies over the ring. Says whether something did.
    fn uncover(&mut self, player: &mut Player) -> bool;
    /// What is added to the page at an instant. In a lesson the keys turn its steps.
    fn view(&self, now: Micros, notice: Html, in_lesson: bool, lang: Lang, emit: &Callback<Intent>) -> Html;
}

/// Takes the whole screen, if the browser lets it; else the whole window. It gives it back when it is dropped.
#[must_use]
pub fn begin(emit: &Callback<Intent>) -> Box<dyn Presenter> {
    screen::enter();
    let spot = PointerSpot::new();
    let mut listeners = vec![keys::listener(emit), keys::on_wheel(), screen::on_change(emit)];
    listeners.extend(spot.listeners());
    Box::new(Presentation {
        cover: None,
        goes_on: false,
        towards: None,
        told: None,
        spot,
        _listeners: listeners,
    })
}

/// A run that is presented.
struct Presentation {
    /// What lies over the ring.
    cover: Option<Cover>,
    /// Whether time passed before the screen went black.
    goes_on: bool,
    /// The key moment that it plays towards.
    towards: Option<Micros>,
    /// What is said where it went nowhere.
    told: Option<WentNowhere>,
    spot: PointerSpot,
    _listeners: Vec<EventListener>,
}

/// What is said where a clicker went nowhere.
struct WentNowhere {
    /// At which instant: once time has passed, it is out of date.
    at: Micros,
    /// In words.
    words: String,
    /// Whether links are cut that can be restored from here.
    is_cut: bool,
}

/// What lies over the ring.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Cover {
    /// A black screen.
    Blank,
    /// The code of this address; none if it is too long for one.
    Code {
        address: AttrValue,
        picture: Option<CodePicture>,
        is_lesson: bool,
    },
}

impl Presenter for Presentation {
    fn go(&mut self, later: bool, player: &mut Player, lang: Lang) {
        self.cover = None;
        let text = lang.present_text();
        let to = if later {
            key_moments::next(player)
        } else {
            key_moments::previous(player)
        };
        let words = || match later {
            true => format!("{} {}", closing(player, lang), text.no_next)
                .trim_start()
                .to_owned(),
            false => text.no_previous.to_owned(),
        };
        self.told = to.is_none().then(|| WentNowhere {
            at: player.history().now(),
            words: words(),
            is_cut: later && !player.history().world().config().links.all_up(),
        });
        let before = std::mem::replace(&mut self.towards, to.filter(|_| later));
        match to {
            Some(at) if later && !(player.playing() && before == Some(at)) => player.play_until(at),
            Some(at) => player.seek(at),
            None => {}
        }
    }

    fn turned(&mut self) {
        self.cover = None;
        self.told = None;
    }

    fn blank(&mut self, player: &mut Player) {
        let is_blank = self.cover == Some(Cover::Blank);
        self.cover = (!is_blank).then_some(Cover::Blank);
        if is_blank {
            player.set_playing(self.goes_on);
        } else {
            self.goes_on = player.playing();
            player.set_playing(false);
        }
    }

    fn show_code(&mut self, address: String, is_lesson: bool, player: &mut Player) {
        player.set_playing(false);
        self.cover = match self.cover {
            Some(Cover::Code { .. }) => None,
            _ => Some(Cover::Code {
                picture: CodePicture::of(&address),
                address: address.into(),
                is_lesson,
            }),
        };
    }

    fn switch_spot(&mut self) {
        self.spot.switch();
    }

    fn uncover(&mut self, player: &mut Player) -> bool {
        if self.cover == Some(Cover::Blank) {
            self.blank(player);
            return true;
        }
        self.cover.take().is_some()
    }

    fn view(&self, now: Micros, notice: Html, in_lesson: bool, lang: Lang, emit: &Callback<Intent>) -> Html {
        view::view(self, now, notice, in_lesson, lang, emit)
    }
}

/// What a scenario shows, in its own words, once it has been seen; nothing where somebody did something else in it.
fn closing(player: &Player, lang: Lang) -> &'static str {
    let history = player.history();
    let is_changed = history.journal(history.current()).iter().any(|entry| !entry.scripted);
    if is_changed {
        return "";
    }
    lang.watch(player.scenario().id)
}

impl Drop for Presentation {
    fn drop(&mut self) {
        screen::leave();
    }
}

/// What a step asks for by itself.
fn ask(emit: &Callback<Intent>, step: PresentStep) -> Callback<MouseEvent> {
    emit.reform(move |_| Intent::Present(step))
}
