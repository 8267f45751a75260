//! Every sentence a reader sees, in all languages side by side. A missing translation does not compile.
//!
//! The protocol's terms (follower, leader, term, heartbeat, RequestVote, ...) stay English in every language, as in the
//! field. The log keeps the lab's vocabulary and is not in here.

use crate::{
    raft::{NodeId, NodeSet, Role, Term},
    scenario::{Group, ScenarioId, lablog::Kind},
    sim::{Process, Refused},
    ui::run::view::{ClusterView, ServerView},
};

mod actions;
mod catalogue;
mod events;
mod grammar;
mod numbers;
#[cfg(test)]
pub(crate) mod pseudo;
mod rules;
mod runs;
pub(crate) mod template;

pub use self::numbers::parse_millis;
pub(crate) use self::{
    catalogue::{catalogue, columns, row, sentence, words},
    grammar::{capitalised, list},
};

#[cfg(test)]
pub(crate) use self::numbers::has_decimal_point;

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Brazilian Portuguese.
    Pt,
    /// What tests read, to see that a language is one column of the catalogue and that all words come from there.
    #[cfg(test)]
    Pseudo,
}

impl Lang {
    /// All that a reader may choose.
    pub const ALL: [Self; 2] = [Self::En, Self::Pt];

    /// How many columns the catalogue has.
    pub(crate) const COUNT: usize = Self::ALL.len() + if cfg!(test) { 1 } else { 0 };

    /// Its BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        self.about_language().tag
    }

    /// Its own name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.about_language().name
    }

    /// Its name where there is little room.
    #[must_use]
    pub const fn short_name(self) -> &'static str {
        self.about_language().short_name
    }

    /// The language that fits a BCP 47 tag best: one with the same first letters, else English.
    #[must_use]
    pub fn from_tag(tag: &str) -> Self {
        let same = |lang: &Self| {
            let start = tag.get(..2).unwrap_or_default();
            lang.tag()
                .get(..2)
                .is_some_and(|letters| letters.eq_ignore_ascii_case(start))
        };
        Self::ALL.into_iter().find(same).unwrap_or_default()
    }

    /// What is said in this language, of what is said in [`Self::ALL`].
    #[must_use]
    pub fn of_all(self, words: &[String; Self::ALL.len()]) -> &str {
        &words[self as usize]
    }
}

catalogue! {
    /// A language, in its own words.
    AboutLanguage, about_language;

    tag: "en", "pt-BR";
    name: "English", "Português";
    short_name: "EN", "PT";
}

catalogue! {
    /// The sentences without parameters that the whole page shares.
    Catalogue, text;

    title: "Raft, an election", "Raft, uma eleição";
    scenario: "Scenario", "Cenário";
    watch: "What to watch", "O que observar";
    paper: "The Raft paper (opens in a new tab)", "O artigo do Raft (abre em nova aba)";
    cluster_size: "Servers", "Servidores";
    language: "Language", "Idioma";
    theme: "Theme", "Tema";
    theme_system: "Theme: as the system", "Tema: o do sistema";
    theme_light: "Theme: light", "Tema: claro";
    theme_dark: "Theme: dark", "Tema: escuro";
    help: "Help", "Ajuda";
    close: "Close", "Fechar";
    skip: "Skip to the cluster", "Ir para o cluster";

    ring: "Cluster", "Cluster";
    no_leader: "No leader", "Nenhum leader";
    election_running: "An election is running.", "Há uma eleição em andamento.";
    no_majority: "No majority can be reached: too few servers run.",
        "Não há maioria possível: poucos servidores em execução.";
    waiting_for_timeout: "Waiting for an election timeout.", "Aguardando um election timeout.";
    all_down: "All servers are down.", "Todos os servidores estão parados.";
    one_leader_per_term: "one leader per term", "um leader por term";
    legend: "Legend", "Legenda";
    legend_request: "asks for a vote", "pede voto";
    legend_granted: "vote granted", "voto dado";
    legend_refused: "vote refused", "voto negado";
    legend_heartbeat: "heartbeat", "heartbeat";
    legend_reply: "its reply", "sua resposta";
    legend_lost: "lost", "perdida";
    legend_pre_vote: "asks for a pre-vote", "pede pre-vote";
    legend_pre_granted: "pre-vote granted", "pre-vote dado";
    legend_timeout_now: "TimeoutNow: run at once", "TimeoutNow: concorra já";

    crashed: "crashed", "crashed";
    not_started: "not started", "não iniciado";
    paused: "paused", "pausado";
    disk_wiped: "disk wiped", "disco apagado";
    no_vote: "no vote yet", "ainda não votou";
    click_to_restart: "click to restart", "clique e reinicie";
    click_to_start: "click to start", "clique e inicie";

    menu: "More actions", "Mais ações";
    kill: "Crash", "Derrubar";
    kill_hint: "Memory is lost, the disk stays.", "A memória se perde, o disco fica.";
    start: "Start", "Iniciar";
    restart: "Restart", "Reiniciar";
    restart_hint: "From what its disk holds.", "A partir do que está no disco.";
    pause_server: "Pause", "Pausar";
    pause_server_hint: "Memory stays, nothing runs, as in a long GC.", "A memória fica, nada roda, como em um GC longo.";
    resume_server: "Resume", "Retomar";
    resume_server_hint: "Handles first what arrived meanwhile.", "Trata primeiro o que chegou nesse meio-tempo.";
    force_timeout: "Election timeout now", "Election timeout agora";
    force_timeout_hint: "It becomes a candidate at once.", "Torna-se candidate imediatamente.";
    heartbeats: "Send heartbeats now", "Enviar heartbeats agora";
    heartbeats_hint: "Its heartbeat timer runs out at once.", "Seu heartbeat timer se esgota imediatamente.";
    hand_over: "Hand over to", "Passar a liderança a";
    hand_over_hint: "Leadership transfer, thesis §3.10: it asks the server to run at once.",
        "Transferência de liderança, tese §3.10: pede ao servidor que concorra já.";
    wipe: "Crash and wipe the disk", "Derrubar e apagar o disco";
    wipe_hint: "Unsafe: it forgets its term and vote.", "Inseguro: esquece seu term e seu voto.";

    panels: "Panels", "Painéis";

    event_log: "Event log", "Log de eventos";
    filter_servers: "Show servers", "Mostrar servidores";
    filter_roles: "Show roles", "Mostrar papéis";
    filter_kinds: "Show kinds", "Mostrar tipos";
    filters: "Filters", "Filtros";
    search: "Search", "Buscar";
    clear_filters: "Show all", "Mostrar tudo";
    log_empty: "Nothing has happened yet. Press Play.", "Nada aconteceu ainda. Pressione Reproduzir.";
    log_no_match: "No line matches the filter.", "Nenhuma linha corresponde ao filtro.";
    log_dropped: "Earlier lines are no longer in memory; move the time back to see them.",
        "As linhas anteriores não estão mais na memória; volte no tempo para vê-las.";
    copy: "Copy", "Copiar";
    copied: "Copied", "Copiado";
    copy_failed: "The browser did not allow copying. Use Download instead.",
        "O navegador não permitiu copiar. Use Baixar.";
    download: "Download", "Baixar";
    download_hint: "One .log file in the lab's format, server by server",
        "Um arquivo .log no formato do laboratório, servidor a servidor";

    column_server: "Server", "Servidor";
    column_role: "Role", "Papel";
    column_term: "Term", "Term";
    column_vote: "Vote", "Voto";
    column_votes: "Votes", "Votos";
    pre_votes: "pre-votes", "pre-votes";
    column_follows: "Leader", "Leader";
    column_timer: "Timer", "Timer";
    column_disk: "On disk", "No disco";
    column_actions: "Actions", "Ações";
    timer_none: "none", "nenhum";
    fires_at: "fires at", "dispara em";

    interrupt: "^C", "^C";

    election_timeout: "Election timeout", "Election timeout";
    heartbeat_interval: "Heartbeat interval", "Intervalo de heartbeat";
    delay: "One-way delay", "Atraso (só ida)";
    loss: "Messages lost", "Mensagens perdidas";
    minimum: "shortest", "mínimo";
    maximum: "longest", "máximo";
    milliseconds: "ms", "ms";
    network_intro: "Changes take effect at once: delays and loss for messages sent from now on, timers when they next start.",
        "As mudanças valem já: atraso e perda para as mensagens enviadas a partir de agora, timers quando reiniciarem.";
    paper_timing: "The paper's values", "Os valores do artigo";
    timing_good: "Broadcast time is far below the election timeout, as §5.6 asks: elections settle quickly.",
        "O tempo de broadcast fica bem abaixo do election timeout, como pede a §5.6: eleições se resolvem rápido.";
    timing_tight: "A round trip takes a good part of the election timeout: expect split votes.",
        "Uma ida e volta consome boa parte do election timeout: espere votos divididos.";
    timing_bad: "A round trip takes longer than the shortest election timeout: leaders can't hold on.",
        "Uma ida e volta demora mais que o menor election timeout: leaders não se mantêm.";
    timing_lossy: "Losses let followers miss every heartbeat of a timeout now and then: expect elections for no other reason.",
        "Com essas perdas, followers às vezes não recebem nenhum heartbeat durante um timeout: espere eleições sem outro motivo.";
    heartbeat_bad: "Heartbeats are rarer than the shortest election timeout: followers depose a healthy leader.",
        "Heartbeats são mais raros que o menor election timeout: followers depõem um leader saudável.";


    play: "Play", "Reproduzir";
    pause: "Pause", "Pausar";
    step: "Step", "Passo";
    step_back: "Step back", "Voltar um passo";
    step_back_hint: "To the event before", "Ao evento anterior";
    step_hint: "To the next event", "Até o próximo evento";
    reset: "Reset", "Reiniciar";
    reset_hint: "From the start, with the same seed", "Do começo, com a mesma semente";
    time: "Time", "Tempo";
    timeline: "Roles of all servers over time", "Papéis de todos os servidores ao longo do tempo";
    now: "now", "agora";
    speed: "Speed", "Velocidade";
    seed: "Seed", "Semente";
    seed_hint: "All luck of a run comes from its seed: the same seed, the same run.",
        "Todo o acaso de uma execução vem da semente: mesma semente, mesma execução.";
    seed_invalid: "A seed is a whole number up to 18446744073709551615.",
        "Uma semente é um número inteiro até 18446744073709551615.";
    new_seed: "New seed", "Nova semente";
    rewound: "In the past. Acting here opens a new branch; the old one is kept.",
        "No passado. Agir aqui abre um novo ramo; o antigo é mantido.";
    to_now: "Back to the end", "Voltar ao fim";

    stopped: "The playground has stopped", "O playground parou";
    stopped_advice: "This is a bug in the page. The report below reproduces it; please send it along if you tell someone.",
        "Isto é um erro da página. O relatório abaixo o reproduz; envie-o se for avisar alguém.";
    safety_broken: "A safety property is broken", "Uma propriedade de segurança foi violada";
}

catalogue! {
    /// The sentences about servers that several parts of the page share.
    ServerText, server_text;

    /// The accessible name of a server in the ring: `S2, leader, term 4`, and what else it shows, in the order in which it
    /// shows it.
    named(server: NodeId, standing: &str, term: Term, detail: &str):
        "{server}, {standing}, term {term}, {detail}", "{server}, {standing}, term {term}, {detail}";
    /// That servers lead a term: `S2 leads term 4`; and what must never be, `S1 and S2 both lead term 4`.
    lead(leaders: NodeSet, term: Term): "{leaders} {leaders:leads|both lead|all lead} term {term}",
        "{leaders} {leaders:lidera|lideram ambos|lideram todos} o term {term}";
    with_votes_of(voters: &str): "with the votes of {voters}", "com os votos de {voters}";
    voted_for(server: NodeId): "voted {server}", "votou {server}";
    votes_from(voters: &str): "votes {voters}", "votos {voters}";
    /// The votes of a candidate against what it needs.
    votes_of(votes: usize, quorum: u8): "{votes} of {quorum} votes", "{votes} de {quorum} votos";
    /// What a pre-candidate has been promised against what it needs: no votes yet (thesis §9.6).
    pre_votes_of(votes: usize, quorum: u8): "{votes} of {quorum} pre-votes", "{votes} de {quorum} pre-votes";

    kill_it: "Kill", "Derrubar";
    /// Name of a button that does something with a server.
    button(verb: &str, server: NodeId): "{verb} {server}", "{verb} {server}";
    /// Name of a server's menu.
    menu_of(server: NodeId): "Actions for {server}", "Ações para {server}";
    /// Name of a server's terminal.
    terminal_of(server: NodeId): "Terminal of {server}", "Terminal de {server}";

    /// How many lines arrived since the reader scrolled up.
    new_lines(count: usize): "{count} new {count:line|lines}", "{count} {count:linha nova|linhas novas}";
    /// How many lines the log shows.
    lines(count: usize): "{count} {count:line|lines}", "{count} {count:linha|linhas}";

    /// The reader changed the past.
    forked(branches: usize): "You changed the past: this is a new branch, number {branches}. The earlier run is kept.",
        "Você mudou o passado: este é um novo ramo, o de número {branches}. A execução anterior foi mantida.";
    /// A branch in the picker.
    branch(number: usize): "Branch {number}", "Ramo {number}";
}

words! {
    /// A role as a word.
    role: Role;
    Follower: "follower", "follower";
    PreCandidate: "pre-candidate", "pre-candidate";
    Candidate: "candidate", "candidate";
    Leader: "leader", "leader";
}

words! {
    /// A kind of log line, as a filter.
    kind: Kind;
    Election: "elections", "eleições";
    Vote: "votes", "votos";
    Heartbeat: "heartbeats", "heartbeats";
    Term: "terms", "terms";
    Process: "processes", "processos";
    Loop: "run logic", "run logic";
}

words! {
    /// Why an action can't be done.
    refused: Refused;
    NoSuchServer: "The cluster has no such server.", "O cluster não tem esse servidor.";
    Down: "The server is down.", "O servidor está parado.";
    Running: "The server runs already.", "O servidor já está rodando.";
    Paused: "The server is paused.", "O servidor está pausado.";
    NotPaused: "The server is not paused.", "O servidor não está pausado.";
    NoElectionTimer: "A leader has no election timer.", "Um leader não tem election timer.";
    NoSuchTimer: "The server has no such timer now.", "O servidor não tem esse timer agora.";
    NotLeader: "The server does not lead.", "O servidor não lidera.";
    LeadsAlready: "That server leads already.", "Esse servidor já lidera.";
    NoElectionTimers: "No server that runs has an election timer.",
        "Nenhum servidor em execução tem um election timer.";
    NoSuchLink: "A server has no link to itself.", "Um servidor não tem conexão consigo mesmo.";
    NoPartition: "A partition needs servers on both sides.", "Uma partição precisa de servidores nos dois lados.";
    NoSuchMessage: "That message is not under way any more.", "Essa mensagem não está mais a caminho.";
    LinkFull: "The link carries as many messages as it can.", "A conexão já carrega o máximo de mensagens.";
    Config: "That can't be used: times are 0.001 ms to 1 hour, and the longest is not below the shortest.",
        "Valor inválido: tempos vão de 0,001 ms a 1 hora, e o máximo não fica abaixo do mínimo.";
}

words! {
    /// A scenario's name.
    scenario: ScenarioId;
    Free: "Free cluster", "Cluster livre";
    SplitVote: "A split vote", "Votos divididos";
    SplitVoteThrice: "Three split votes in a row", "Votos divididos três vezes";
    StaleLog: "A stale log can't win", "Um log atrasado não vence";
    TightTimeout: "Timeouts near the round trip", "Timeouts perto da ida e volta";
    OneByOne: "Servers start one by one", "Servidores iniciam um a um";
    MinorityLeader: "A leader in a minority", "Um leader na minoria";
    LeaderReturns: "The old leader returns", "O antigo leader volta";
    OneWayCut: "A one-way cut", "Um corte de mão única";
    PartialPartition: "Partial partition (Cloudflare)", "Partição parcial (Cloudflare)";
    Figure1: "Figure 1 · five servers start", "Figura 1 · cinco servidores iniciam";
    Figure2: "Figure 2 · the leader fails, returns", "Figura 2 · o leader falha e volta";
    Figure3: "Figure 3 · one leader fails", "Figura 3 · um leader falha";
    Figure4: "Figure 4 · two leaders fail", "Figura 4 · dois leaders falham";
    Figure5: "Figure 5 · three fail: no majority", "Figura 5 · três falham: sem maioria";
    Own: "Your run", "Sua execução";
}

words! {
    /// What some scenarios are about; nothing for those that stand by themselves.
    scenario_group: Group;
    Own: "", "";
    Elections: "Elections", "Eleições";
    Partitions: "Faults and partitions", "Falhas e partições";
    Figures: "The lab's figures", "As figuras do laboratório";
}

words! {
    /// What to watch in a scenario.
    watch: ScenarioId;
    Free: "The first server whose timer runs out asks for votes; a majority makes it leader. Crash it and see who is next.",
        "O primeiro servidor cujo timer se esgota pede votos; a maioria o torna leader. Derrube-o e veja quem é o próximo.";
    SplitVote: "S1 crashes. S3 and S2 time out almost together; each gets two of the three votes that it needs, so nobody wins term 2. New random timeouts let S5 run alone.",
        "S1 cai. S3 e S2 esgotam o timer quase juntos; cada um recebe dois dos três votos de que precisa, e ninguém vence o term 2. Com novos timeouts aleatórios, S5 concorre sozinho.";
    SplitVoteThrice: "Timeouts of 150 to 170 ms hardly differ by more than a message takes: in terms 1, 2 and 3 three servers run and share the votes. Only term 4 has a single candidate. A wider range makes this rare.",
        "Timeouts de 150 a 170 ms diferem pouco mais que a demora de uma mensagem: nos terms 1, 2 e 3 três servidores concorrem e dividem os votos. Só o term 4 tem um único candidate. Um intervalo maior torna isso raro.";
    StaleLog: "S1's last entry has reached all but S5 when S1 crashes. S5 times out first, but its log is behind and all refuse it. S2, which has the entry, wins the next term.",
        "A última entrada de S1 chegou a todos menos S5 quando S1 cai. S5 esgota o timer primeiro, mas seu log está atrasado e todos lhe negam o voto. S2, que tem a entrada, vence o próximo term.";
    TightTimeout: "A vote is back after 240 ms at the earliest, when most timeouts of 150 to 300 ms have run out. All run, nobody wins, terms climb. Timeouts ten times as long end it.",
        "Um voto volta no mínimo após 240 ms, quando a maioria dos timeouts de 150 a 300 ms já se esgotou. Todos concorrem, ninguém vence, os terms sobem. Timeouts dez vezes maiores resolvem.";
    OneByOne: "S1 runs alone, term after term; with S2 it has two votes of five. The third server makes a majority, and S2 leads. S4 and S5 learn of it from the first heartbeat.",
        "S1 concorre sozinho, term após term; com S2 tem dois votos de cinco. O terceiro servidor completa a maioria, e S2 lidera. S4 e S5 ficam sabendo pelo primeiro heartbeat.";
    MinorityLeader: "S1 and S2 are cut off from the others. S1 can't know and still believes that it leads, but the other three elect S3: two leaders, never of one term. Mend the links, and S1 steps down.",
        "S1 e S2 são separados dos outros. S1 não tem como saber e ainda crê que lidera, mas os outros três elegem S3: dois leaders, nunca do mesmo term. Restaure os links, e S1 vira follower.";
    LeaderReturns: "S5 leads and is cut off; the others elect S2 for term 2. Back among them, S5 sends heartbeats of term 1: they are refused, the refusal carries the newer term, and S5 steps down.",
        "S5 lidera e é isolado; os outros elegem S2 no term 2. De volta, S5 envia heartbeats do term 1: são recusados, a recusa traz o term mais novo, e S5 vira follower.";
    OneWayCut: "From 0.3 s on S5 can send but not hear. Without heartbeats it runs again and again, its newer terms depose every leader, and the votes for it never reach it: elections for ever.",
        "A partir de 0,3 s, S5 envia mas não ouve. Sem heartbeats, concorre repetidamente; seus terms mais novos depõem cada leader, e os votos que ganha nunca lhe chegam: eleições sem fim.";
    PartialPartition: "S4 reaches only S2, S5 only S3. Whoever leads, S4 or S5 doesn't hear it, runs, and deposes it through its neighbour: elections never settle. So Cloudflare's outage of 2020 was explained.",
        "S4 só alcança S2, e S5 só S3. Seja quem for o leader, S4 ou S5 não o ouve, concorre e o depõe por meio do vizinho: as eleições não se estabilizam. Assim se explicou a pane da Cloudflare em 2020.";
    Figure1: "S2 runs while most servers are not up yet, refuses S3 and runs again at once (the lab's quirk); late starters learn the term from the first heartbeat.",
        "S2 concorre quando a maioria ainda não subiu, nega o voto a S3 e concorre de novo na hora (a peculiaridade do laboratório); quem chega tarde aprende o term no primeiro heartbeat.";
    Figure2: "S3 leads and crashes; S2 wins the next term. When S3 comes back, one heartbeat makes it a follower.",
        "S3 lidera e cai; S2 vence o próximo term. Quando S3 volta, um heartbeat o torna follower.";
    Figure3: "S1 leads term 2 and crashes for good; S3 times out first and is elected by the four that are left.",
        "S1 lidera o term 2 e cai de vez; S3 é o primeiro a esgotar o timer e é eleito pelos quatro restantes.";
    Figure4: "Two leaders crash one after the other; three of five are still a majority, and S4 leads them.",
        "Dois leaders caem, um após o outro; três de cinco ainda são maioria, e S4 os lidera.";
    Figure5: "After the third crash only two of five run: S4 asks again and again, terms climb, and nobody can win.",
        "Após a terceira queda só dois de cinco rodam: S4 pede votos repetidamente, os terms sobem e ninguém pode vencer.";
    Own: "", "";
}

impl Lang {
    /// What a server is, in one or two words: its role, or that it does not run.
    #[must_use]
    pub const fn standing(self, server: &ServerView) -> &'static str {
        let text = self.text();
        match server.process {
            Process::Down if server.boots == 0 => text.not_started,
            Process::Down => text.crashed,
            _ => self.role(server.role),
        }
    }

    /// The accessible name of a server in the ring: `S2, leader, term 4`, and what else it shows, in the order in which it
    /// shows it.
    #[must_use]
    pub fn server_name(self, server: &ServerView) -> String {
        self.named(server.id, self.standing(server), server.term, &self.detail(server))
    }

    /// What stands below a server's role: its vote, a candidate's or leader's votes, or what a click would do.
    #[must_use]
    pub fn detail(self, server: &ServerView) -> String {
        const NAMED: usize = 3;
        match server.process {
            Process::Down if server.wiped => self.text().disk_wiped.to_owned(),
            Process::Down if server.boots == 0 => self.text().click_to_start.to_owned(),
            Process::Down => self.text().click_to_restart.to_owned(),
            Process::Paused => self.text().paused.to_owned(),
            Process::Running => match server.role {
                Role::Follower => self.voted(server.voted_for),
                Role::Leader if server.votes.len() <= NAMED => self.votes(server.votes),
                Role::PreCandidate => self.pre_votes_of(server.votes.len(), server.quorum),
                Role::Leader | Role::Candidate => self.votes_of(server.votes.len(), server.quorum),
            },
        }
    }

    /// Who leads, if anybody does.
    #[must_use]
    pub fn who_leads(self, view: &ClusterView) -> String {
        match view.leader() {
            Some(leader) => self.lead(view.leaders().map(|leader| leader.id).collect(), leader.term),
            None => self.text().no_leader.to_owned(),
        }
    }

    /// With whose votes they lead.
    #[must_use]
    pub fn elected_by<'a>(self, leaders: impl Iterator<Item = &'a ServerView> + Clone) -> String {
        let mut each = leaders.clone();
        match (each.next(), each.next()) {
            (Some(only), None) => self.with_votes_of(&list(only.votes, ", ")),
            _ => {
                let each = leaders.map(|leader| format!("{}: {}", leader.id, self.votes(leader.votes)));
                format!("({})", each.collect::<Vec<_>>().join("; "))
            }
        }
    }

    /// Whom a server voted for, short.
    #[must_use]
    pub fn voted(self, vote: Option<NodeId>) -> String {
        match vote {
            Some(vote) => self.voted_for(vote),
            None => self.text().no_vote.to_owned(),
        }
    }

    /// The votes of a leader or candidate, short.
    #[must_use]
    pub fn votes(self, votes: NodeSet) -> String {
        self.votes_from(&list(votes, " "))
    }

    /// Name of the button that crashes or starts a server.
    #[must_use]
    pub fn power_button(self, server: &ServerView) -> String {
        let verb = match (server.process, server.boots) {
            (Process::Down, 0) => self.text().start,
            (Process::Down, _) => self.text().restart,
            _ => self.server_text().kill_it,
        };
        self.button(verb, server.id)
    }

    /// Name of the button that pauses or resumes a server.
    #[must_use]
    pub fn pause_button(self, server: &ServerView) -> String {
        let text = self.text();
        let verb = if server.process == Process::Paused {
            text.resume_server
        } else {
            text.pause_server
        };
        self.button(verb, server.id)
    }
}
