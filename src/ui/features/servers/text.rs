//! What the panel is called, and what it is for.

use crate::{raft::NodeId, sim::Micros, ui::text::catalogue};

catalogue! {
    /// What the panel is called, and what it is for.
    ServersText, servers_text;

    title: "Servers", "Servidores";
    about: "All that each server knows, and what is on its disk.", "Tudo o que cada servidor sabe, e o que está em seu disco.";
    /// When the timer of a server that is paused expires.
    expires_resumed(at: Micros): "expires once resumed, not before {at}", "só se esgota após retomar, não antes de {at}";
    one_server: "Settings of one server", "Ajustes de um só servidor";
    one_server_intro: "For this server alone, whatever the cluster has: another configuration, a bad clock, a slow disk, a newer or older program, or another priority, which Raft does not have.",
        "Só para este servidor, o que quer que o cluster tenha: outra configuração, um relógio ruim, um disco lento, um programa mais novo ou mais antigo, ou outra prioridade, que o Raft não tem.";
    clock: "Clock", "Relógio";
    disk_write: "Disk write", "Gravação em disco";
    priority: "Priority", "Prioridade";
    /// What a priority does, where it is set.
    priority_hint: "A server votes for one of a lower priority only if that one's log is longer (as in raft-rs).",
        "Um servidor vota em um de prioridade menor só se o log deste for mais longo (como no raft-rs).";
    rule: "Rule", "Regra";
    /// Takes back all that is a server's or a link's own.
    as_all: "Same as the cluster", "Igual ao cluster";
    rule_of(server: NodeId, rule: &str): "{server}: {rule}", "{server}: {rule}";
    /// Takes back one rule that is a server's own.
    rule_as_all: "as in the cluster", "como no cluster";
    clock_rate(rate: &str): "{rate}×", "{rate}×";
    its_own(what: &str): "its own: {what}", "só dele: {what}";
}
