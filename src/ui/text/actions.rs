//! What was done to the cluster, in words.

use crate::{
    raft::{LogPosition, NodeId, Term},
    sim::{Action, ClusterAction, LinkAction, MessageAction, MessageId, Refused, ServerAction},
    ui::text::{Lang, catalogue, list},
};

catalogue! {
    /// What was done, as a sentence without its full stop.
    ActionText, action_text;

    started(server: NodeId): "{server} was started", "{server} foi iniciado";
    killed(server: NodeId): "{server} was crashed", "{server} foi derrubado";
    paused(server: NodeId): "{server} was paused", "{server} foi pausado";
    resumed(server: NodeId): "{server} was resumed", "{server} foi retomado";
    timeout_forced(server: NodeId): "{server}'s election timer was made to run out",
        "o election timer de {server} foi esgotado à força";
    heartbeats_forced(server: NodeId): "{server}'s heartbeat timer was made to run out",
        "o heartbeat timer de {server} foi esgotado à força";
    leader_expired(server: NodeId): "{server} was made to doubt that its leader is alive",
        "{server} foi levado a duvidar de que seu líder esteja vivo";
    quorum_checked(server: NodeId): "{server} was made to check its quorum", "{server} foi levado a conferir seu quorum";
    transfer_asked(server: NodeId, to: NodeId): "{server} was asked to hand over to {to}",
        "pediu-se a {server} que passe a liderança a {to}";
    disk_was_wiped(server: NodeId): "{server} was crashed and its disk wiped",
        "{server} foi derrubado e seu disco, apagado";
    log_was_set(server: NodeId, index: u32, term: Term): "{server}'s log now ends at index {index} of term {term}",
        "o log de {server} agora termina no índice {index} do term {term}";
    timer_was_set(server: NodeId, rest: &str): "{server}'s election timer was set to run out {rest} later",
        "o election timer de {server} foi ajustado para esgotar {rest} depois";
    timers_aligned: "all election timers were aligned", "todos os election timers foram alinhados";
    timers_spread: "all election timers were spread", "todos os election timers foram espaçados";
    timing_changed: "the timing was changed", "os tempos foram alterados";
    rules_were_changed(changes: &str): "the rules were changed: {changes}", "as regras foram alteradas: {changes}";
    paper_in_force: "the paper's rules were put in force", "as regras do artigo entraram em vigor";

    link_was_cut(from: NodeId, to: NodeId): "the link from {from} to {to} was cut",
        "a conexão de {from} para {to} foi cortada";
    link_was_mended(from: NodeId, to: NodeId): "the link from {from} to {to} was mended",
        "a conexão de {from} para {to} foi reparada";
    isolated(server: NodeId): "{server} was cut off from all others", "{server} foi isolado de todos os outros";
    rejoined(server: NodeId): "{server} was connected with all others again",
        "{server} foi reconectado a todos os outros";
    partitioned(group: &str): "{group} were cut off from the others", "{group} foram separados dos outros";
    all_mended: "all links were mended", "todas as conexões foram reparadas";
    message_dropped(message: MessageId): "message {message} was dropped", "a mensagem {message} foi descartada";
    message_duplicated(message: MessageId): "message {message} was duplicated", "a mensagem {message} foi duplicada";
    message_delayed(message: MessageId, by: &str): "message {message} was held back for {by}",
        "a mensagem {message} foi retida por {by}";
    message_delivered(message: MessageId): "message {message} was delivered at once",
        "a mensagem {message} foi entregue na hora";
    network_changed: "the network was changed", "a rede foi alterada";

    /// Why an action of a script had no effect.
    no_effect(why: &str): "had no effect: {why}", "não teve efeito: {why}";
    down_then(server: NodeId): "{server} is down", "{server} está parado";
    running_then(server: NodeId): "{server} runs already", "{server} já está rodando";
    paused_then(server: NodeId): "{server} is paused", "{server} está pausado";
    not_paused_then(server: NodeId): "{server} is not paused", "{server} não está pausado";
    leads_without_timer(server: NodeId): "{server} leads, and a leader has no election timer",
        "{server} lidera, e um leader não tem election timer";
    has_no_such_timer(server: NodeId): "{server} has no such timer then", "{server} não tem esse timer nesse instante";
    does_not_lead(server: NodeId): "{server} does not lead", "{server} não lidera";
    leads_already(server: NodeId): "{server} leads already", "{server} já lidera";
    no_such_server: "the cluster has no such server", "o cluster não tem esse servidor";
    nobody_waits: "no server that runs has an election timer", "nenhum servidor em execução tem um election timer";
    no_such_link: "a server has no link to itself", "um servidor não tem conexão consigo mesmo";
    one_side: "a partition needs servers on both sides", "uma partição precisa de servidores nos dois lados";
    not_in_flight: "that message is not in flight then", "essa mensagem não está a caminho nesse instante";
    link_is_full: "the link carries as many messages as it can", "a conexão já carrega o máximo de mensagens";
    no_such_value: "no server and no network can have these values", "nenhum servidor e nenhuma rede pode ter esses valores";
}

impl Lang {
    /// An action as a sentence without its full stop: `S2 was crashed`.
    #[must_use]
    pub fn action(self, action: Action) -> String {
        let text = self.action_text();
        match action {
            Action::Server(server, action) => self.action_on_server(server, action),
            Action::Link(from, to, LinkAction::Cut) => self.link_was_cut(from, to),
            Action::Link(from, to, LinkAction::Heal) => self.link_was_mended(from, to),
            Action::Message(id, action) => match action {
                MessageAction::Drop => self.message_dropped(id),
                MessageAction::Duplicate => self.message_duplicated(id),
                MessageAction::Delay(by) => self.message_delayed(id, &self.millis(by)),
                MessageAction::Deliver => self.message_delivered(id),
            },
            Action::Cluster(action) => match action {
                ClusterAction::AlignTimers => text.timers_aligned.to_owned(),
                ClusterAction::SpreadTimers => text.timers_spread.to_owned(),
                ClusterAction::Partition(group) => self.partitioned(&list(group, ", ")),
                ClusterAction::HealAll => text.all_mended.to_owned(),
                ClusterAction::SetTiming(_) => text.timing_changed.to_owned(),
                ClusterAction::SetNetwork(_) => text.network_changed.to_owned(),
                ClusterAction::SetRules(rules) if rules.modified() => {
                    self.rules_were_changed(&self.rules_changes(rules, 3))
                }
                ClusterAction::SetRules(_) => text.paper_in_force.to_owned(),
            },
        }
    }

    /// That an action had no effect when its time came, and why: `had no effect: S1 does not lead`.
    #[must_use]
    pub fn had_no_effect(self, action: Action, why: Refused) -> String {
        match action.server() {
            Some(server) => self.no_effect(&self.not_done_to(server, why)),
            None => self.no_effect(self.not_done(why)),
        }
    }

    fn not_done_to(self, server: NodeId, why: Refused) -> String {
        match why {
            Refused::Down => self.down_then(server),
            Refused::Running => self.running_then(server),
            Refused::Paused => self.paused_then(server),
            Refused::NotPaused => self.not_paused_then(server),
            Refused::NoElectionTimer => self.leads_without_timer(server),
            Refused::NoSuchTimer => self.has_no_such_timer(server),
            Refused::NotLeader => self.does_not_lead(server),
            Refused::LeadsAlready => self.leads_already(server),
            other => self.not_done(other).to_owned(),
        }
    }

    /// Why something could not be done that is not done to one server.
    const fn not_done(self, why: Refused) -> &'static str {
        let text = self.action_text();
        match why {
            Refused::NoElectionTimers => text.nobody_waits,
            Refused::NoSuchLink => text.no_such_link,
            Refused::NoPartition => text.one_side,
            Refused::NoSuchMessage => text.not_in_flight,
            Refused::LinkFull => text.link_is_full,
            Refused::Config(_) => text.no_such_value,
            Refused::NoSuchServer
            | Refused::Down
            | Refused::Running
            | Refused::Paused
            | Refused::NotPaused
            | Refused::NoElectionTimer
            | Refused::NoSuchTimer
            | Refused::NotLeader
            | Refused::LeadsAlready => text.no_such_server,
        }
    }

    fn action_on_server(self, server: NodeId, action: ServerAction) -> String {
        match action {
            ServerAction::Start => self.started(server),
            ServerAction::Kill => self.killed(server),
            ServerAction::Pause => self.paused(server),
            ServerAction::Resume => self.resumed(server),
            ServerAction::ForceTimeout => self.timeout_forced(server),
            ServerAction::SendHeartbeats => self.heartbeats_forced(server),
            ServerAction::ExpireLeader => self.leader_expired(server),
            ServerAction::CheckQuorum => self.quorum_checked(server),
            ServerAction::TransferLeadership(to) => self.transfer_asked(server, to),
            ServerAction::WipeDisk => self.disk_was_wiped(server),
            ServerAction::SetLog(LogPosition { last_term, last_index }) => {
                self.log_was_set(server, last_index, last_term)
            }
            ServerAction::SetElectionTimer(rest) => self.timer_was_set(server, &self.millis(rest)),
            ServerAction::Isolate => self.isolated(server),
            ServerAction::Rejoin => self.rejoined(server),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Micros;

    #[test]
    fn what_had_no_effect_says_why_and_who() {
        let (one, other) = (NodeId::new(0), NodeId::new(1));
        let transfer = Action::transfer_leadership(one, other);
        let why = |lang: Lang, action, why| lang.had_no_effect(action, why);
        assert_eq!(
            why(Lang::En, transfer, Refused::NotLeader),
            "had no effect: S1 does not lead"
        );
        assert_eq!(
            why(Lang::Pt, transfer, Refused::NotLeader),
            "não teve efeito: S1 não lidera"
        );
        assert_eq!(
            why(Lang::En, Action::align_timers(), Refused::NoElectionTimers),
            "had no effect: no server that runs has an election timer"
        );
        assert_eq!(
            why(
                Lang::En,
                Action::set_election_timer(one, Micros::ZERO),
                Refused::NoElectionTimer
            ),
            "had no effect: S1 leads, and a leader has no election timer"
        );
    }
}
