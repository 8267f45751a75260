//! What was done to the cluster, in words.

use crate::ui::text::{Lang, list};
use crate::{raft::NodeSet, sim::Action};

impl Lang {
    /// An action as a sentence without its full stop: `S2 was crashed`.
    #[must_use]
    pub fn action(self, action: Action) -> String {
        match action {
            Action::Start(server) => format!("{server} {}", self.pick("was started", "foi iniciado")),
            Action::Kill(server) => format!("{server} {}", self.pick("was crashed", "foi derrubado")),
            Action::Pause(server) => format!("{server} {}", self.pick("was paused", "foi pausado")),
            Action::Resume(server) => format!("{server} {}", self.pick("was resumed", "foi retomado")),
            Action::ForceTimeout(server) => match self {
                Self::En => format!("{server}'s election timer was made to run out"),
                Self::Pt => format!("o election timer de {server} foi esgotado à força"),
            },
            Action::SendHeartbeats(server) => match self {
                Self::En => format!("{server}'s heartbeat timer was made to run out"),
                Self::Pt => format!("o heartbeat timer de {server} foi esgotado à força"),
            },
            Action::ExpireLeader(server) => match self {
                Self::En => format!("{server} was made to doubt that its leader is alive"),
                Self::Pt => format!("{server} foi levado a duvidar de que seu líder esteja vivo"),
            },
            Action::CheckQuorum(server) => match self {
                Self::En => format!("{server} was made to check its quorum"),
                Self::Pt => format!("{server} foi levado a conferir seu quorum"),
            },
            Action::TransferLeadership(server, to) => match self {
                Self::En => format!("{server} was asked to hand over to {to}"),
                Self::Pt => format!("pediu-se a {server} que passe a liderança a {to}"),
            },
            Action::WipeDisk(server) => match self {
                Self::En => format!("{server} was crashed and its disk wiped"),
                Self::Pt => format!("{server} foi derrubado e seu disco, apagado"),
            },
            Action::SetLog(server, log) => {
                let (term, index) = (log.last_term, log.last_index);
                match self {
                    Self::En => format!("{server}'s log now ends at index {index} of term {term}"),
                    Self::Pt => format!("o log de {server} agora termina no índice {index} do term {term}"),
                }
            }
            Action::SetElectionTimer(server, rest) => match self {
                Self::En => format!(
                    "{server}'s election timer was set to run out {} later",
                    self.millis(rest)
                ),
                Self::Pt => format!(
                    "o election timer de {server} foi ajustado para esgotar {} depois",
                    self.millis(rest)
                ),
            },
            Action::AlignTimers => self
                .pick(
                    "all election timers were aligned",
                    "todos os election timers foram alinhados",
                )
                .to_owned(),
            Action::SpreadTimers => self
                .pick(
                    "all election timers were spread",
                    "todos os election timers foram espaçados",
                )
                .to_owned(),
            Action::SetTiming(_) => self
                .pick("the timing was changed", "os tempos foram alterados")
                .to_owned(),
            Action::SetRules(rules) if rules.modified() => format!(
                "{}: {}",
                self.pick("the rules were changed", "as regras foram alteradas"),
                self.rules_changes(rules, 3)
            ),
            Action::SetRules(_) => self
                .pick(
                    "the paper's rules were put in force",
                    "as regras do artigo entraram em vigor",
                )
                .to_owned(),
            _ => self.action_on_network(action),
        }
    }

    fn action_on_network(self, action: Action) -> String {
        match action {
            Action::Cut(from, to) => match self {
                Self::En => format!("the link from {from} to {to} was cut"),
                Self::Pt => format!("a conexão de {from} para {to} foi cortada"),
            },
            Action::Heal(from, to) => match self {
                Self::En => format!("the link from {from} to {to} was mended"),
                Self::Pt => format!("a conexão de {from} para {to} foi reparada"),
            },
            Action::Isolate(server) => match self {
                Self::En => format!("{server} was cut off from all others"),
                Self::Pt => format!("{server} foi isolado de todos os outros"),
            },
            Action::Rejoin(server) => match self {
                Self::En => format!("{server} was connected with all others again"),
                Self::Pt => format!("{server} foi reconectado a todos os outros"),
            },
            Action::Partition(group) => self.partitioned(group),
            Action::HealAll => self
                .pick("all links were mended", "todas as conexões foram reparadas")
                .to_owned(),
            Action::DropMessage(id) => match self {
                Self::En => format!("message {id} was dropped"),
                Self::Pt => format!("a mensagem {id} foi descartada"),
            },
            Action::DuplicateMessage(id) => match self {
                Self::En => format!("message {id} was duplicated"),
                Self::Pt => format!("a mensagem {id} foi duplicada"),
            },
            Action::DelayMessage(id, by) => match self {
                Self::En => format!("message {id} was held back for {}", self.millis(by)),
                Self::Pt => format!("a mensagem {id} foi retida por {}", self.millis(by)),
            },
            Action::DeliverMessage(id) => match self {
                Self::En => format!("message {id} was delivered at once"),
                Self::Pt => format!("a mensagem {id} foi entregue na hora"),
            },
            _ => self.pick("the network was changed", "a rede foi alterada").to_owned(),
        }
    }

    fn partitioned(self, group: NodeSet) -> String {
        match self {
            Self::En => format!("{} were cut off from the others", list(group, ", ")),
            Self::Pt => format!("{} foram separados dos outros", list(group, ", ")),
        }
    }
}
