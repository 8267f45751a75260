//! The page: a Yew interface over everything below; nothing uses it.
//!
//! The screen is a function of the state. `run::player` holds the run and knows no browser; `run::view` says what there is
//! to see as plain values; the features draw what changed in them. What moves by itself between two events (messages, timers,
//! the clock) is moved by the painters each frame, without a render.
//!
//! | room | what lives there |
//! |---|---|
//! | `app` | the page as a whole: it hears every message and owns the features' states |
//! | `features` | one folder for each thing that a reader sees; no feature imports another |
//! | `explain` | what led to an event, what is going on, who can reach whom; knows no browser |
//! | `intent` | what a feature may ask of the page |
//! | `text` | languages, the catalogue of sentences, numbers, words of the domain |
//! | `svg` | points, numbers, shapes: one drawing for screen and export |
//! | `kit` | the browser: elements, files, storage, icons; knows no Raft |
//! | `run` | the run on screen, its branches, two of them compared, what there is to see; knows no browser |
//!
//! Imports go app -> features -> {explain, intent, text, svg, kit} -> run -> the layers below.

mod app;
mod explain;
mod features;
mod intent;
mod kit;
mod run;
mod svg;
mod text;

pub use app::{
    App, AppProps, LabViews, LazyViews, LessonViews, Loading, SoonViews, at_once, lab_views, lazy_views, lesson_views,
    soon_views, start,
};
pub use features::adversary::serve as serve_as_worker;

/// Serves as the laboratory's worker, if this is a worker's thread.
pub fn serve_trials() {
    features::laboratory::serve(|scope, asked| {
        features::atlas::answer(scope, asked) || features::adversary::answer_faults(scope, asked)
    });
}
