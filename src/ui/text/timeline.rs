//! What is said about the timeline.

use super::Lang;

catalogue! {
    /// The sentences about the timeline.
    TimelineText, timeline_text;

    title: "Timeline", "Linha do tempo";
}
