//! The run over time, and where in it the reader is: a lane for each server that shows what it was, below a time axis, with
//! terms and what is worth going to; and the play head, which is the slider of time. One can go closer until single messages are
//! seen.
//!
//! What is drawn is bounded by the width of the lanes, not by what happened, and is drawn anew only when the run or the window
//! has changed: an hour of virtual time costs no more than a second. Between two renders the [`painter`] moves it.

mod field;
mod in_words;
mod lanes;
pub mod painter;
mod plan;
mod pointer;
pub mod state;
mod text;
mod tools;
pub mod zoom;

use yew::prelude::*;

use self::plan::LanePlan;
pub use self::{
    field::Timeline,
    in_words::InWords,
    plan::{Pins, ViewPins},
    tools::Tools,
};

/// The room that the lanes of so many servers will take, before they are here: nothing moves when they come.
pub fn room(size: usize, slim: bool, is_coming: bool) -> Html {
    let height = LanePlan::new(size, slim, 1).bottom.to_string();
    html! { <div class="timeline" aria-busy={is_coming.to_string()}><span /><svg class="lane-grid" {height} aria-hidden="true" /></div> }
}

/// The room for the tools above them.
pub fn room_for_tools() -> Html {
    html! { <div class="lane-tools" /> }
}
