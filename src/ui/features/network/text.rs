//! What is said about the network, its links and messages, and timers.

use crate::{
    raft::{NodeId, NodeSet},
    sim::{Micros, OwnSettings},
    ui::{
        explain::taken::Fate,
        text::{Lang, catalogue, list},
    },
};

catalogue! {
    /// The sentences about the network, its links and messages, and timers.
    FaultsText, faults_text;

    title: "Network", "Rede";
    about: "Change timers, delays, losses, links and messages; cut partitions; align timers for a split vote.",
        "Mude timers, atrasos, perdas, conexões e mensagens; crie partições; alinhe timers para dividir os votos.";

    links: "Links", "Conexões";
    links_intro: "From the row's server to the column's. Press a cell to cut or restore that direction; on the ring, press a line.",
        "Do servidor da linha para o da coluna. Pressione uma célula para cortar ou restaurar esse sentido; no anel, pressione uma linha.";
    from_to: "from \\ to", "de \\ para";
    up: "up", "ativa";
    cut: "cut", "cortada";
    members: "Servers of one side", "Servidores de um lado";
    partition: "Partition", "Particionar";
    partition_hint: "Cuts all links between the chosen servers and the others.",
        "Corta todas as conexões entre os servidores escolhidos e os outros.";
    isolate: "Isolate", "Isolar";
    isolate_hint: "Cuts each chosen server off from all others.", "Isola cada servidor escolhido de todos os outros.";
    rejoin: "Restore", "Restaurar";
    rejoin_hint: "Restores all links of the chosen servers.", "Restaura todas as conexões dos servidores escolhidos.";
    restore_all: "Restore all links", "Restaurar todas as conexões";
    ring_links: "Links of the cluster", "Conexões do cluster";

    legend_cut: "link cut", "conexão cortada";
    legend_one_way: "one way only", "só em um sentido";

    duplication: "Messages duplicated", "Mensagens duplicadas";
    reordering: "Messages reordered", "Mensagens fora de ordem";
    replay: "Same faults with these settings", "As mesmas falhas com estas configurações";
    reordering_hint: "These messages are delayed so long that later ones overtake them.",
        "Essas mensagens atrasam tanto que as seguintes as ultrapassam.";

    own_settings: "Settings of their own", "Ajustes próprios";
    own_settings_intro: "The dials above are those of all other servers and links.",
        "Os controles acima são os de todos os outros servidores e conexões.";

    one_link: "Settings of one link", "Ajustes de uma só conexão";
    one_link_intro: "For messages of this link alone, whatever the dials above say.",
        "Só para mensagens desta conexão, o que quer que digam os controles acima.";
    both_directions: "Both directions", "Nos dois sentidos";

    messages: "Messages in flight", "Mensagens em trânsito";
    none_under_way: "No message is in flight at this instant.", "Nenhuma mensagem está em trânsito neste instante.";
    take: "Choose", "Escolher";
    due: "arrives at", "chega em";
    will_be_lost: "will be lost", "vai se perder";
    inspector: "Chosen message", "Mensagem escolhida";
    field_name: "ID", "ID";
    field_from: "From", "De";
    field_to: "To", "Para";
    field_says: "Type", "Tipo";
    field_term: "Term", "Term";
    field_log: "lastLogIndex, lastLogTerm", "lastLogIndex, lastLogTerm";
    field_granted: "voteGranted", "voteGranted";
    field_success: "success", "success";
    field_sent: "Sent at", "Enviada em";
    field_leaves: "Leaves at, after the disk", "Sai em, após o disco";
    field_due: "Arrives at", "Chega em";
    field_fate: "Status", "Situação";
    drop_it: "Drop", "Descartar";
    duplicate_it: "Duplicate", "Duplicar";
    deliver_it: "Deliver now", "Entregar agora";
    delay_it: "Delay by", "Atrasar em";
    close: "Close", "Fechar";

    timers: "Election timers", "Election timers dos servidores";
    timers_intro: "Drag the dot on a server's ring, or enter the milliseconds until its timer expires.",
        "Arraste o ponto no anel de um servidor ou digite em quantos milissegundos seu timer se esgota.";
    align: "Align timers", "Alinhar timers";
    align_hint: "All expire at once: a split vote is likely.", "Todos se esgotam juntos: votos divididos são prováveis.";
    spread: "Spread timers", "Espaçar timers";
    spread_hint: "They expire one after the other: the first candidate usually wins.",
        "Esgotam-se um após o outro: em geral o primeiro candidate vence.";
    no_timer: "no election timer", "sem election timer";

    gauge_intro: "§5.6: round trip ≪ election timeout ≪ time between failures.",
        "§5.6: ida e volta ≪ election timeout ≪ tempo entre falhas.";
    timing_narrow: "Election timeouts differ by less than a round trip: expect split votes and long elections.",
        "Os election timeouts diferem menos que uma ida e volta: espere votos divididos e eleições demoradas.";
    all_lost: "No message arrives: nobody can be elected.", "Nenhuma mensagem chega: ninguém pode ser eleito.";
    scale_round_trip: "worst round trip", "pior ida e volta";
    scale_heartbeat: "heartbeat interval", "intervalo de heartbeat";
    scale_timeout: "election timeout", "election timeout";

    crash_means: "memory is lost, the disk stays: after a restart the server still knows its term and its vote.",
        "a memória se perde, o disco fica: ao reiniciar, o servidor ainda sabe seu term e seu voto.";
    pause_means: "nothing is lost and nothing runs: messages wait, and after resuming a paused leader still believes that it leads.",
        "nada se perde e nada executa: as mensagens esperam, e um leader retomado ainda acredita liderar.";
    wipe_means: "memory and disk are lost: the server may vote twice in one term, and Raft assumes that this never happens.",
        "memória e disco se perdem: o servidor pode votar duas vezes em um term, e o Raft supõe que isso nunca ocorre.";
    isolate_one: "Cut off", "Isolar";
    isolate_one_hint: "no message reaches or leaves it", "nada chega nem sai dele";
    rejoin_one: "Restore its links", "Restaurar suas conexões";
    rejoin_one_hint: "messages get through again", "as mensagens passam de novo";

    link_is(from: NodeId, to: NodeId, state: &str): "Link {from} to {to}, {state}", "Conexão {from} para {to}, {state}";
    line_is(a: NodeId, b: NodeId, state: &str): "Link {a}–{b}: {state}", "Conexão {a}–{b}: {state}";
    both_ways: "both ways", "nos dois sentidos";
    only(from: NodeId, to: NodeId): "only {from} to {to}", "só de {from} para {to}";
    groups_are(groups: &str): "Groups {groups}", "Grupos {groups}";
    losses_hardly_matter: "Losses alone hardly ever start an election.", "As perdas, sozinhas, quase nunca iniciam uma eleição.";
    losses_rule: "Nearly every short timeout passes without a heartbeat.", "Quase todo timeout curto passa sem heartbeat.";
    one_timeout_of(timeouts: u64): "Because of losses, up to one timeout in {timeouts} passes without a heartbeat.",
        "Por causa das perdas, até um timeout em cada {timeouts} passa sem heartbeat.";
    /// Name of the field that lets a server's timer run out so long from now.
    timer_field(server: NodeId): "{server}'s election timer expires in", "O election timer de {server} se esgota em";

    under_way_to_loss: "In flight; it will be lost", "Em trânsito; vai se perder";
    under_way: "In flight", "Em trânsito";
    arrived_at(at: Micros): "Arrived at {at}", "Chegou aos {at}";
    waits_since(at: Micros): "Waiting at the paused server since {at}", "Aguarda no servidor pausado desde {at}";
    lost_at(at: Micros, place: &str): "Lost at {at} ({place})", "Perdida aos {at} ({place})";
    not_under_way: "Not in flight at this instant", "Não está em trânsito neste instante";
}

impl Lang {
    /// What a link has of its own, in both directions or in each: `S1–S4: delay 80 ms`.
    #[must_use]
    pub fn own_links(self, own: &OwnSettings, one: NodeId, other: NodeId) -> Vec<String> {
        let [there, back] = [(one, other), (other, one)].map(|(from, to)| self.own_settings(own.link(from, to)));
        if there == back {
            return there.map(|own| format!("{one}–{other}: {own}")).into_iter().collect();
        }
        let named = |from: NodeId, to: NodeId, own: String| format!("{from}→{to}: {own}");
        let there = there.map(|own| named(one, other, own));
        there
            .into_iter()
            .chain(back.map(|own| named(other, one, own)))
            .collect()
    }

    /// The same without the names of its servers where both directions have the same: `delay 80 ms`.
    #[must_use]
    pub fn own_of_link(self, own: &OwnSettings, one: NodeId, other: NodeId) -> Option<String> {
        let there = self.own_settings(own.link(one, other));
        if there == self.own_settings(own.link(other, one)) {
            return there;
        }
        Some(self.own_links(own, one, other).join(", "))
    }

    /// Name of a cell of the matrix of links.
    #[must_use]
    pub fn link_cell(self, from: NodeId, to: NodeId, up: bool) -> String {
        let text = self.faults_text();
        self.link_is(from, to, if up { text.up } else { text.cut })
    }

    /// Name of a line of the ring: which of its directions are up.
    #[must_use]
    pub fn link_line(self, a: NodeId, b: NodeId, there: bool, back: bool) -> String {
        let text = self.faults_text();
        match (there, back) {
            (true, true) => self.line_is(a, b, text.both_ways),
            (false, false) => self.line_is(a, b, text.cut),
            (true, false) => self.line_is(a, b, &self.only(a, b)),
            (false, true) => self.line_is(a, b, &self.only(b, a)),
        }
    }

    /// The servers that can talk with each other, group by group.
    #[must_use]
    pub fn groups(self, groups: &[NodeSet]) -> String {
        let named = ('A'..)
            .zip(groups)
            .map(|(name, group)| format!("{name}: {}", list(*group, " ")));
        self.groups_are(&named.collect::<Vec<_>>().join(" · "))
    }

    /// How often losses alone start an election.
    #[must_use]
    pub fn quiet_timeouts(self, timeouts: u64) -> String {
        const COUNTED: u64 = 10_000;
        let text = self.faults_text();
        match timeouts {
            0 | 1 => text.losses_rule.to_owned(),
            2..=COUNTED => self.one_timeout_of(timeouts),
            _ => text.losses_hardly_matter.to_owned(),
        }
    }

    /// What became of a message.
    #[must_use]
    pub fn fate(self, fate: Fate) -> String {
        let text = self.faults_text();
        match fate {
            Fate::UnderWay(flight) if flight.lost.is_some() => text.under_way_to_loss.to_owned(),
            Fate::UnderWay(_) => text.under_way.to_owned(),
            Fate::Delivered(at) => self.arrived_at(at),
            Fate::Held(at) => self.waits_since(at),
            Fate::Lost(at, place) => self.lost_at(at, self.lost(place)),
            Fate::Unsent => text.not_under_way.to_owned(),
        }
    }
}
