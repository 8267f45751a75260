//! The runs of the atlas, in the laboratory's worker.

use js_sys::{Date, Uint32Array};

use super::{
    networks,
    talk::{self, AtlasQuestion},
};
use crate::{lab::atlas::stability, ui::kit::worker::WorkerScope};

/// Between two parts of an answer, in ms.
const PART_MS: f64 = 60.0;

/// Answers a question, if it is one about the atlas.
pub fn answer(scope: &WorkerScope, asked: &str) -> bool {
    let Some(AtlasQuestion { set, seed }) = AtlasQuestion::decode(asked) else {
        return false;
    };
    let (rules, entries) = (networks::rules(set), networks::entries());
    let (mut part, mut began) = (Vec::new(), Date::now());
    for (index, entry) in entries.iter().enumerate() {
        part.push(talk::write(stability(entry.shape, rules, seed)));
        if index + 1 == entries.len() || Date::now() - began >= PART_MS {
            scope.say(&Uint32Array::from(&part[..]));
            part.clear();
            began = Date::now();
        }
    }
    true
}
