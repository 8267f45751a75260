//! The words about the pace.

use crate::ui::text::catalogue;

catalogue! {
    /// The words about the pace.
    TransportText, transport_text;

    /// What the slider says while the run sets the pace.
    auto: "automatic", "automática";
    auto_pace: "Pace: auto", "Ritmo: automático";
    auto_hint: "Slow motion while votes fly, faster while there are only heartbeats",
        "Câmera lenta enquanto os votos viajam, mais rápido quando só há heartbeats";
    /// How fast time passes: `7 ms per second`, of the run in one of the reader's.
    scale(span: &str): "{span} per second", "{span} por s";
    /// What stands before that.
    slow_motion: "slow motion · ", "câmera lenta · ";
    one_step_a_second: "one step a second · ", "um passo por segundo · ";
    fast_forward: "fast forward · ", "avanço rápido · ";
}
