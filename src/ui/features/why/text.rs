//! What the panel is for; what it says is in `explain`.

use crate::ui::text::catalogue;

catalogue! {
    /// What the panel is for.
    WhyPanelText, why_panel_text;

    about: "Why something happened: the chain of causes, each with its rule of the paper; and of a violation, the rules that are off.",
        "Por que algo aconteceu: a cadeia de causas, cada uma com sua regra do artigo; e, de uma violação, as regras desligadas.";
}
