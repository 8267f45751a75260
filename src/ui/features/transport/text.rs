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
    slow_motion(scale: &str): "slow motion · {scale}", "câmera lenta · {scale}";
    one_step_a_second(scale: &str): "one step a second · {scale}", "um passo por segundo · {scale}";
    fast_forward(scale: &str): "fast forward · {scale}", "avanço rápido · {scale}";
}
