//! Why things happened: each event as a sentence with its values, and the rule of the paper behind it.

use crate::ui::text::catalogue;
use crate::ui::text::{Lang, list};
use crate::{
    raft::{
        Decision, DeniedHeartbeat, DeniedVote, HardState, IgnoredReply, LogPosition, Message, NodeId, NodeSet,
        SteppedDown, Timer,
    },
    sim::{Action, Event, EventKind, LostWhere, Micros, Step},
    ui::run::view::ServerView,
};

catalogue! {
    /// The sentences about explanations.
    WhyText, why_text;

    title: "Why?", "Por quê?";
    nothing: "Nothing is selected.", "Nada está selecionado.";
    how: "Choose a line of the log, an event of the space-time diagram or a mark of the timeline, or “Why?” beside who leads or in a server's menu.",
        "Escolha uma linha do log, um evento do diagrama espaço-tempo ou uma marca da linha do tempo, ou “Por quê?” ao lado de quem lidera ou no menu de um servidor.";
    because: "because", "porque";
    rests_on: "It rests on:", "Baseia-se em:";
    chain: "Causes, the latest first", "Causas, a mais recente primeiro";
    cut_off: "What led to this is no longer in memory. Move the time back to see it.",
        "O que levou a isto não está mais na memória. Volte no tempo para vê-lo.";
    gone: "That event is not in this branch, or no longer in memory.",
        "Esse evento não está neste ramo ou não está mais na memória.";
    clear: "Clear the selection", "Limpar a seleção";
    go_there: "Go to this instant", "Ir a este instante";
    explain_this: "Explain this one", "Explicar este";
    blame: "What made it possible", "O que tornou isso possível";
    blame_intro: "By the paper's rules this can't happen. In this run they were not all in force:",
        "Pelas regras do artigo isto não pode acontecer. Nesta execução nem todas valeram:";
    to_rules: "See the rules", "Ver as regras";
    root_timer: "Here a timer was started; how long it runs is luck.",
        "Aqui um timer foi iniciado; quanto ele dura é sorte.";
    root_action: "Here somebody did something: nothing in the cluster led to it.",
        "Aqui alguém fez algo: nada no cluster levou a isto.";
}

/// Where a rule is in the paper, if one decided.
const fn rule(event: &Event) -> &'static str {
    match event.kind {
        EventKind::TimerSet { timer, .. } | EventKind::TimerFired(timer) => match timer {
            Timer::Election => "§5.2",
            Timer::Heartbeat => "Figure 2, Leaders",
            Timer::RecentLeader => "thesis §4.2.3",
            Timer::CheckQuorum => "thesis §6.2",
        },
        EventKind::Persisted(_) => "Figure 2, Persistent state",
        EventKind::Decided(decision) => rule_of_decision(decision),
        _ => "",
    }
}

const fn rule_of_decision(decision: Decision) -> &'static str {
    match decision {
        Decision::Started => "§5.2",
        Decision::ElectionTimedOut => "Figure 2, Followers",
        Decision::ElectionStarted { .. } | Decision::VoteReceived { .. } | Decision::VoteRefused { .. } => {
            "Figure 2, Candidates"
        }
        Decision::ReplyIgnored { .. } | Decision::ElectionWon { .. } | Decision::VoteGranted { .. } => "§5.2",
        Decision::TermAdvanced { .. } | Decision::SteppedDown(SteppedDown::NewerTerm) => "§5.1",
        Decision::SteppedDown(SteppedDown::LeaderOfTerm(_)) | Decision::HeartbeatAccepted { .. } => "§5.2",
        Decision::VoteDenied { why, .. } => match why {
            DeniedVote::StaleTerm => "Figure 2, RequestVote 1",
            DeniedVote::AlreadyVotedFor(_) => "§5.2",
            DeniedVote::LogBehind { .. } => "§5.4.1",
            DeniedVote::HasLeader(_) => "thesis §4.2.3",
        },
        Decision::HeartbeatDenied { .. } => "Figure 2, AppendEntries 1",
        Decision::PreVoteStarted { .. }
        | Decision::PreVoteGranted { .. }
        | Decision::PreVoteDenied { .. }
        | Decision::PreVoteReceived { .. }
        | Decision::PreVoteRefused { .. } => "thesis §9.6",
        Decision::QuorumHeard { .. } | Decision::SteppedDown(SteppedDown::NoQuorum) => "thesis §6.2",
        Decision::TransferStarted { .. } | Decision::AskedToRun { .. } => "thesis §3.10",
        Decision::LogMoved(_) => "",
    }
}

impl Lang {
    /// Where a rule is in the paper, if one decided; empty if none did.
    #[must_use]
    pub fn cite(self, event: &Event) -> String {
        self.localised(rule(event))
    }

    pub(crate) fn localised(self, rule: &str) -> String {
        match self {
            Self::En => rule.to_owned(),
            Self::Pt => rule.replace("Figure", "Figura").replace("thesis", "tese"),
        }
    }

    /// An event in a sentence, with the values that decided it.
    #[must_use]
    pub fn explain(self, step: &Step) -> String {
        let Step { event, evidence } = step;
        let Some(server) = event.server else {
            return match event.kind {
                EventKind::Action(action) => self.sentence(&self.action(action)),
                _ => String::new(),
            };
        };
        let since = evidence.first().map(|event| event.at);
        match event.kind {
            EventKind::Action(action) => self.acted(event, action),
            EventKind::TimerSet { timer, fires_at } => self.timer_set(server, timer, fires_at),
            EventKind::TimerCancelled(timer) => self.timer_stopped(server, timer),
            EventKind::TimerFired(timer) => self.timer_fired(server, timer),
            EventKind::Persisted(state) => self.persisted(server, state),
            EventKind::Sent { to, message } => self.sent(server, to, message),
            EventKind::Duplicated { to, message } => self.duplicated(server, to, message),
            EventKind::Delivered { from, message } => self.delivered(server, from, message),
            EventKind::Held { from, message } => self.held(server, from, message, since),
            EventKind::Lost { from, message, place } => self.why_lost(server, from, message, place, since),
            EventKind::Decided(decision) => self.decided(server, event, decision, since),
        }
    }

    /// A rule that was not in force.
    #[must_use]
    pub fn switched_off(self, rule: &str) -> String {
        format!("{rule} ({})", self.pick("off", "regra desligada"))
    }

    /// Servers whose disk was wiped.
    #[must_use]
    pub fn wiped(self, servers: NodeSet) -> String {
        match self {
            Self::En => format!("The disk of {} was wiped", self.and(servers)),
            Self::Pt => format!("O disco de {} foi apagado", self.and(servers)),
        }
    }

    /// The question why a server is what it is.
    #[must_use]
    pub fn why_server(self, server: &ServerView) -> String {
        let (id, standing) = (server.id, self.standing(server));
        match self {
            Self::En => format!("What made {id} {standing}."),
            Self::Pt => format!("O que tornou {id} {standing}."),
        }
    }

    fn sentence(self, text: &str) -> String {
        let mut characters = text.chars();
        let first = characters.next().map(|first| first.to_uppercase().to_string());
        format!("{}{}.", first.unwrap_or_default(), characters.as_str())
    }

    fn acted(self, event: &Event, action: Action) -> String {
        let start = event.at == Micros::ZERO && matches!(action, Action::Start(_));
        if start {
            return match self {
                Self::En => format!("{} was there from the start.", name(event)),
                Self::Pt => format!("{} estava lá desde o início.", name(event)),
            };
        }
        self.sentence(&self.action(action))
    }

    fn timer_set(self, server: NodeId, timer: Timer, fires_at: Micros) -> String {
        let (name, fires_at) = (timer_name(timer), self.instant(fires_at));
        match (self, timer) {
            (Self::En, Timer::Election) => {
                format!("{server} started its {name} timer; luck let it run until {fires_at} s.")
            }
            (Self::Pt, Timer::Election) => {
                format!("{server} iniciou seu {name} timer; a sorte o fez durar até {fires_at} s.")
            }
            (Self::En, _) => format!("{server} started its {name} timer, which runs until {fires_at} s."),
            (Self::Pt, _) => format!("{server} iniciou seu {name} timer, que dura até {fires_at} s."),
        }
    }

    fn timer_stopped(self, server: NodeId, timer: Timer) -> String {
        let timer = timer_name(timer);
        match self {
            Self::En => format!("{server} stopped its {timer} timer."),
            Self::Pt => format!("{server} parou seu {timer} timer."),
        }
    }

    fn timer_fired(self, server: NodeId, timer: Timer) -> String {
        match (self, timer) {
            (Self::En, Timer::Election) => {
                format!(
                    "{server}'s election timer ran out before a heartbeat, or a vote that it gave, had started it anew."
                )
            }
            (Self::Pt, Timer::Election) => {
                format!(
                    "O election timer de {server} se esgotou antes que um heartbeat, ou um voto dado, o reiniciasse."
                )
            }
            (Self::En, Timer::RecentLeader) => {
                format!(
                    "{server} has not heard from its leader for the shortest election timeout: it may vote for another."
                )
            }
            (Self::Pt, Timer::RecentLeader) => {
                format!("{server} não ouve seu leader há o menor election timeout: pode votar em outro.")
            }
            (Self::En, Timer::CheckQuorum) => {
                format!("{server} has led for another election timeout: it checks whether enough servers answer.")
            }
            (Self::Pt, Timer::CheckQuorum) => {
                format!("{server} liderou por mais um election timeout: verifica se servidores suficientes respondem.")
            }
            (Self::En, Timer::Heartbeat) => {
                format!("{server}'s heartbeat timer ran out: it is time to say that it leads.")
            }
            (Self::Pt, Timer::Heartbeat) => {
                format!("O heartbeat timer de {server} se esgotou: é hora de dizer que lidera.")
            }
        }
    }

    fn persisted(self, server: NodeId, state: HardState) -> String {
        let term = state.current_term;
        match (self, state.voted_for) {
            (Self::En, Some(vote)) => {
                format!("{server} wrote term {term} and its vote for {vote} to disk before it said so.")
            }
            (Self::En, None) => format!("{server} wrote term {term} to disk, with no vote in it yet."),
            (Self::Pt, Some(vote)) => {
                format!("{server} gravou o term {term} e seu voto em {vote} no disco antes de anunciá-los.")
            }
            (Self::Pt, None) => format!("{server} gravou o term {term} no disco, ainda sem voto."),
        }
    }

    fn sent(self, server: NodeId, to: NodeId, message: Message) -> String {
        let message = self.message_in_full(message);
        match self {
            Self::En => format!("{server} sent {to} {message}."),
            Self::Pt => format!("{server} enviou a {to} {message}."),
        }
    }

    fn duplicated(self, server: NodeId, to: NodeId, message: Message) -> String {
        let message = self.message_in_full(message);
        match self {
            Self::En => format!("The network doubled what {server} had sent {to}: {message}."),
            Self::Pt => format!("A rede duplicou o que {server} enviou a {to}: {message}."),
        }
    }

    fn delivered(self, server: NodeId, from: NodeId, message: Message) -> String {
        let message = self.message_in_full(message);
        match self {
            Self::En => format!("{server} received {message} from {from}."),
            Self::Pt => format!("{server} recebeu de {from} {message}."),
        }
    }

    fn held(self, server: NodeId, from: NodeId, message: Message, since: Option<Micros>) -> String {
        let (message, since) = (self.message_in_full(message), self.since(since));
        match self {
            Self::En => format!("{message} from {from} waits at {server}, which is paused{since}."),
            Self::Pt => format!("{message} de {from} espera em {server}, que está pausado{since}."),
        }
    }

    fn why_lost(
        self,
        server: NodeId,
        from: NodeId,
        message: Message,
        place: LostWhere,
        since: Option<Micros>,
    ) -> String {
        let (message, since) = (self.message_in_full(message), self.since(since));
        let why = match (self, place) {
            (Self::En, LostWhere::Network) => "the network lost it, by luck".to_owned(),
            (Self::Pt, LostWhere::Network) => "a rede a perdeu, por sorte".to_owned(),
            (Self::En, LostWhere::CutLink) => format!("the link is cut{since}"),
            (Self::Pt, LostWhere::CutLink) => format!("a conexão está cortada{since}"),
            (Self::En, LostWhere::Dropped) => "it was taken off the network".to_owned(),
            (Self::Pt, LostWhere::Dropped) => "ela foi retirada da rede".to_owned(),
            (Self::En, LostWhere::FullLink) => "the link carried as many as it can".to_owned(),
            (Self::Pt, LostWhere::FullLink) => "a conexão já carregava o máximo".to_owned(),
            (Self::En, LostWhere::ServerDown) => format!("{server} is down{since}"),
            (Self::Pt, LostWhere::ServerDown) => format!("{server} está parado{since}"),
            (Self::En, LostWhere::Buffer) => format!("{server} was paused and had no room for it, or crashed"),
            (Self::Pt, LostWhere::Buffer) => format!("{server} estava pausado e sem espaço para ela, ou caiu"),
        };
        match self {
            Self::En => format!("What {from} sent {server} never arrived ({message}): {why}."),
            Self::Pt => format!("O que {from} enviou a {server} nunca chegou ({message}): {why}."),
        }
    }

    /// `, since 1.204 s`, if that is known.
    fn since(self, since: Option<Micros>) -> String {
        since.map_or_else(String::new, |at| {
            format!("{} {}", self.pick(" since", " desde"), self.seconds(at))
        })
    }

    /// ` at 1.204 s`, if that is known.
    fn when(self, at: Option<Micros>) -> String {
        at.map_or_else(String::new, |at| {
            format!("{} {}", self.pick(" at", " em"), self.seconds(at))
        })
    }

    /// A message with what it carries.
    #[must_use]
    pub fn message_in_full(self, message: Message) -> String {
        let term = message.term();
        match (self, message) {
            (Self::En, Message::RequestVote { last_log, .. }) => {
                format!("a request for its vote in term {term}{}", self.log_of(last_log))
            }
            (Self::Pt, Message::RequestVote { last_log, .. }) => {
                format!("um pedido de voto no term {term}{}", self.log_of(last_log))
            }
            (Self::En, Message::PreVote { last_log, .. }) => format!(
                "the question whether it would get its vote in term {term}{}",
                self.log_of(last_log)
            ),
            (Self::Pt, Message::PreVote { last_log, .. }) => {
                format!("a pergunta se teria seu voto no term {term}{}", self.log_of(last_log))
            }
            (Self::En, Message::PreVoteReply { vote_granted: true, .. }) => {
                format!("the promise that it would vote in term {term}")
            }
            (Self::Pt, Message::PreVoteReply { vote_granted: true, .. }) => {
                format!("a promessa de que votaria no term {term}")
            }
            (Self::En, Message::PreVoteReply { .. }) => format!("a refused pre-vote, in term {term}"),
            (Self::Pt, Message::PreVoteReply { .. }) => format!("um pre-vote recusado, no term {term}"),
            (Self::En, Message::TimeoutNow { .. }) => format!("the request to run at once, in term {term}"),
            (Self::Pt, Message::TimeoutNow { .. }) => format!("o pedido de concorrer já, no term {term}"),
            (Self::En, Message::RequestVoteReply { vote_granted: true, .. }) => format!("a vote for term {term}"),
            (Self::Pt, Message::RequestVoteReply { vote_granted: true, .. }) => format!("um voto para o term {term}"),
            (Self::En, Message::RequestVoteReply { .. }) => format!("a refused vote, in term {term}"),
            (Self::Pt, Message::RequestVoteReply { .. }) => format!("uma recusa de voto, no term {term}"),
            (Self::En, Message::AppendEntries { .. }) => format!("a heartbeat of term {term}"),
            (Self::Pt, Message::AppendEntries { .. }) => format!("um heartbeat do term {term}"),
            (Self::En, Message::AppendEntriesReply { success: true, .. }) => {
                format!("the reply to a heartbeat of term {term}")
            }
            (Self::Pt, Message::AppendEntriesReply { success: true, .. }) => {
                format!("a resposta a um heartbeat do term {term}")
            }
            (Self::En, Message::AppendEntriesReply { .. }) => format!("a refused heartbeat, in term {term}"),
            (Self::Pt, Message::AppendEntriesReply { .. }) => format!("um heartbeat recusado, no term {term}"),
        }
    }

    fn log_of(self, log: LogPosition) -> String {
        if log == LogPosition::default() {
            return String::new();
        }
        format!(", {} {}", self.pick("its log ending at", "com log até"), position(log))
    }

    fn decided(self, server: NodeId, event: &Event, decision: Decision, since: Option<Micros>) -> String {
        let term = event.term;
        match (self, decision) {
            (Self::En, Decision::Started) => {
                format!("{server} started, as a follower in the term that its disk held, {term}.")
            }
            (Self::Pt, Decision::Started) => {
                format!("{server} iniciou como follower no term que estava em disco, {term}.")
            }
            (Self::En, Decision::ElectionTimedOut) => {
                format!("{server} waits for a leader no longer: its election timeout is over.")
            }
            (Self::Pt, Decision::ElectionTimedOut) => {
                format!("{server} não espera mais por um leader: seu election timeout acabou.")
            }
            (Self::En, Decision::ElectionStarted { term }) => {
                format!("{server} ran for term {term}: it voted for itself and asked all others.")
            }
            (Self::Pt, Decision::ElectionStarted { term }) => {
                format!("{server} concorreu no term {term}: votou em si e pediu o voto de todos os outros.")
            }
            (Self::En, Decision::ElectionWon { votes }) => {
                let count = votes.len();
                let noun = if count == 1 { "vote" } else { "votes" };
                format!("{server} became leader of term {term} with {count} {noun}, as many as it needs.")
            }
            (Self::Pt, Decision::ElectionWon { votes }) => {
                let count = votes.len();
                let noun = if count == 1 { "voto" } else { "votos" };
                format!("{server} tornou-se leader do term {term} com {count} {noun}, tantos quantos precisa.")
            }
            (Self::En, Decision::TermAdvanced { old, new, from }) => {
                format!("{server} learned of term {new} from {from} and left term {old}.")
            }
            (Self::Pt, Decision::TermAdvanced { old, new, from }) => {
                format!("{server} soube do term {new} por {from} e deixou o term {old}.")
            }
            (Self::En, Decision::SteppedDown(SteppedDown::NewerTerm)) => {
                format!("{server} stepped down: term {term} is newer than the one that it ran or led in.")
            }
            (Self::Pt, Decision::SteppedDown(SteppedDown::NewerTerm)) => {
                format!("{server} renunciou: o term {term} é mais novo que aquele em que concorria ou liderava.")
            }
            (Self::En, Decision::SteppedDown(SteppedDown::LeaderOfTerm(leader))) => {
                format!("{server} gave up its candidacy: {leader} leads term {term}.")
            }
            (Self::Pt, Decision::SteppedDown(SteppedDown::LeaderOfTerm(leader))) => {
                format!("{server} desistiu da candidatura: {leader} lidera o term {term}.")
            }
            (Self::En, Decision::SteppedDown(SteppedDown::NoQuorum)) => format!(
                "{server} stepped down: for an election timeout, too few had answered its heartbeats of term {term}."
            ),
            (Self::Pt, Decision::SteppedDown(SteppedDown::NoQuorum)) => format!(
                "{server} renunciou: durante um election timeout, poucos responderam a seus heartbeats do term {term}."
            ),
            (Self::En, Decision::PreVoteStarted { term: next }) => format!(
                "{server} asked all others whether they would vote for it in term {next}; it stays in term {term} until enough would."
            ),
            (Self::Pt, Decision::PreVoteStarted { term: next }) => format!(
                "{server} perguntou a todos se votariam nele no term {next}; fica no term {term} até que o número necessário o faça."
            ),
            (Self::En, Decision::QuorumHeard { servers }) => {
                format!(
                    "{server} goes on leading: {} answered its heartbeats, enough for a quorum.",
                    list(servers, ", ")
                )
            }
            (Self::Pt, Decision::QuorumHeard { servers }) => {
                format!(
                    "{server} segue liderando: {} responderam a seus heartbeats, o bastante para um quórum.",
                    list(servers, ", ")
                )
            }
            (Self::En, Decision::TransferStarted { to }) => format!("{server} asked {to} to take over as leader."),
            (Self::Pt, Decision::TransferStarted { to }) => format!("{server} pediu a {to} que assuma a liderança."),
            (Self::En, Decision::AskedToRun { by }) => {
                format!("{server} was asked by its leader {by} to run at once, as if its election timer had run out.")
            }
            (Self::Pt, Decision::AskedToRun { by }) => {
                format!(
                    "Seu leader {by} pediu a {server} que concorra já, como se seu election timer tivesse se esgotado."
                )
            }
            (Self::En, Decision::LogMoved(log)) => format!("{server}'s log ends at {} now.", position(log)),
            (Self::Pt, Decision::LogMoved(log)) => format!("O log de {server} agora termina em {}.", position(log)),
            _ => self.decided_of_messages(server, event, decision, since),
        }
    }

    fn decided_of_messages(self, server: NodeId, event: &Event, decision: Decision, since: Option<Micros>) -> String {
        let term = event.term;
        match (self, decision) {
            (Self::En, Decision::VoteReceived { from, count }) => {
                format!("{server} counted {from}'s vote: {count} so far.")
            }
            (Self::Pt, Decision::VoteReceived { from, count }) => {
                format!("{server} contou o voto de {from}: {count} até agora.")
            }
            (Self::En, Decision::VoteRefused { from }) => {
                format!("{server} learned that {from} refuses its vote in term {term}.")
            }
            (Self::Pt, Decision::VoteRefused { from }) => {
                format!("{server} soube que {from} lhe nega o voto no term {term}.")
            }
            (_, Decision::ReplyIgnored { from, why }) => self.reply_ignored(server, event, from, why, since),
            (Self::En, Decision::PreVoteReceived { from, count }) => {
                format!("{server} learned that {from} would vote for it: {count} so far.")
            }
            (Self::Pt, Decision::PreVoteReceived { from, count }) => {
                format!("{server} soube que {from} votaria nele: {count} até agora.")
            }
            (Self::En, Decision::PreVoteRefused { from }) => {
                format!("{server} learned that {from} would not vote for it.")
            }
            (Self::Pt, Decision::PreVoteRefused { from }) => format!("{server} soube que {from} não votaria nele."),
            (Self::En, Decision::PreVoteGranted { to, term: asked }) => format!(
                "{server} would vote for {to} in term {asked}: it has not heard from a leader lately, and no rule in force speaks against it."
            ),
            (Self::Pt, Decision::PreVoteGranted { to, term: asked }) => format!(
                "{server} votaria em {to} no term {asked}: não ouviu um leader há pouco, e nenhuma regra em vigor se opõe."
            ),
            (_, Decision::PreVoteDenied { to, term: asked, why }) => {
                let why = self.vote_denied(event, why, since);
                match self {
                    Self::En => format!("{server} would not vote for {to} in term {asked}: {why}."),
                    Self::Pt => format!("{server} não votaria em {to} no term {asked}: {why}."),
                }
            }
            (Self::En, Decision::VoteGranted { to, term, .. }) => match since {
                None => format!(
                    "{server} gave {to} its vote for term {term}: it had given none, and {to}'s log was up-to-date enough for it."
                ),
                Some(at) => format!(
                    "{server} gave {to} its vote for term {term}, although it had given it to another at {}.",
                    self.seconds(at)
                ),
            },
            (Self::Pt, Decision::VoteGranted { to, term, .. }) => match since {
                None => format!(
                    "{server} deu a {to} seu voto no term {term}: ainda não tinha votado, e o log de {to} estava atualizado o bastante para ele."
                ),
                Some(at) => {
                    format!(
                        "{server} deu a {to} seu voto no term {term}, embora já o tivesse dado a outro em {}.",
                        self.seconds(at)
                    )
                }
            },
            (_, Decision::VoteDenied { to, term: asked, why }) => {
                let why = self.vote_denied(event, why, since);
                match self {
                    Self::En => format!("{server} refused {to} in term {asked}: {why}."),
                    Self::Pt => format!("{server} negou o voto a {to} no term {asked}: {why}."),
                }
            }
            (Self::En, Decision::HeartbeatAccepted { from, .. }) => {
                format!("{server} follows {from}, the leader of term {term}.")
            }
            (Self::Pt, Decision::HeartbeatAccepted { from, .. }) => {
                format!("{server} segue {from}, o leader do term {term}.")
            }
            (
                _,
                Decision::HeartbeatDenied {
                    from,
                    term: theirs,
                    why,
                },
            ) => {
                let why = self.heartbeat_denied(event, why, since);
                match self {
                    Self::En => format!("{server} refused {from}'s heartbeat of term {theirs}: {why}."),
                    Self::Pt => format!("{server} recusou o heartbeat de {from} do term {theirs}: {why}."),
                }
            }
            _ => unreachable!("the others speak of no message"),
        }
    }

    fn vote_denied(self, event: &Event, why: DeniedVote, since: Option<Micros>) -> String {
        let (term, when) = (event.term, self.when(since));
        match (self, why) {
            (Self::En, DeniedVote::AlreadyVotedFor(other)) if Some(other) == event.server => {
                format!("it runs itself and had voted for itself{when}")
            }
            (Self::Pt, DeniedVote::AlreadyVotedFor(other)) if Some(other) == event.server => {
                format!("ele próprio concorre e votou em si{when}")
            }
            (Self::En, DeniedVote::AlreadyVotedFor(other)) => format!("it had voted for {other}{when}"),
            (Self::Pt, DeniedVote::AlreadyVotedFor(other)) => format!("já tinha votado em {other}{when}"),
            (Self::En, DeniedVote::StaleTerm) => format!("it has been in term {term}{}", self.since(since)),
            (Self::Pt, DeniedVote::StaleTerm) => format!("já está no term {term}{}", self.since(since)),
            (Self::En, DeniedVote::HasLeader(leader)) if Some(leader) == event.server => "it leads itself".to_owned(),
            (Self::Pt, DeniedVote::HasLeader(leader)) if Some(leader) == event.server => {
                "ele próprio lidera".to_owned()
            }
            (Self::En, DeniedVote::HasLeader(leader)) => {
                format!("it heard from its leader {leader}{when}, less than the shortest election timeout before")
            }
            (Self::Pt, DeniedVote::HasLeader(leader)) => {
                format!("ouviu seu leader {leader}{when}, menos que o menor election timeout antes")
            }
            (Self::En, DeniedVote::LogBehind { mine, theirs }) => format!(
                "its own log, ending at {}, is more up-to-date than the candidate's, ending at {}",
                position(mine),
                position(theirs)
            ),
            (Self::Pt, DeniedVote::LogBehind { mine, theirs }) => format!(
                "seu log, que termina em {}, está mais atualizado que o do candidate, que termina em {}",
                position(mine),
                position(theirs)
            ),
        }
    }

    fn heartbeat_denied(self, event: &Event, why: DeniedHeartbeat, since: Option<Micros>) -> String {
        let term = event.term;
        match (self, why) {
            (Self::En, DeniedHeartbeat::StaleTerm) => format!("it has been in term {term}{}", self.since(since)),
            (Self::Pt, DeniedHeartbeat::StaleTerm) => format!("já está no term {term}{}", self.since(since)),
            (Self::En, DeniedHeartbeat::LeadsItself) => format!("it leads term {term} itself{}", self.since(since)),
            (Self::Pt, DeniedHeartbeat::LeadsItself) => {
                format!("ele próprio lidera o term {term}{}", self.since(since))
            }
            (Self::En, DeniedHeartbeat::KeepsRunning) => {
                "the rule that a candidate yields to the leader of its term is off".to_owned()
            }
            (Self::Pt, DeniedHeartbeat::KeepsRunning) => {
                "a regra de que um candidate cede ao leader de seu term está desligada".to_owned()
            }
        }
    }

    fn reply_ignored(
        self,
        server: NodeId,
        event: &Event,
        from: NodeId,
        why: IgnoredReply,
        since: Option<Micros>,
    ) -> String {
        let term = event.term;
        let why = match (self, why) {
            (Self::En, IgnoredReply::StaleTerm) => format!("it answers an earlier term than {term}"),
            (Self::Pt, IgnoredReply::StaleTerm) => format!("responde a um term anterior a {term}"),
            (Self::En, IgnoredReply::NotCandidate) => format!("its election was over{}", self.when(since)),
            (Self::Pt, IgnoredReply::NotCandidate) => format!("sua eleição já tinha acabado{}", self.when(since)),
            (Self::En, IgnoredReply::Duplicate) => format!("that vote was counted{}", self.when(since)),
            (Self::Pt, IgnoredReply::Duplicate) => format!("esse voto já foi contado{}", self.when(since)),
        };
        match self {
            Self::En => format!("{server} did not count {from}'s reply: {why}."),
            Self::Pt => format!("{server} não contou a resposta de {from}: {why}."),
        }
    }
}

fn name(event: &Event) -> String {
    event.server.map(|server| server.to_string()).unwrap_or_default()
}

const fn timer_name(timer: Timer) -> &'static str {
    match timer {
        Timer::Election => "election",
        Timer::Heartbeat => "heartbeat",
        Timer::RecentLeader => "recent-leader",
        Timer::CheckQuorum => "check-quorum",
    }
}

/// Index and term of a log's last entry.
fn position(log: LogPosition) -> String {
    format!("index {} (term {})", log.last_index, log.last_term)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::{Chain, Config, EventId, History};
    use crate::ui::text::has_decimal_point;

    /// Whatever happens, somebody may ask why.
    #[test]
    fn every_event_has_a_sentence_in_every_language() {
        let mut config = Config::paper(5);
        (config.network.loss_permille, config.network.duplication_permille) = (100, 100);
        let mut history = History::new(config, 3, &[]).unwrap();
        for round in 0..40_u64 {
            history.seek(Micros::from_millis(200 * (round + 1)));
            let server = NodeId::new(usize::try_from(round % 5).unwrap());
            let action = [
                Action::Kill(server),
                Action::Pause(server),
                Action::Isolate(server),
                Action::HealAll,
            ];
            let _ = history.act(action[usize::try_from(round % 4).unwrap()]);
            let _ = history.act(Action::Start(NodeId::new(usize::try_from((round + 3) % 5).unwrap())));
        }
        for event in history.trace().range(EventId(0), history.world().next_event()) {
            let step = &Chain::of(history.trace(), event.id).steps[0];
            let [en, pt] = Lang::ALL.map(|lang| lang.explain(step));
            assert!(en.ends_with('.') && en.len() > 10, "{event:?}: {en}");
            assert!(pt.ends_with('.') && pt.len() > 10 && pt != en, "{event:?}: {pt}");
            assert!(!en.contains("  "), "{en}");
            assert!(!has_decimal_point(&pt), "{pt}");
            let said = Lang::Pt.event(event);
            assert!(!has_decimal_point(&said), "{said}");
        }
    }
}
