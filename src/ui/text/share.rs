//! What is said about sharing, files, storage and embedding.

use super::Lang;

catalogue! {
    /// The sentences about sharing, files, storage and embedding.
    ShareText, share_text;

    title: "Share", "Compartilhar";
}
