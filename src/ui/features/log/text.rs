//! What the panels of the log are called, and what they are for.

use crate::ui::text::catalogue;

catalogue! {
    /// What the log is called, and what it is for.
    LogText, log_text;

    title: "Log", "Log";
    about: "What the servers print. Press a line to ask why.", "O que os servidores imprimem. Pressione uma linha para perguntar por quê.";
}

catalogue! {
    /// What the terminals are called, and what they are for.
    TerminalsText, terminals_text;

    title: "Terminals", "Terminais";
    about: "A terminal for each server, as in the lab.", "Um terminal para cada servidor, como no laboratório.";
}
