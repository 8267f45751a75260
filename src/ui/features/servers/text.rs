//! What the panel is called, and what it is for.

use crate::{sim::Micros, ui::text::catalogue};

catalogue! {
    /// What the panel is called, and what it is for.
    ServersText, servers_text;

    title: "Servers", "Servidores";
    about: "All that each server knows, and what is on its disk.", "Tudo o que cada servidor sabe, e o que está em seu disco.";
    /// When the timer of a server that is paused expires.
    expires_resumed(at: Micros): "expires once resumed, not before {at}", "só expira após retomar, não antes de {at}";
    its_own(what: &str): "its own: {what}", "só dele: {what}";
}
