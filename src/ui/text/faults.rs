//! What is said about the network, its links and messages, and timers.

use super::Lang;

catalogue! {
    /// The sentences about the network, its links and messages, and timers.
    FaultsText, faults_text;

    title: "Links", "Conexões";
}
