//! Events in a few words.

use crate::{
    raft::{Decision, DeniedVote, LogPosition, Message, NodeId, NodeSet, SteppedDown, Term},
    sim::{Event, EventKind, LostWhere, Micros},
    ui::text::{Lang, catalogue, list, timer_name, words},
};

catalogue! {
    /// What happens to a server, after its name.
    EventText, event_text;

    starts_timer(until: Micros, timer: &str): "starts its {timer} timer, which expires at {until}",
        "inicia seu {timer} timer, que se esgota aos {until}";
    stops_timer(timer: &str): "stops its {timer} timer", "para seu {timer} timer";
    timer_expires(timer: &str): "{timer} timer expires", "{timer} timer se esgota";
    writes(term: Term, vote: &str): "writes to disk: term {term}, {vote}", "grava em disco: term {term}, {vote}";
    sends_again(to: NodeId, message: &str): "→ {to}: {message}, duplicated",
        "→ {to}: {message}, duplicada";
    lets_wait(from: NodeId, message: &str): "← {from}: {message}, waits because the server is paused",
        "← {from}: {message}, aguarda porque o servidor está pausado";

    loses(from: NodeId, message: &str, why: &str): "← {from}: {message}, lost ({why})", "← {from}: {message}, perdida ({why})";

    of_term(message: &str, term: Term): "{message}, term {term}", "{message}, term {term}";
    pre_vote_granted: "pre-vote granted", "pre-vote concedido";
    pre_vote_refused: "pre-vote refused", "pre-vote negado";
    heartbeat_reply: "heartbeat reply", "resposta ao heartbeat";
    heartbeat_refused: "heartbeat refused", "heartbeat recusado";

    starts: "starts", "inicia";
    times_out: "times out without a leader", "esgota o timeout sem leader";
    stands_in(term: Term): "stands for election in term {term}", "se candidata no term {term}";
    counts_vote(from: NodeId, count: u8): "counts the vote of {from}: {count} so far", "conta o voto de {from}: {count} até agora";
    is_refused_by(from: NodeId): "learns that {from} refused its vote", "soube que {from} negou o voto";
    ignores_reply(from: NodeId): "ignores the reply of {from}", "ignora a resposta de {from}";
    wins(term: Term, voters: NodeSet): "wins term {term} with the {voters:vote|votes} of {voters}", "vence o term {term} com {voters:o voto|os votos} de {voters}";
    goes_to_term(old: Term, new: Term, from: NodeId): "moves from term {old} to {new}, learned from {from}",
        "passa do term {old} ao {new}, que soube por {from}";
    yields_to_term: "steps down: there is a newer term", "renuncia: há um term mais novo";
    yields_to_leader(leader: NodeId): "steps down: {leader} leads this term", "renuncia: {leader} lidera este term";
    yields_without_quorum: "steps down: no quorum answers", "renuncia: nenhum quórum responde";
    votes_for(to: NodeId, term: Term): "votes for {to} in term {term}", "vota em {to} no term {term}";
    refuses(to: NodeId, term: Term, why: &str): "refuses {to} in term {term}: {why}",
        "nega o voto a {to} no term {term}: {why}";
    asks_about(term: Term): "asks for pre-votes for term {term}", "pede pre-votes para o term {term}";
    would_vote_for(to: NodeId, term: Term): "would vote for {to} in term {term}", "votaria em {to} no term {term}";
    would_refuse(to: NodeId, term: Term, why: &str): "would refuse {to} in term {term}: {why}",
        "negaria o voto a {to} no term {term}: {why}";
    hears_promise(from: NodeId, count: u8): "learns that {from} would vote for it: {count} so far",
        "soube que {from} votaria nele: {count} até agora";
    would_be_refused_by(from: NodeId): "learns that {from} would not vote for it", "soube que {from} não votaria nele";
    is_answered_by(servers: &str): "hears from a quorum: {servers}", "ouve um quórum: {servers}";
    hands_over_to(to: NodeId): "hands over to {to}", "passa a liderança a {to}";
    is_asked_to_stand(by: NodeId): "is asked by {by} to stand for election", "recebe de {by} o pedido de se candidatar";
    accepts_heartbeat(from: NodeId): "accepts the heartbeat of {from}", "aceita o heartbeat de {from}";
    refuses_heartbeat(from: NodeId): "refuses the heartbeat of {from}", "recusa o heartbeat de {from}";
    log_is(state: &str): "log {state}", "log {state}";
    ends_at(place: &str): "ends at {place}", "termina no {place}";
    index_of_term(index: u32, term: Term): "index {index} of term {term}", "índice {index} do term {term}";
    is_empty: "is empty", "está vazio";
    empty_log: "empty log", "log vazio";

    older_term: "an older term", "um term mais antigo";
    log_behind: "the candidate's log is behind", "o log do candidate está atrasado";
    outranks: "its priority is higher", "sua prioridade é maior";
    has_leader(leader: NodeId): "its leader {leader} is alive", "seu leader {leader} está vivo";
}

words! {
    /// Where a message was lost, or why.
    lost: LostWhere;
    Network: "by the network", "pela rede";
    CutLink: "the link is cut", "a conexão está cortada";
    Dropped: "dropped by hand", "descartada manualmente";
    FullLink: "the link is full", "a conexão está cheia";
    Sender: "its sender crashed before it left", "quem a enviava caiu antes que ela saísse";
    ServerDown: "the server is down", "o servidor está fora do ar";
    Buffer: "at the paused server", "no servidor pausado";
}

impl Lang {
    /// An event in a few words, with its instant: `0.231 s · S2 stands for election in term 3`.
    #[must_use]
    pub fn event(self, event: &Event) -> String {
        format!("{} · {}", self.seconds(event.at), self.happening(event))
    }

    /// An event in a few words: `S2 stands for election in term 3`.
    #[must_use]
    pub fn happening(self, event: &Event) -> String {
        let who = event.server.map(|server| format!("{server} ")).unwrap_or_default();
        let what = match event.kind {
            EventKind::Action(action) => return self.action(action),
            EventKind::TimerSet { timer, fires_at } => self.starts_timer(fires_at, timer_name(timer)),
            EventKind::TimerCancelled(timer) => self.stops_timer(timer_name(timer)),
            EventKind::TimerFired(timer) => self.timer_expires(timer_name(timer)),
            EventKind::Persisted(state) => self.writes(state.current_term, &self.voted(state.voted_for)),
            EventKind::Sent { to, message, .. } => format!("→ {to}: {}", self.message(message)),
            EventKind::Duplicated { to, message, .. } => self.sends_again(to, &self.message(message)),
            EventKind::Delivered { from, message } => format!("← {from}: {}", self.message(message)),
            EventKind::Held { from, message } => self.lets_wait(from, &self.message(message)),
            EventKind::Lost { from, message, place } => self.loses(from, &self.message(message), self.lost(place)),
            EventKind::Decided(decision) => self.decision(decision, event),
        };
        who + &what
    }

    /// Where a log ends, after whose it is: `ends at index 4 of term 2`, or `is empty`.
    #[must_use]
    pub fn log_end(self, log: LogPosition) -> String {
        if log == LogPosition::default() {
            self.event_text().is_empty.to_owned()
        } else {
            self.ends_at(&self.log_place(log))
        }
    }

    /// The same as a name with two numbers, the term and the index of its last entry: `log 2/4`, or `empty log`.
    #[must_use]
    pub fn log_in_short(self, log: LogPosition) -> String {
        if log == LogPosition::default() {
            self.event_text().empty_log.to_owned()
        } else {
            format!("log {}/{}", log.last_term, log.last_index)
        }
    }

    /// The place of the last entry of a log that has one: `index 4 of term 2`.
    #[must_use]
    pub fn log_place(self, log: LogPosition) -> String {
        self.index_of_term(log.last_index, log.last_term)
    }

    /// A message in a few words.
    #[must_use]
    pub fn message(self, message: Message) -> String {
        let (text, shared) = (self.event_text(), self.text());
        let what = match message {
            Message::RequestVote { .. } => "RequestVote",
            Message::RequestVoteReply { vote_granted: true, .. } => shared.legend_granted,
            Message::RequestVoteReply { .. } => shared.legend_refused,
            Message::PreVote { .. } => "PreVote",
            Message::PreVoteReply { vote_granted: true, .. } => text.pre_vote_granted,
            Message::PreVoteReply { .. } => text.pre_vote_refused,
            Message::TimeoutNow { .. } => "TimeoutNow",
            Message::AppendEntries { .. } => "heartbeat",
            Message::AppendEntriesReply { success: true, .. } => text.heartbeat_reply,
            Message::AppendEntriesReply { .. } => text.heartbeat_refused,
        };
        self.of_term(what, message.term())
    }

    fn decision(self, decision: Decision, event: &Event) -> String {
        let text = self.event_text();
        match decision {
            Decision::Started => text.starts.to_owned(),
            Decision::ElectionTimedOut => text.times_out.to_owned(),
            Decision::ElectionStarted { term } => self.stands_in(term),
            Decision::VoteReceived { from, count } => self.counts_vote(from, count),
            Decision::VoteRefused { from } => self.is_refused_by(from),
            Decision::ReplyIgnored { from, .. } => self.ignores_reply(from),
            Decision::ElectionWon { votes } => self.wins(event.term, votes),
            Decision::TermAdvanced { old, new, from } => self.goes_to_term(old, new, from),
            Decision::SteppedDown(SteppedDown::NewerTerm) => text.yields_to_term.to_owned(),
            Decision::SteppedDown(SteppedDown::LeaderOfTerm(leader)) => self.yields_to_leader(leader),
            Decision::SteppedDown(SteppedDown::NoQuorum) => text.yields_without_quorum.to_owned(),
            Decision::VoteGranted { to, term, .. } => self.votes_for(to, term),
            Decision::VoteDenied { to, term, why } => self.refuses(to, term, &self.reason(why)),
            Decision::PreVoteStarted { term } => self.asks_about(term),
            Decision::PreVoteGranted { to, term } => self.would_vote_for(to, term),
            Decision::PreVoteDenied { to, term, why } => self.would_refuse(to, term, &self.reason(why)),
            Decision::PreVoteReceived { from, count } => self.hears_promise(from, count),
            Decision::PreVoteRefused { from } => self.would_be_refused_by(from),
            Decision::QuorumHeard { servers } => self.is_answered_by(&list(servers, " ")),
            Decision::TransferStarted { to } => self.hands_over_to(to),
            Decision::AskedToRun { by } => self.is_asked_to_stand(by),
            Decision::HeartbeatAccepted { from, .. } => self.accepts_heartbeat(from),
            Decision::HeartbeatDenied { from, .. } => self.refuses_heartbeat(from),
            Decision::LogMoved(log) => self.log_is(&self.log_end(log)),
        }
    }

    fn reason(self, why: DeniedVote) -> String {
        match why {
            DeniedVote::StaleTerm => self.event_text().older_term.to_owned(),
            DeniedVote::AlreadyVotedFor(other) => self.voted(Some(other)),
            DeniedVote::LogBehind { .. } => self.event_text().log_behind.to_owned(),
            DeniedVote::HasLeader(leader) => self.has_leader(leader),
            DeniedVote::LowerPriority => self.event_text().outranks.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_log_ends_nowhere() {
        let log = LogPosition {
            last_term: Term(2),
            last_index: 4,
        };
        let told = |lang: Lang, log| (lang.log_end(log), lang.log_in_short(log));
        let words = |end: &str, short: &str| (end.to_owned(), short.to_owned());
        assert_eq!(told(Lang::En, log), words("ends at index 4 of term 2", "log 2/4"));
        assert_eq!(told(Lang::En, LogPosition::default()), words("is empty", "empty log"));
        assert_eq!(told(Lang::Pt, log), words("termina no índice 4 do term 2", "log 2/4"));
        assert_eq!(told(Lang::Pt, LogPosition::default()), words("está vazio", "log vazio"));
    }
}
