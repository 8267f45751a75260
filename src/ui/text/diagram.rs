//! What is said about the space-time diagram.

use super::Lang;

catalogue! {
    /// The sentences about the space-time diagram.
    DiagramText, diagram_text;

    title: "Space-time", "Espaço-tempo";
}
