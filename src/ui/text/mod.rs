//! Every sentence a reader sees, in all languages side by side. A missing translation does not compile.
//!
//! The protocol's terms (follower, leader, term, heartbeat, RequestVote, ...) stay English in every language, as in the
//! field. The log keeps the lab's vocabulary and is not in here.
//!
//! A new language is a variant of [`Lang`] with its place in [`Lang::ALL`], and one more cell in each row of each
//! `catalogue!` and `words!`, here and in `explain/` and the features: the compiler names every row that lacks it. If it
//! counts otherwise than English, [`grammar`] says how. What the browser says before the page runs is in `static/start.js`
//! and in the `noscript` of `index.html`.

use crate::{
    raft::{NodeId, NodeSet, Role, Term, Timer},
    scenario::{ScenarioGroup, ScenarioId, lablog::Kind},
    sim::{Claim, Contact, Process, Refused},
    ui::run::view::ServerView,
};

mod actions;
mod catalogue;
mod duties;
mod events;
mod grammar;
mod liveness;
mod numbers;
#[cfg(test)]
pub(crate) mod pseudo;
mod rules;
mod runs;
mod tag;
pub(crate) mod template;

pub(crate) use self::{
    catalogue::{catalogue, cells, columns, row, sentence, words},
    grammar::{capitalised, list},
};
pub use self::{
    numbers::{ANY_SPAN, EntryRange, entered_millis, stepped_millis, with_units},
    tag::tag_class,
};

#[cfg(test)]
pub(crate) use self::numbers::has_decimal_point;

/// Where the paper is, in its extended version. A link for the reader to follow: the page itself loads nothing from there.
pub const PAPER: &str = "https://raft.github.io/raft.pdf";

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

    title: "Raft Election Playground", "Raft Election Playground";
    promise: "Five servers, one leader. Crash it and see what happens.",
        "Cinco servidores, um leader. Derrube-o e veja o que acontece.";
    first_lesson: "First lesson", "Primeira lição";
    code_dense: "The link is long, so the squares are small: from the back row, telephones may not read them. Share a shorter run, or a scenario or a lesson by its name.",
        "O link é longo, por isso os quadrados são pequenos: do fundo da sala, celulares podem não lê-los. Compartilhe uma execução mais curta, ou um cenário ou uma lição pelo nome.";
    code_impossible: "The link is too long for a QR code, which holds 2,953 characters. Share a shorter run, or save it as a scenario file.",
        "O link é longo demais para um código QR, que comporta 2.953 caracteres. Compartilhe uma execução mais curta ou salve-a como arquivo de cenário.";
    lessons: "Lessons…", "Lições…";
    scenario: "Scenario", "Cenário";
    your_run: "Your run", "Sua execução";
    author_writes: "Its author writes:", "O autor escreve:";
    /// Before what a scenario says of itself, where other rules are in force than its own.
    by_its_rules: "By the scenario's own rules:", "Pelas regras do próprio cenário:";
    watch: "What to watch", "O que observar";
    paper: "The Raft paper (opens in a new tab)", "O artigo do Raft (abre em nova aba)";
    cluster_size: "Servers", "Servidores";
    language: "Language", "Idioma";
    theme: "Theme", "Tema";
    theme_system: "Theme: system", "Tema: do sistema";
    theme_light: "Theme: light", "Tema: claro";
    theme_dark: "Theme: dark", "Tema: escuro";
    help: "Help", "Ajuda";
    close: "Close", "Fechar";
    skip: "Skip to the cluster", "Ir para o cluster";

    ring: "Cluster", "Cluster";
    no_rival_leaders: "≤ 1 leader per term", "≤ 1 leader por term";
    no_rival_leaders_hint: "Election safety: so far, no term has had two leaders.",
        "Segurança da eleição: até agora, nenhum term teve dois leaders.";
    legend: "Legend", "Legenda";
    legend_request: "asks for a vote", "pede voto";
    legend_granted: "vote granted", "voto dado";
    legend_refused: "vote refused", "voto negado";
    legend_heartbeat: "heartbeat", "heartbeat";
    legend_reply: "reply", "resposta";
    legend_lost: "lost", "perdida";
    legend_pre_vote: "asks for a pre-vote", "pede pre-vote";
    legend_pre_granted: "pre-vote granted", "pre-vote dado";
    legend_timeout_now: "TimeoutNow: stand at once", "TimeoutNow: candidate-se já";

    crashed: "crashed", "caído";
    not_started: "not started", "não iniciado";
    paused: "paused", "pausado";
    disk_wiped: "disk wiped", "disco apagado";
    no_vote: "has not voted", "não votou";
    click_to_restart: "click to restart", "clique reinicia";
    click_to_start: "click to start", "clique inicia";

    menu: "More actions", "Mais ações";
    kill: "Crash", "Derrubar";
    kill_hint: "loses its memory, keeps its disk", "perde a memória, mantém o disco";
    start: "Start", "Iniciar";
    restart: "Restart", "Reiniciar";
    restart_hint: "from what is on its disk", "a partir do que está no disco";
    pause_server: "Pause", "Pausar";
    pause_server_hint: "stands still, as in a long GC", "fica parado, como em um GC longo";
    resume_server: "Resume", "Retomar";
    resume_server_hint: "first handles what has arrived", "primeiro trata o que chegou";
    force_timeout: "Election timeout now", "Election timeout agora";
    force_timeout_hint: "starts an election", "inicia uma eleição";
    heartbeats: "Send heartbeats now", "Enviar heartbeats agora";
    heartbeats_hint: "without waiting for the timer", "sem esperar o timer";
    hand_over: "Hand over to", "Passar a liderança a";
    hand_over_hint: "Leadership transfer, thesis §3.10: it asks that server to stand for election at once.",
        "Transferência de liderança, tese §3.10: pede a esse servidor que se candidate já.";
    wipe: "Crash and wipe the disk", "Derrubar e apagar o disco";
    wipe_hint: "unsafe: forgets its vote", "inseguro: esquece o voto";

    panels: "Panels", "Painéis";
    /// The menu of the panels that have no tab.
    more: "More", "Mais";

    event_log: "Event log", "Log de eventos";
    filter_servers: "Show servers", "Mostrar servidores";
    filter_roles: "Show roles", "Mostrar papéis";
    filter_kinds: "Show kinds", "Mostrar tipos";
    filters: "Filters", "Filtros";
    search: "Search", "Buscar";
    clear_filters: "Show all", "Mostrar tudo";
    log_empty: "Nothing has happened yet. Press Play.", "Nada aconteceu ainda. Pressione Reproduzir.";
    log_no_match: "No line matches the filter.", "Nenhuma linha corresponde ao filtro.";
    log_dropped: "Earlier lines are no longer in memory. Go back in time to see them.",
        "As linhas anteriores não estão mais na memória. Volte no tempo para vê-las.";
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
    expires_at: "expires at", "se esgota aos";

    election_timeout: "Election timeout", "Election timeout";
    heartbeat_interval: "Heartbeat interval", "Intervalo de heartbeat";
    delay: "One-way delay", "Atraso (só ida)";
    loss: "Messages lost", "Mensagens perdidas";
    minimum: "shortest", "mínimo";
    maximum: "longest", "máximo";
    milliseconds: "ms", "ms";
    network_intro: "Changes apply at once: to messages sent from now on, and to timers when they next start.",
        "As mudanças valem já: para as mensagens enviadas a partir de agora e para os timers quando reiniciarem.";
    /// What the buttons “Same faults with these rules” and “… with these settings” do.
    replay_hint: "Does all that was done once more, at the same instants, with these settings from time 0 on.",
        "Faz de novo tudo o que foi feito, nos mesmos instantes, com estas configurações desde o instante 0.";
    paper_timing: "The paper's values", "Os valores do artigo";
    timing_good: "The broadcast time is far below the election timeout, as §5.6 asks.",
        "O tempo de broadcast fica bem abaixo do election timeout, como pede a §5.6: eleições se resolvem rápido.";
    timing_tight: "A round trip takes a good part of the election timeout: expect split votes.",
        "Uma ida e volta consome boa parte do election timeout: espere votos divididos.";
    timing_bad: "A round trip takes longer than the shortest election timeout: no leader lasts.",
        "Uma ida e volta demora mais que o election timeout mínimo: nenhum leader se mantém.";
    timing_lossy: "Now and then a follower misses every heartbeat of a timeout: expect elections although nothing crashes.",
        "De vez em quando um follower perde todos os heartbeats de um timeout: espere eleições mesmo sem quedas.";
    heartbeat_bad: "The heartbeat interval exceeds the shortest election timeout: followers depose a healthy leader.",
        "O intervalo de heartbeat excede o election timeout mínimo: followers depõem um leader saudável.";


    play: "Play", "Reproduzir";
    pause: "Pause", "Pausar";
    step: "Step", "Passo";
    step_back: "Step back", "Voltar um passo";
    step_back_hint: "To the previous event", "Ao evento anterior";
    step_hint: "To the next event", "Até o próximo evento";
    reset: "Reset", "Recomeçar";
    reset_hint: "From the start, with the same seed", "Do começo, com a mesma semente";
    time: "Time", "Tempo";
    now: "now", "agora";
    speed: "Speed", "Velocidade";
    seed: "Seed", "Semente";
    seed_hint: "The seed fixes every random choice: the same seed, the same run.",
        "A semente determina todos os sorteios: mesma semente, mesma execução.";
    seed_invalid: "A seed is a whole number up to 18446744073709551615.",
        "Uma semente é um número inteiro até 18446744073709551615.";
    new_seed: "New seed", "Nova semente";
    rewound: "You are in the past. Acting here starts a new branch; the old one is kept.",
        "Você está no passado. Agir aqui inicia um novo ramo; o antigo é mantido.";
    to_now: "Back to the end", "Voltar ao fim";

    stopped: "The playground has stopped", "O playground parou";
    stopped_advice: "This is a bug in the page. The report below reproduces it; please include it if you report this.",
        "Isto é um erro da página. O relatório abaixo o reproduz; inclua-o ao relatar o problema.";
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
    /// What a server is that believes that it leads, and does not.
    stale_leader: "stale leader", "leader obsoleto";
    without_majority: "leader without a majority", "leader sem maioria";
    /// Itself is not worth a number.
    reaches_nobody: "talks with nobody", "sem diálogo";
    hears_nobody: "hears nobody", "não ouve ninguém";
    is_unheard: "is heard by nobody", "não é ouvido";
    hears_of(hears: usize, size: usize): "hears {hears} of {size}", "ouve {hears} de {size}";
    heard_by_of(heard: usize, size: usize): "heard by {heard} of {size}", "ouvido por {heard} de {size}";
    reaches_of(reaches: usize, size: usize): "reaches {reaches} of {size}", "alcança {reaches} de {size}";
    newer_term: "a newer term has begun", "há um term mais novo";
    newer_term_short: "its term is over", "seu term acabou";
    with_votes_of(voters: &str): "with the votes of {voters}", "com os votos de {voters}";
    voted_for(server: NodeId): "voted for {server}", "votou em {server}";
    votes_from(voters: &str): "votes: {voters}", "votos: {voters}";
    won_term(term: Term): "won term {term}", "venceu o term {term}";
    votes_count(votes: usize): "{votes} {votes:vote|votes}", "{votes} {votes:voto|votos}";
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
    forked(branches: usize): "New branch {branches}: you changed the past. The earlier run is kept.",
        "Novo ramo {branches}: você mudou o passado. A execução anterior foi mantida.";
    /// What a field of milliseconds takes.
    millis_between(least: &str, most: &str): "Enter {least} to {most} ms.", "Digite de {least} a {most} ms.";
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
    Down: "The server is down.", "O servidor está fora do ar.";
    Running: "The server is already running.", "O servidor já está em execução.";
    Paused: "The server is paused.", "O servidor está pausado.";
    NotPaused: "The server is not paused.", "O servidor não está pausado.";
    NoElectionTimer: "A leader has no election timer.", "Um leader não tem election timer.";
    NoSuchTimer: "The server has no such timer now.", "O servidor não tem esse timer agora.";
    NotLeader: "The server does not lead.", "O servidor não lidera.";
    LeadsAlready: "That server already leads.", "Esse servidor já lidera.";
    NoElectionTimers: "No running server has an election timer.",
        "Nenhum servidor em execução tem um election timer.";
    NoSuchLink: "A server has no link to itself.", "Um servidor não tem conexão consigo mesmo.";
    NoPartition: "A partition needs servers on both sides.", "Uma partição precisa de servidores nos dois lados.";
    NoSuchMessage: "That message is no longer in flight.", "Essa mensagem não está mais em trânsito.";
    LinkFull: "The link is full.", "A conexão está cheia.";
    Nobody: "Nobody has that role.", "Ninguém tem esse papel.";
    Config: "Out of range: times go from 0.001 ms to 1 hour, and the longest must be at least the shortest.",
        "Fora do intervalo: tempos vão de 0,001 ms a 1 hora, e o máximo deve ser ao menos o mínimo.";
}

words! {
    /// What some scenarios are about; nothing for those that stand by themselves.
    scenario_group: ScenarioGroup;
    Own: "", "";
    Elections: "Elections", "Eleições";
    Partitions: "Faults and partitions", "Falhas e partições";
    Figures: "The lab's figures", "As figuras do laboratório";
}

/// A timer's name, which is the same in all languages.
pub(crate) const fn timer_name(timer: Timer) -> &'static str {
    match timer {
        Timer::Election => "election",
        Timer::Heartbeat => "heartbeat",
        Timer::RecentLeader => "recent-leader",
        Timer::CheckQuorum => "check-quorum",
    }
}

impl Lang {
    /// What a server is, in one or two words: its role, or that it does not run.
    #[must_use]
    pub const fn standing(self, server: &ServerView) -> &'static str {
        let text = self.text();
        match server.process {
            Process::Down if server.boots == 0 => text.not_started,
            Process::Down => text.crashed,
            _ if server.is_overtaken => self.server_text().stale_leader,
            _ => self.role(server.role),
        }
    }

    /// The accessible name of a server in the ring: `S2, leader, term 4`, and what else it shows, in the order in which it
    /// shows it.
    #[must_use]
    pub fn server_name(self, server: &ServerView) -> String {
        let detail = self.stale_because(server).unwrap_or_else(|| self.detail(server));
        self.named(server.id, self.standing(server), server.term, &detail)
    }

    /// The same without what a click would do, which is no state: `S2, crashed, term 4`.
    #[must_use]
    pub fn server_in_words(self, server: &ServerView) -> String {
        let name = self.server_name(server);
        match name.rsplit_once(", ") {
            Some((words, _)) if !server.is_up() && !server.wiped => words.to_owned(),
            _ => name,
        }
    }

    /// Why a server that runs does not lead although it believes so, short; nothing of others.
    fn why_stale_short(self, server: &ServerView) -> Option<String> {
        match server.claim? {
            Claim::Outdated => Some(self.server_text().newer_term_short.to_owned()),
            _ => self.stale_because(server),
        }
    }

    /// The same in full: `reaches 2 of 5`.
    #[must_use]
    pub fn stale_because(self, server: &ServerView) -> Option<String> {
        match server.claim? {
            Claim::Reaches(Contact::Servers(reaches)) => Some(self.reaches_of(reaches, server.size)),
            Claim::Reaches(Contact::HearsFew(hears, _)) => Some(self.hears_of(hears, server.size)),
            Claim::Reaches(Contact::HeardByFew(heard, _)) => Some(self.heard_by_of(heard, server.size)),
            Claim::Reaches(Contact::Nobody) => Some(self.server_text().reaches_nobody.to_owned()),
            Claim::Reaches(Contact::HearsNobody) => Some(self.server_text().hears_nobody.to_owned()),
            Claim::Reaches(Contact::Unheard) => Some(self.server_text().is_unheard.to_owned()),
            Claim::Outdated => Some(self.server_text().newer_term.to_owned()),
            Claim::Paused | Claim::Leads => None,
        }
    }

    /// What stands below a server's role: its vote, a candidate's or leader's votes, why a leader is stale, or what a click
    /// would do.
    #[must_use]
    pub fn detail(self, server: &ServerView) -> String {
        const NAMED: usize = 3;
        match server.process {
            Process::Down if server.wiped => self.text().disk_wiped.to_owned(),
            Process::Down if server.boots == 0 => self.text().click_to_start.to_owned(),
            Process::Down => self.text().click_to_restart.to_owned(),
            Process::Paused => self.text().paused.to_owned(),
            Process::Running if let Some(why) = self.why_stale_short(server) => why,
            Process::Running => match server.role {
                Role::Follower => self.voted(server.voted_for),
                Role::Leader if server.won != server.term => self.won_term(server.won),
                Role::Leader if server.votes.len() <= NAMED => self.votes(server.votes),
                Role::PreCandidate => self.pre_votes_of(server.votes.len(), server.quorum),
                Role::Leader => self.votes_count(server.votes.len()),
                Role::Candidate => self.votes_of(server.votes.len(), server.quorum),
            },
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

    /// A scenario's name.
    #[must_use]
    pub fn scenario(self, id: ScenarioId) -> &'static str {
        let english = || id.title(ScenarioId::LANGUAGE);
        id.title(self.tag()).or_else(english).unwrap_or(self.text().your_run)
    }

    /// What to watch in a scenario.
    #[must_use]
    pub fn watch(self, id: ScenarioId) -> &'static str {
        let english = || id.watch(ScenarioId::LANGUAGE);
        id.watch(self.tag()).or_else(english).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_scenario_speaks_every_language() {
        for lang in Lang::ALL {
            for id in ScenarioId::ALL {
                for text in [id.title(lang.tag()), id.watch(lang.tag())] {
                    assert!(text.is_some_and(|text| !text.is_empty()), "{id:?} in {lang:?}");
                }
            }
        }
    }

    #[test]
    fn a_run_of_ones_own_is_called_so() {
        assert_eq!(Lang::En.scenario(ScenarioId::Own), "Your run");
        assert_eq!(Lang::Pt.scenario(ScenarioId::SplitVote), "Votos divididos");
        assert_eq!(Lang::Pt.watch(ScenarioId::Own), "");
    }
}
