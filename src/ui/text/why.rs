//! What is said about explanations and narration.

use super::Lang;

catalogue! {
    /// The sentences about explanations and narration.
    WhyText, why_text;

    title: "Why?", "Por quê?";
}
