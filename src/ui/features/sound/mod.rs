//! Timers and votes as sounds, for whoever listens to a run or looks elsewhere. They are off until somebody wants them.

mod chimes;

use wasm_bindgen::JsValue;
use web_sys::{AudioContext, OscillatorType};

use self::chimes::{Beep, Chime, Wave};
use crate::sim::{EventId, History};

/// What plays along with a run.
pub trait Sound {
    /// Lets what has happened since the last call be heard, if time passes by itself.
    fn follow(&mut self, history: &History, playing: bool);
}

/// Begins to listen to a run, from now on. `None` where the browser makes no sound.
#[must_use]
pub fn switch_on(history: &History) -> Option<Box<dyn Sound>> {
    Some(Box::new(Speaker {
        audio: AudioContext::new().ok()?,
        heard: history.world().next_event(),
    }))
}

struct Speaker {
    audio: AudioContext,
    /// Events before this one are past.
    heard: EventId,
}

/// Of what happens in one frame, so much is heard; more would be a din.
const MOST: usize = 6;
/// Between the beginnings of two chimes of one frame, in seconds: they are heard one after the other.
const APART: f64 = 0.07;
/// How long a beep takes to be as loud as it gets, in seconds: without it, it clicks.
const ATTACK: f64 = 0.01;

impl Sound for Speaker {
    fn follow(&mut self, history: &History, playing: bool) {
        let next = history.world().next_event();
        let from = std::mem::replace(&mut self.heard, next);
        if !playing || next < from {
            return;
        }
        let chimes: Vec<Chime> = history.trace().range(from, next).filter_map(Chime::of).collect();
        let begins = self.audio.current_time();
        let mut at = begins;
        for chime in chimes.iter().take(MOST) {
            for beep in chime.beeps() {
                // A browser that refuses one may play the next.
                let _ = self.play(beep, at);
            }
            at += APART;
        }
    }
}

impl Speaker {
    fn play(&self, beep: Beep, at: f64) -> Result<(), JsValue> {
        let (source, volume) = (self.audio.create_oscillator()?, self.audio.create_gain()?);
        source.set_type(match beep.wave {
            Wave::Soft => OscillatorType::Sine,
            Wave::Hollow => OscillatorType::Triangle,
            Wave::Rough => OscillatorType::Sawtooth,
        });
        let ends = at + beep.seconds;
        source.frequency().set_value_at_time(beep.from, at)?;
        source.frequency().linear_ramp_to_value_at_time(beep.to, ends)?;
        volume.gain().set_value_at_time(0.0, at)?;
        volume.gain().linear_ramp_to_value_at_time(beep.loudness, at + ATTACK)?;
        volume.gain().linear_ramp_to_value_at_time(0.0, ends)?;
        source.connect_with_audio_node(&volume)?;
        volume.connect_with_audio_node(&self.audio.destination())?;
        source.start_with_when(at)?;
        source.stop_with_when(ends)
    }
}

impl Drop for Speaker {
    fn drop(&mut self) {
        let _ = self.audio.close();
    }
}
