//! What the adversary says.

use crate::{
    checker::{Bounds, Envelope, Milestone, Step},
    raft::{NodeId, Timer},
    ui::text::{Lang, catalogue, words},
};

catalogue! {
    /// The sentences of the adversary.
    AdversaryText, adversary_text;

    title: "Find what breaks", "Encontrar o que quebra";
    intro: "The search tries every order of timeouts, handovers, deliveries, losses, duplicates and crashes, the shortest first, and plays what it finds.",
        "A busca tenta todas as ordens de timeouts, passagens de liderança, entregas, perdas, duplicatas e quedas, as mais curtas primeiro, e reproduz o que encontra.";
    look_for: "Look for", "Procurar";
    bounds_hint: "The bounds of the search: servers in the cluster, elections in a row, crashes in total.",
        "Os limites da busca: servidores no cluster, eleições seguidas, quedas no total.";
    anything: "any safety violation", "qualquer violação de segurança";
    cluster: "Cluster", "Cluster";
    elections: "Elections", "Eleições";
    crashes: "Crashes", "Quedas";
    find: "Find", "Encontrar";
    cancel: "Cancel", "Cancelar";
    progress: "How much of its time and room the search has used", "Quanto do seu tempo e espaço a busca já usou";
    play_again: "Play it again", "Reproduzir de novo";
    other_branch: "This branch differs from the steps that were found.", "Este ramo difere dos passos encontrados.";
    unplayable: "This counterexample can't be played. Its steps:",
        "Este contraexemplo não pode ser reproduzido. Seus passos:";
    holds: "Within these bounds it can't happen.", "Dentro destes limites não pode acontecer.";
    inconclusive: "Inconclusive: nothing was found, but not everything was tried.",
        "Inconclusivo: nada foi encontrado, mas nem tudo foi tentado.";
    seems_too_large: "This search may be too large to finish.", "Esta busca pode ser grande demais para terminar.";
    search_less: "Reduce the bounds:", "Reduza os limites:";
    bound_servers(count: u8): "{count} {count:server|servers}", "{count} {count:servidor|servidores}";
    bound_elections(count: u8): "{count} {count:election|elections}", "{count} {count:eleição|eleições}";
    bound_crashes(count: u8): "{count} {count:crash|crashes}", "{count} {count:queda|quedas}";
    search_for(minutes: u32): "Search for {minutes} minutes", "Buscar por {minutes} minutos";
    /// Find plays in a cluster of its own.
    will_play(plays: u8, size: u8): "Find searches and plays a cluster of {plays}; yours has {size}.",
        "A busca examina e reproduz um cluster de {plays}; o seu tem {size}.";
    about_progress: "The rule that is off is about progress, not safety. Its effect shows in the measures of the Safety panel.",
        "A regra desligada é sobre progresso, não sobre segurança. Seu efeito aparece nas medidas do painel Segurança.";
    never: "Never reached in this search:", "Nunca alcançado nesta busca:";
    too_large: "These bounds are too large for the search.", "Estes limites são grandes demais para a busca.";
    failed: "The search could not start, or has stopped: the connection may be gone, the browser too old or out of memory. The rest of the page still works. Reload it, or choose fewer servers or elections.",
        "A busca não pôde começar, ou parou: talvez não haja conexão, o navegador seja antigo ou falte memória. O resto da página continua funcionando. Recarregue-a, ou escolha menos servidores ou eleições.";
    may_need_more: "To show the effect of a rule that is off, the search may need more servers, elections or crashes than these.",
        "Para mostrar o efeito de uma regra desligada, a busca pode precisar de mais servidores, eleições ou quedas do que estes.";
    /// Nothing was found, and it was not everything that was sought.
    may_break_another: "A rule that is off may break something else than what was sought.",
        "Uma regra desligada pode quebrar outra coisa que não a procurada.";
    find_anything: "Find any safety violation", "Encontrar qualquer violação de segurança";

    timer_expires_now(server: NodeId): "{server}'s election timer expires.", "O election timer de {server} se esgota.";
    heartbeat_expires_now(server: NodeId): "{server}'s heartbeat timer expires.", "O heartbeat timer de {server} se esgota.";
    leader_is_quiet(server: NodeId): "{server} has not heard from its leader for a while.",
        "{server} não ouve seu leader há algum tempo.";
    checks_majority(server: NodeId): "{server} checks whether a quorum answers.",
        "{server} verifica se um quórum responde.";
    receives(to: NodeId, from: NodeId, message: &str): "{to} receives {message} from {from}.", "{to} recebe de {from} {message}.";
    network_loses(to: NodeId, from: NodeId, message: &str): "The network loses what {from} sent {to}: {message}.",
        "A rede perde o que {from} enviou a {to}: {message}.";
    network_doubles(to: NodeId, from: NodeId, message: &str): "The network duplicates what {from} sent {to}: {message}.",
        "A rede duplica o que {from} enviou a {to}: {message}.";
    crashes_now(server: NodeId): "{server} crashes.", "{server} cai.";
    restarts_now(server: NodeId): "{server} restarts from its disk.", "{server} reinicia a partir de seu disco.";
    is_asked_to_hand_over(leader: NodeId, to: NodeId): "{leader} is asked to hand over to {to}.",
        "{leader} recebe o pedido de passar a liderança a {to}.";

    /// What was found plays in another cluster than the reader's.
    other_size(plays: usize, before: usize):
        "The counterexample has {plays} {plays:server|servers}; your cluster had {before}.",
        "O contraexemplo tem {plays} {plays:servidor|servidores}; seu cluster tinha {before}.";

    searched_so_far(states: &str, depth: u32, rate: &str): "{states} states, {depth} steps deep, {rate} states a second",
        "{states} estados, {depth} passos de profundidade, {rate} estados por segundo";
    all_was_tried(states: &str, depth: u32, servers: u8, elections: u8, crashes: u8):
        "Exhaustive: every reachable state was checked. {states} different states, up to {depth} steps deep, with {servers} servers, terms up to {elections}, crashes: at most {crashes}, and any losses, duplicates, delays and heartbeats. Beyond these bounds this proves nothing.",
        "Exaustivo: todo estado alcançável foi verificado. {states} estados diferentes, até {depth} passos, com {servers} servidores, terms até {elections}, quedas: no máximo {crashes}, e quaisquer perdas, duplicatas, atrasos e heartbeats. Além destes limites isto nada prova.";
    ended_at_limit(states: &str, depth: u32):
        "The search stopped after {states} different states, {depth} steps deep.",
        "A busca parou após {states} estados diferentes, com {depth} passos de profundidade.";
}

words! {
    /// What should happen somewhere in a search.
    milestone: Milestone;
    SomebodyLeads: "a server leads", "um servidor lidera";
    HeartbeatAccepted: "a heartbeat is accepted", "um heartbeat é aceito";
    VoteRefused: "a vote is refused", "um voto é negado";
    LeaderStepsDown: "a leader steps down", "um leader renuncia";
    VoteSplits: "votes are split", "os votos se dividem";
    ServerReturns: "a crashed server comes back", "um servidor que caiu volta";
}

impl Lang {
    /// A step of a path, in words.
    #[must_use]
    pub fn step(self, step: Step) -> String {
        match step {
            Step::Timeout(server, Timer::Election) => self.timer_expires_now(server),
            Step::Timeout(server, Timer::Heartbeat) => self.heartbeat_expires_now(server),
            Step::Timeout(server, Timer::RecentLeader) => self.leader_is_quiet(server),
            Step::Timeout(server, Timer::CheckQuorum) => self.checks_majority(server),
            Step::Deliver(Envelope { from, to, message }) => self.receives(to, from, &self.message_in_full(message)),
            Step::Lose(Envelope { from, to, message }) => self.network_loses(to, from, &self.message_in_full(message)),
            Step::Duplicate(Envelope { from, to, message }) => {
                self.network_doubles(to, from, &self.message_in_full(message))
            }
            Step::Crash(server) => self.crashes_now(server),
            Step::Restart(server) => self.restarts_now(server),
            Step::TransferLeadership(leader, to) => self.is_asked_to_hand_over(leader, to),
        }
    }

    /// How far a search is, after so many ms.
    #[must_use]
    pub fn search_progress(self, states: u64, depth: u32, ms: f64) -> String {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a rate to be read"
        )]
        let rate = self.grouped((states as f64 / ms.max(1.0)) as usize * 1000);
        self.searched_so_far(&self.states(states), depth, &rate)
    }

    /// What was searched to the end.
    #[must_use]
    pub fn exhausted(self, bounds: Bounds, states: u64, depth: u32) -> String {
        let Bounds {
            servers,
            elections,
            crashes,
            ..
        } = bounds;
        self.all_was_tried(&self.states(states), depth, servers, elections, crashes)
    }

    /// Where a search was cut off.
    #[must_use]
    pub fn truncated(self, states: u64, depth: u32) -> String {
        self.ended_at_limit(&self.states(states), depth)
    }

    fn states(self, states: u64) -> String {
        self.grouped(usize::try_from(states).unwrap_or(usize::MAX))
    }
}
