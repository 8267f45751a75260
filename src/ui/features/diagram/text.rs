//! What is said about the space-time diagram, and about events in a few words.

use crate::ui::text::catalogue;
use crate::ui::text::{Lang, list};
use crate::{
    raft::{Decision, DeniedVote, Message, SteppedDown, Timer},
    sim::{Event, EventKind, LostWhere, Micros},
};

catalogue! {
    /// The sentences about the space-time diagram.
    DiagramText, diagram_text;

    title: "Space-time", "Espaço-tempo";
    zoom_in: "Zoom in", "Aproximar";
    zoom_out: "Zoom out", "Afastar";
    even: "Equal spacing", "Espaço igual";
    even_hint: "One row for each instant at which something happens, instead of time to scale",
        "Uma linha para cada instante em que algo acontece, em vez do tempo em escala";
    elections: "Elections only", "Só eleições";
    elections_hint: "Without heartbeats, but for those that changed a term or a role",
        "Sem heartbeats, exceto os que mudaram um term ou um papel";
    svg_part: "SVG of this view", "SVG da vista";
    svg_all: "SVG of all", "SVG de tudo";
    svg_hint: "Download as a picture, for slides or papers", "Baixar como figura, para slides ou artigos";
    hint: "Select a dot or an arrow, or use the arrow keys. A click on a time goes there.",
        "Selecione um ponto ou uma seta, também pelo teclado. Um clique em um tempo vai até lá.";
    why: "Why?", "Por quê?";
    go_there: "Go there", "Ir até lá";
    follow: "Follow now", "Seguir o agora";
    earlier: "Earlier events: move the time back.", "Eventos anteriores: volte no tempo.";
    thinned: "Zoom in to see heartbeats.", "Aproxime para ver os heartbeats.";
    bounded: "Only the newest part: the whole would be too large.", "Só a parte mais nova: tudo seria grande demais.";
    nothing: "Nothing has happened yet. Press Play.", "Nada aconteceu ainda. Pressione Reproduzir.";
    not_delivered: "under way", "a caminho";
}

impl Lang {
    /// What the diagram shows, for those who don't see it.
    #[must_use]
    pub fn diagram_summary(self, size: usize, from: Micros, to: Micros) -> String {
        let [from, to] = [from, to].map(|at| self.instant(at));
        match self {
            Self::En => format!(
                "Space-time diagram: messages between {size} servers, time downward, {from} to {to} seconds. Up and Down select along a server, Left and Right along a message or across servers, Enter says why."
            ),
            Self::Pt => format!(
                "Diagrama espaço-tempo: mensagens entre {size} servidores, tempo para baixo, de {from} a {to} segundos. Acima e abaixo selecionam em um servidor, esquerda e direita ao longo de uma mensagem ou entre servidores, Enter diz o porquê."
            ),
        }
    }

    /// An event in a few words, with its instant: `0.231 s · S2 runs for term 3`.
    #[must_use]
    pub fn event(self, event: &Event) -> String {
        format!("{} · {}", self.seconds(event.at), self.happening(event))
    }

    /// An event in a few words: `S2 runs for term 3`.
    #[must_use]
    pub fn happening(self, event: &Event) -> String {
        let who = event.server.map(|server| format!("{server} ")).unwrap_or_default();
        let what = match event.kind {
            EventKind::Action(action) => return self.action(action),
            EventKind::TimerSet { timer, fires_at } => {
                let until = self.pick("starts its timer, until", "inicia seu timer, até");
                format!("{until} {} ({})", self.seconds(fires_at), timer_name(timer))
            }
            EventKind::TimerCancelled(timer) => {
                format!(
                    "{} ({})",
                    self.pick("stops its timer", "para seu timer"),
                    timer_name(timer)
                )
            }
            EventKind::TimerFired(timer) => {
                format!("{} ({})", self.pick("timer fires", "timer dispara"), timer_name(timer))
            }
            EventKind::Persisted(state) => {
                let wrote = self.pick("writes to disk: term", "grava em disco: term");
                format!("{wrote} {}, {}", state.current_term, self.voted(state.voted_for))
            }
            EventKind::Sent { to, message } => format!("→ {to}: {}", self.message(message)),
            EventKind::Duplicated { to, message } => {
                let twice = self.pick("sent a second time", "enviada uma segunda vez");
                format!("→ {to}: {}, {twice}", self.message(message))
            }
            EventKind::Delivered { from, message } => format!("← {from}: {}", self.message(message)),
            EventKind::Held { from, message } => {
                let waits = self.pick("waits, the server is paused", "aguarda, o servidor está pausado");
                format!("← {from}: {}, {waits}", self.message(message))
            }
            EventKind::Lost { from, message, place } => {
                format!("← {from}: {}, {}", self.message(message), self.lost(place))
            }
            EventKind::Decided(decision) => self.decision(decision, event),
        };
        format!("{who}{what}")
    }

    /// Since when a message that arrived was under way.
    #[must_use]
    pub fn sent_at(self, at: Micros) -> String {
        format!(", {} {}", self.pick("sent at", "enviada em"), self.seconds(at))
    }

    /// A message in a few words.
    #[must_use]
    pub fn message(self, message: Message) -> String {
        let what = match message {
            Message::RequestVote { .. } => "RequestVote",
            Message::RequestVoteReply { vote_granted: true, .. } => self.text().legend_granted,
            Message::RequestVoteReply {
                vote_granted: false, ..
            } => self.text().legend_refused,
            Message::PreVote { .. } => "PreVote",
            Message::PreVoteReply { vote_granted: true, .. } => self.pick("pre-vote granted", "pre-vote concedido"),
            Message::PreVoteReply { .. } => self.pick("pre-vote refused", "pre-vote recusado"),
            Message::TimeoutNow { .. } => "TimeoutNow",
            Message::AppendEntries { .. } => "heartbeat",
            Message::AppendEntriesReply { success: true, .. } => {
                self.pick("heartbeat's reply", "resposta ao heartbeat")
            }
            Message::AppendEntriesReply { success: false, .. } => self.pick("heartbeat refused", "heartbeat recusado"),
        };
        format!("{what}, term {}", message.term())
    }

    /// Where a message was lost.
    #[must_use]
    pub const fn lost(self, place: LostWhere) -> &'static str {
        match place {
            LostWhere::Network => self.pick("lost on the way", "perdida no caminho"),
            LostWhere::CutLink => self.pick("lost, the link is cut", "perdida, a conexão está cortada"),
            LostWhere::Dropped => self.pick("dropped by you", "descartada por você"),
            LostWhere::FullLink => self.pick("lost, the link is full", "perdida, a conexão está cheia"),
            LostWhere::ServerDown => self.pick("lost, the server is down", "perdida, o servidor está parado"),
            LostWhere::Buffer => self.pick("lost while it waited", "perdida enquanto aguardava"),
        }
    }

    fn decision(self, decision: Decision, event: &Event) -> String {
        let with = |words: &str, more: &dyn std::fmt::Display| format!("{words} {more}");
        match decision {
            Decision::Started => self.pick("starts", "inicia").to_owned(),
            Decision::ElectionTimedOut => "election timeout".to_owned(),
            Decision::ElectionStarted { term } => with(self.pick("runs for term", "concorre ao term"), &term),
            Decision::VoteReceived { from, count } => match self {
                Self::En => format!("counts the vote of {from}: {count}"),
                Self::Pt => format!("conta o voto de {from}: {count}"),
            },
            Decision::VoteRefused { from } => with(self.pick("is refused by", "é recusado por"), &from),
            Decision::ReplyIgnored { from, .. } => {
                with(self.pick("ignores the reply of", "ignora a resposta de"), &from)
            }
            Decision::ElectionWon { votes } => match self {
                Self::En => format!("wins term {} with {}", event.term, list(votes, " ")),
                Self::Pt => format!("vence o term {} com {}", event.term, list(votes, " ")),
            },
            Decision::TermAdvanced { old, new, from } => match self {
                Self::En => format!("goes from term {old} to {new}, as {from} is there"),
                Self::Pt => format!("passa do term {old} ao {new}, onde {from} está"),
            },
            Decision::SteppedDown(SteppedDown::NewerTerm) => self
                .pick("steps down: a newer term", "renuncia: um term mais novo")
                .to_owned(),
            Decision::SteppedDown(SteppedDown::LeaderOfTerm(leader)) => with(
                self.pick("steps down for leader", "renuncia em favor do leader"),
                &leader,
            ),
            Decision::SteppedDown(SteppedDown::NoQuorum) => self
                .pick("steps down: no quorum answers", "renuncia: nenhum quórum responde")
                .to_owned(),
            Decision::VoteGranted { to, term, .. } => match self {
                Self::En => format!("votes for {to} in term {term}"),
                Self::Pt => format!("vota em {to} no term {term}"),
            },
            Decision::VoteDenied { to, term, why } => {
                let reason = self.reason(why);
                match self {
                    Self::En => format!("refuses {to} in term {term}: {reason}"),
                    Self::Pt => format!("nega o voto a {to} no term {term}: {reason}"),
                }
            }
            Decision::PreVoteStarted { term } => with(self.pick("asks about term", "consulta sobre o term"), &term),
            Decision::PreVoteGranted { to, term } => match self {
                Self::En => format!("would vote for {to} in term {term}"),
                Self::Pt => format!("votaria em {to} no term {term}"),
            },
            Decision::PreVoteDenied { to, term, why } => {
                let reason = self.reason(why);
                match self {
                    Self::En => format!("would refuse {to} in term {term}: {reason}"),
                    Self::Pt => format!("negaria o voto a {to} no term {term}: {reason}"),
                }
            }
            Decision::PreVoteReceived { from, count } => match self {
                Self::En => format!("hears that {from} would vote for it: {count}"),
                Self::Pt => format!("ouve que {from} votaria nele: {count}"),
            },
            Decision::PreVoteRefused { from } => with(self.pick("would be refused by", "seria recusado por"), &from),
            Decision::QuorumHeard { servers } => {
                with(self.pick("is answered by", "recebe resposta de"), &list(servers, " "))
            }
            Decision::TransferStarted { to } => with(self.pick("hands over to", "passa a liderança a"), &to),
            Decision::AskedToRun { by } => {
                with(self.pick("is asked to run by", "recebe o pedido de concorrer de"), &by)
            }
            Decision::HeartbeatAccepted { from, .. } => {
                with(self.pick("accepts the heartbeat of", "aceita o heartbeat de"), &from)
            }
            Decision::HeartbeatDenied { from, .. } => {
                with(self.pick("refuses the heartbeat of", "recusa o heartbeat de"), &from)
            }
            Decision::LogMoved(position) => {
                let words = self.pick("log ends at index", "log termina no índice");
                format!("{words} {}, term {}", position.last_index, position.last_term)
            }
        }
    }
}

impl Lang {
    fn reason(self, why: DeniedVote) -> String {
        match why {
            DeniedVote::StaleTerm => self.pick("an older term", "um term mais antigo").to_owned(),
            DeniedVote::AlreadyVotedFor(other) => self.voted(Some(other)),
            DeniedVote::LogBehind { .. } => self.pick("its log is behind", "seu log está atrás").to_owned(),
            DeniedVote::HasLeader(leader) => format!("{} {leader}", self.pick("it has a leader,", "tem um leader,")),
        }
    }
}

/// Timers have the same name in all languages.
const fn timer_name(timer: Timer) -> &'static str {
    match timer {
        Timer::Election => "election timeout",
        Timer::Heartbeat => "heartbeat",
        Timer::RecentLeader => "recent leader",
        Timer::CheckQuorum => "check quorum",
    }
}
