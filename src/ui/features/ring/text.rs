//! What the ring says beside what a server is.

use crate::{
    raft::{DeniedVote, LogPosition, NodeId},
    sim::Process,
    ui::{
        run::view::{Refusal, ServerView},
        text::{Lang, catalogue},
    },
};

catalogue! {
    /// The sentences of the ring.
    RingText, ring_text;

    crash_it: "click to crash", "clique derruba";
    tap_it: "tap to crash", "toque derruba";
    tap_to_restart: "tap to restart", "toque reinicia";
    tap_to_start: "tap to start", "toque inicia";
    right_click: "Right click: more", "Botão direito: mais";
    long_press: "Long press: more", "Toque longo: mais";
    more: "More for a server", "Mais para um servidor";
    more_hint: "Opens the menu of a server: pause it, cut its links, set its timer.",
        "Abre o menu de um servidor: pausar, cortar conexões, ajustar o timer.";
    more_for: "More for", "Mais para";
    menu_key: "Shift+F10: more", "Shift+F10: mais";
    /// What a server's keys do, for whoever cannot see it in the corner of the ring.
    keys: "Enter crashes or restarts it. Shift+F10 opens its menu: pause, election timeout now, cut off, wipe the disk, why.",
        "Enter derruba ou reinicia. Shift+F10 abre seu menu: pausar, election timeout agora, isolar, apagar o disco, por quê.";
    /// Of a leader that is drawn hollow, and of one that is called stale besides.
    reaches_few: "Reaches no majority", "Não alcança maioria";
    is_stale: "A newer term began", "Há um term mais novo";
    click: "Click", "Clique";
    tap: "Tap", "Toque";
    crash: "crash", "derrubar";
    start: "start", "iniciar";
    restart: "restart", "reiniciar";
    /// Before the field for its timer: `Election timeout in 150 ms`.
    times_out_in: "Election timeout in", "Election timeout em";
    legend_ballots: "counted, refused", "contado, negado";
    legend_timer: "election timer", "election timer";
    legend_log: "last entry: term, index", "última entrada: term, índice";

    /// The name of a server whose election timer runs out before all others; its arc is highlighted.
    next_to_run_out(name: &str): "{name}, next to time out", "{name}, próximo election timeout";
    /// What a click, or a key, does to a server.
    does(press: &str, verb: &str, server: NodeId): "{press}: {verb} {server}", "{press}: {verb} {server}";

    gave_none(voter: NodeId): "{voter} refused", "{voter} negou";
    votes_itself(voter: NodeId): "{voter} refused: voted for itself", "{voter} negou: votou em si";
    votes_other(voter: NodeId, other: NodeId): "{voter} refused: voted for {other}", "{voter} negou: votou em {other}";
    is_ahead(voter: NodeId): "{voter} is in a newer term", "{voter} está em term mais novo";
    hears_leader(voter: NodeId): "{voter} hears a leader", "{voter} ouve um leader";
    has_higher_priority(voter: NodeId): "{voter} has a higher priority", "{voter} tem prioridade maior";
    has_newer_log(voter: NodeId): "{voter}'s log is newer", "log de {voter} mais novo";
    have_newer_logs(voters: usize): "{voters} logs are newer", "{voters} logs mais novos";
    /// The same of several that had given their vote in that term, to themselves or to another.
    have_voted(voters: usize): "{voters} refused: had voted", "{voters} negaram: já votaram";
    /// The same of several, for reasons that differ.
    gave_none_of(voters: usize): "{voters} refused", "{voters} negaram";
    has_log_over(voter: NodeId, mine: &str, theirs: &str): "{voter}'s log is newer: {mine}, not {theirs}",
        "log de {voter} mais novo: {mine}, não {theirs}";
}

impl Lang {
    /// What stands below the role of a server that is down, for who has no mouse to click with.
    pub(super) fn detail_by_touch(self, server: &ServerView) -> Option<&'static str> {
        let text = self.ring_text();
        match (server.process, server.boots) {
            (Process::Down, _) if server.wiped => None,
            (Process::Down, 0) => Some(text.tap_to_start),
            (Process::Down, _) => Some(text.tap_to_restart),
            _ => None,
        }
    }

    /// What a press on a server does, by what it is called: `Click: crash S2`.
    #[must_use]
    pub fn press_does(self, server: &ServerView, press: &str) -> String {
        let text = self.ring_text();
        let verb = match (server.is_up(), server.boots) {
            (true, _) => text.crash,
            (false, 0) => text.start,
            (false, _) => text.restart,
        };
        self.does(press, verb, server.id)
    }

    /// Why a voter refused its vote, short; shorter where there is little room.
    #[must_use]
    pub fn short_refusal(self, refusal: Refusal, is_short: bool) -> String {
        let end = |log: LogPosition| format!("{}/{}", log.last_term, log.last_index);
        let by = refusal.by;
        match refusal.why {
            None => self.gave_none(by),
            Some(DeniedVote::AlreadyVotedFor(_)) if is_short => self.gave_none(by),
            Some(DeniedVote::AlreadyVotedFor(other)) if other == by => self.votes_itself(by),
            Some(DeniedVote::AlreadyVotedFor(other)) => self.votes_other(by, other),
            Some(DeniedVote::StaleTerm) => self.is_ahead(by),
            Some(DeniedVote::HasLeader(_)) => self.hears_leader(by),
            Some(DeniedVote::LowerPriority) => self.has_higher_priority(by),
            Some(DeniedVote::LogBehind { .. }) if is_short => self.has_newer_log(by),
            Some(DeniedVote::LogBehind { mine, theirs }) => self.has_log_over(by, &end(mine), &end(theirs)),
        }
    }
}
