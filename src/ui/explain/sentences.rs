//! Why things happened: each event as a sentence with its values, and the rule of the paper behind it.

use crate::{
    raft::{
        Decision, DeniedHeartbeat, DeniedVote, HardState, IgnoredReply, LogPosition, Message, NodeId, NodeSet, Role,
        SteppedDown, Term, Timer,
    },
    sim::{Action, CausalStep, Effect, Event, EventKind, LostWhere, Micros},
    ui::{
        explain::{
            story::{Campaign, Contest},
            why::{Asked, NoElection, Shortage, WhyQuestion},
        },
        run::answer::{Unaware, Unknown},
        text::{Lang, capitalised, catalogue, list, timer_name},
    },
};

catalogue! {
    /// The sentences about explanations.
    WhyText, why_text;

    title: "Why?", "Por quê?";
    because: "because", "porque";
    rests_on: "Based on:", "Com base em:";
    chain: "Causes, latest first", "Causas, a mais recente primeiro";
    cut_off: "What led to this is no longer in memory. Go back in time to see it.",
        "O que levou a isto não está mais na memória. Volte no tempo para vê-lo.";
    gone: "This event is not in this branch, or no longer in memory.",
        "Esse evento não está neste ramo ou não está mais na memória.";
    nobody_leads: "Why does nobody lead?", "Por que ninguém lidera?";
    why_leads(leaders: NodeSet): "Why {leaders:does|do} {leaders} lead?", "Por que {leaders} {leaders:lidera|lideram}?";
    why_broken: "Why is a safety property broken?", "Por que uma propriedade de segurança foi violada?";
    why_it_is(server: NodeId): "Why is {server} in this state?", "Por que {server} está neste estado?";
    why_nobody_led(at: Micros): "Why was there no leader with a majority at {at}?",
        "Por que não havia um leader com maioria aos {at}?";
    why_led(leaders: NodeSet, at: Micros): "Why did {leaders} lead at {at}?",
        "Por que {leaders} {leaders:liderava|lideravam} aos {at}?";
    why_both_led(leaders: NodeSet, at: Micros): "Why did {leaders} both act as leader at {at}?",
        "Por que {leaders} agiam ambos como leader aos {at}?";
    why_was_broken: "Why was a safety property broken?", "Por que uma propriedade de segurança foi violada?";
    why_it_was(server: NodeId, at: Micros): "Why was {server} in this state at {at}?",
        "Por que {server} estava neste estado aos {at}?";
    few_ran(at: Micros, running: usize, size: usize, stopped: NodeSet, quorum: usize):
        "At {at}, {running} of {size} servers {running:was|were} running; {stopped} {stopped:was|were} not. It takes {quorum} votes to be elected.",
        "Aos {at}, {running} de {size} servidores {running:estava|estavam} em execução; {stopped} não {stopped:estava|estavam}. São necessários {quorum} votos para ser eleito.";
    none_reached(at: Micros, reaches: usize, size: usize, quorum: usize):
        "At {at}, no server reached more than {reaches} of {size}, itself included. It takes {quorum} votes to be elected.",
        "Aos {at}, nenhum servidor alcançava mais de {reaches} de {size}, incluindo ele próprio. São necessários {quorum} votos para ser eleito.";
    none_timed_out(at: Micros):
        "By {at} no election timer had expired. A server stands for election when its own does (§5.2).",
        "Até {at} nenhum election timer tinha se esgotado. Um servidor se candidata quando o seu se esgota (§5.2).";
    why_stood(candidates: NodeSet, term: Term): "Why did {candidates} stand for election in term {term}?",
        "Por que {candidates} se {candidates:candidatou|candidataram} no term {term}?";
    why_not_won(candidates: NodeSet, term: Term): "Why did {candidates} not win term {term}?",
        "Por que {candidates} não {candidates:venceu|venceram} o term {term}?";
    has_votes(server: NodeId, votes: usize, quorum: usize): "{server} has {votes} of the {quorum} votes that it needs",
        "{server} tem {votes} dos {quorum} votos de que precisa";
    /// After the votes that it has.
    votes_coming(voters: NodeSet): "; {voters:the vote|the votes} of {voters} {voters:is|are} still on {voters:its|their} way",
        "; {voters:o voto|os votos} de {voters} ainda {voters:está|estão} a caminho";
    split_votes_of(term: Term, shares: &str): "Split votes in term {term}: {shares}.", "Votos divididos no term {term}: {shares}.";
    share_of(voters: NodeSet, candidate: NodeId): "{voters} for {candidate}", "{voters} em {candidate}";
    had_votes(server: NodeId, votes: usize, quorum: usize): "{server} had {votes} of the {quorum} votes that it needed",
        "{server} tinha {votes} dos {quorum} votos de que precisava";
    time_stands: "Time stands still until you close this.", "O tempo fica parado até você fechar isto.";
    why_it_happened: "Why did this happen?", "Por que isto aconteceu?";
    /// The question about an event, by what happened.
    why_this(what: &str): "Why? {what}", "Por quê? {what}";
    /// What a candidate heard, and why a server still acts as leader; each comes before the chain of causes.
    candidacy_ended: "Then its candidacy ended:", "Depois a candidatura terminou:";
    /// Beside a request or a vote that was lost.
    not_sent_again: "What is lost is not sent again here. Raft's servers repeat a request until it is answered (§5.1).",
        "O que se perde não é reenviado aqui. Os servidores do Raft repetem um pedido até que seja respondido (§5.1).";
    why_it_stood: "Why it stood:", "Por que se candidatou:";
    still_acts(leader: NodeId, term: Term): "{leader} still acts as leader of term {term}",
        "{leader} ainda age como leader do term {term}";
    knows_no_newer_term(leader: NodeId): "No message of a newer term has arrived at {leader}, and only that makes a leader step down: it has no election timer.",
        "Nenhuma mensagem de um term mais novo chegou a {leader}, e só isso faz um leader renunciar: ele não tem election timer.";
    hears_of_no_newer_term(leader: NodeId):
        "Only a newer term makes a leader step down, and none has begun. A leader has no election timer, and followers that do not answer change nothing. Whoever hears {leader} does not stand for election; whoever no longer does stands when its timer expires.",
        "Só um term mais novo faz um leader renunciar, e nenhum começou. Um leader não tem election timer, e followers que não respondem nada mudam. Quem ouve {leader} não se candidata; quem já não o ouve se candidata quando seu timer se esgota.";
    can_be_followed(leader: NodeId): "A majority can follow {leader} again", "Uma maioria pode seguir {leader} de novo";
    has_not_checked(leader: NodeId): "{leader} has not noticed yet: it checks once per election timeout whether a quorum answers.",
        "{leader} ainda não percebeu: verifica uma vez por election timeout se um quórum responde.";
    how_it_came_to_lead: "Earlier, it had become leader:", "Antes, tinha se tornado leader:";
    possible_since: "possible only after:", "só foi possível depois de:";
    go_there: "Go to this instant", "Ir a este instante";
    explain_this: "Explain this one", "Explicar este";
    blame: "What made it possible", "O que tornou isso possível";
    blame_intro: "Under the paper's rules this can't happen. This run departs from them:",
        "Com as regras do artigo isto não pode acontecer. Esta execução difere delas:";
    to_rules: "See the rules", "Ver as regras";
    root_timer: "No message led to this: a timer expires as time passes.",
        "Nenhuma mensagem levou a isso: um timer se esgota com o passar do tempo.";
    root_action: "This was an action on the cluster: no earlier event led to it.",
        "Foi uma ação sobre o cluster: nenhum evento anterior levou a ela.";
    done_together: "Done at the same instant:", "Feito no mesmo instante:";
    what_followed: "What happened next:", "O que aconteceu em seguida:";
    and_so_on: "And so on.", "E assim por diante.";
    nothing_followed: "Nobody has stood for election, won or stepped down since.",
        "Desde então ninguém se candidatou, venceu ou renunciou.";
    nothing_until_next: "Nobody stood for election, won or stepped down before the next action.",
        "Ninguém se candidatou, venceu ou renunciou antes da ação seguinte.";

    figure: "Raft paper, Figure", "artigo do Raft, Figura";
    thesis: "thesis", "tese";
    /// A rule that was not in force.
    switched_off(rule: &str): "{rule} (off)", "{rule} (regra desligada)";
    switched_off_for(rule: &str, servers: NodeSet): "{rule} (off for {servers})", "{rule} (regra desligada em {servers})";
    /// Servers whose disk was wiped.
    wiped(servers: NodeSet): "The disk of {servers} was wiped", "O disco de {servers} foi apagado";
    since_instant(at: Micros): " since {at}", " desde {at}";
    at_instant(at: Micros): " at {at}", " aos {at}";

    there_from_the_start(server: NodeId): "{server} was there from the start.", "{server} estava lá desde o início.";
    timer_set(server: NodeId, timer: &str, expires_at: Micros):
        "{server} started its {timer} timer, which expires at {expires_at}.",
        "{server} iniciou seu {timer} timer, que se esgota aos {expires_at}.";
    timer_stopped(server: NodeId, timer: &str): "{server} stopped its {timer} timer.", "{server} parou seu {timer} timer.";
    election_timer_ran_out(server: NodeId):
        "{server}'s election timer expired with no heartbeat received and no vote granted.",
        "O election timer de {server} se esgotou sem que ele recebesse um heartbeat ou desse um voto.";
    no_heartbeat_after_vote(server: NodeId, to: NodeId, at: Micros):
        "{server}'s election timer expired: it had voted for {to} at {at}, and no heartbeat came.",
        "O election timer de {server} se esgotou: ele tinha votado em {to} aos {at}, e nenhum heartbeat chegou.";
    /// What a follower did not hear, and why not.
    no_heartbeat_of(server: NodeId, leader: NodeId, term: Term, at: Micros, why: &str):
        "{server}'s election timer expired: no heartbeat came from {leader}, which had won term {term} at {at}{why}.",
        "O election timer de {server} se esgotou: não chegou nenhum heartbeat de {leader}, que venceu o term {term} aos {at}{why}.";
    no_heartbeat_since(server: NodeId, leader: NodeId, at: Micros, why: &str):
        "{server}'s election timer expired: since {at}, no heartbeat from {leader} restarted it{why}.",
        "O election timer de {server} se esgotou: desde {at} nenhum heartbeat de {leader} o reiniciou{why}.";
    because_at(what: &str, at: Micros): ", because {what} at {at}", ", porque {what} aos {at}";
    heartbeat_was_lost: "one was lost", "um se perdeu";
    /// Followed by the instant of the last.
    heartbeats_were_lost(count: usize): "{count} were lost, the last", "{count} se perderam, o último";
    it_had_stepped_down(leader: NodeId): "{leader} stepped down", "{leader} renunciou";
    leader_unheard(server: NodeId):
        "{server} has not heard from its leader for the shortest election timeout: it may vote for another.",
        "{server} não ouve seu leader há um election timeout mínimo: pode votar em outro.";
    time_to_check_quorum(server: NodeId):
        "{server} has led for another election timeout: it checks whether a quorum answers.",
        "{server} liderou por mais um election timeout: verifica se um quórum responde.";
    time_for_heartbeats(server: NodeId): "{server}'s heartbeat timer expired: it sends the next heartbeats.",
        "O heartbeat timer de {server} se esgotou: ele envia os próximos heartbeats.";
    vote_persisted(server: NodeId, term: Term, vote: NodeId):
        "{server} wrote term {term} and its vote for {vote} to disk before it sent any message about it.",
        "{server} gravou o term {term} e seu voto em {vote} no disco antes de enviar qualquer mensagem sobre isso.";
    term_persisted(server: NodeId, term: Term): "{server} wrote term {term} to disk; it has not voted in it yet.",
        "{server} gravou o term {term} no disco; ainda não votou nele.";

    sent(server: NodeId, to: NodeId, message: &str): "{server} sent {to} {message}.", "{server} enviou a {to} {message}.";
    waited_for_disk(server: NodeId, by: &str): " Before it left, the message waited {by} for {server}'s disk to write.",
        " Antes de sair, a mensagem esperou {by} até o disco de {server} gravar.";
    duplicated(server: NodeId, to: NodeId, message: &str):
        "The network duplicated what {server} had sent {to}: {message}.",
        "A rede duplicou o que {server} enviou a {to}: {message}.";
    received(server: NodeId, from: NodeId, message: &str): "{server} received {message} from {from}.",
        "{server} recebeu de {from} {message}.";
    held(server: NodeId, from: NodeId, message: &str, since: &str):
        "{server} has been paused{since}, so {message} from {from} waits in its inbox.",
        "{server} está pausado{since}, então {message} de {from} aguarda em sua caixa de entrada.";
    never_arrived(server: NodeId, from: NodeId, message: &str, why: &str):
        "{server} never received {message} from {from}: {why}.",
        "{server} nunca recebeu {message} de {from}: {why}.";
    lost_by_luck: "the network lost it at random", "a rede a perdeu ao acaso";
    lost_by_cut(since: &str): "the link had been cut{since}", "a conexão estava cortada{since}";
    lost_by_hand: "it was dropped by hand", "foi descartada manualmente";
    lost_for_room: "the link was full", "a conexão estava cheia";
    lost_to_crash(server: NodeId, since: &str): "{server} had been down{since}", "{server} estava fora do ar{since}";
    lost_to_no_process(server: NodeId): "{server} was not running", "{server} não estava em execução";
    lost_to_pause(server: NodeId): "{server} was paused with a full inbox, or crashed",
        "{server} estava pausado com a caixa de entrada cheia, ou caiu";

    request_vote(term: Term, log: &str): "a vote request for term {term}{log}",
        "um pedido de voto para o term {term}{log}";
    pre_vote(term: Term, log: &str): "a PreVote request for term {term}{log}",
        "um pedido PreVote para o term {term}{log}";
    log_ending_at(place: &str): ", its log ending at {place}", ", com o log até o {place}";
    pre_vote_promised(term: Term): "a pre-vote for term {term}", "um pre-vote para o term {term}";
    pre_vote_refused(term: Term): "a refused pre-vote in term {term}", "um pre-vote negado no term {term}";
    timeout_now(term: Term): "the request to stand for election at once, in term {term}",
        "o pedido de se candidatar já, no term {term}";
    vote_granted(term: Term): "a vote for term {term}", "um voto para o term {term}";
    vote_refused(term: Term): "a refused vote in term {term}", "um voto negado no term {term}";
    heartbeat(term: Term): "a heartbeat of term {term}", "um heartbeat do term {term}";
    heartbeat_answered(term: Term): "the reply to a heartbeat of term {term}", "a resposta a um heartbeat do term {term}";
    heartbeat_refused(term: Term): "a refused heartbeat in term {term}", "um heartbeat recusado no term {term}";
}

catalogue! {
    /// What servers decided.
    DecisionText, decision_text;

    it_started(server: NodeId, term: Term): "{server} started, as a follower in the term that its disk held, {term}.",
        "{server} iniciou como follower no term que estava em disco, {term}.";
    it_won_nothing(server: NodeId): "{server} had not won by the end of its election timeout: it begins a new election.",
        "{server} não tinha vencido ao fim de seu election timeout: começa uma nova eleição.";
    it_timed_out(server: NodeId): "{server} gave up waiting for a leader: its election timeout is over.",
        "{server} desistiu de esperar por um leader: seu election timeout se esgotou.";
    it_ran(server: NodeId, term: Term): "{server} stood for election in term {term}: it voted for itself and asked all others for their votes.",
        "{server} se candidatou no term {term}: votou em si e pediu o voto de todos os outros.";
    it_won(server: NodeId, term: Term, votes: usize):
        "{server} became leader of term {term} with {votes} {votes:vote|votes}.",
        "{server} tornou-se leader do term {term} com {votes} {votes:voto|votos}.";
    it_learned_of_term(server: NodeId, old: Term, new: Term, from: NodeId):
        "{server} learned of term {new} from {from} and left term {old}.",
        "{server} soube do term {new} por {from} e deixou o term {old}.";
    it_stepped_down(server: NodeId, term: Term):
        "{server} stepped down: term {term} is newer than its own.",
        "{server} renunciou: o term {term} é mais novo que o seu.";
    it_yielded(server: NodeId, leader: NodeId, term: Term):
        "{server} stepped down: {leader} leads term {term}.",
        "{server} renunciou: {leader} lidera o term {term}.";
    it_lost_its_quorum(server: NodeId, term: Term):
        "{server} stepped down: for an election timeout, no quorum had answered its heartbeats of term {term}.",
        "{server} renunciou: durante um election timeout, nenhum quórum respondeu a seus heartbeats do term {term}.";
    it_asked_for_pre_votes(server: NodeId, next: Term, term: Term):
        "{server} asked all others whether they would vote for it in term {next}. Until a quorum would, it stays in term {term}.",
        "{server} perguntou a todos se votariam nele no term {next}. Até que um quórum diga que sim, fica no term {term}.";
    it_heard_a_quorum(server: NodeId, servers: &str):
        "{server} keeps leading: a quorum answered its heartbeats ({servers}).",
        "{server} segue liderando: um quórum respondeu a seus heartbeats ({servers}).";
    it_hands_over(server: NodeId, to: NodeId): "{server} asked {to} to take over as leader.",
        "{server} pediu a {to} que assuma a liderança.";
    it_was_asked_to_run(server: NodeId, by: NodeId):
        "{by}, its leader, asked {server} to stand for election at once, as if its election timer had expired.",
        "{by}, seu leader, pediu a {server} que se candidatasse já, como se seu election timer tivesse se esgotado.";
    its_log_moved(server: NodeId, end: &str): "{server}'s log {end} now.", "O log de {server} agora {end}.";

    it_counted(server: NodeId, from: NodeId, count: u8): "{server} counted {from}'s vote: {count} so far.",
        "{server} contou o voto de {from}: {count} até agora.";
    it_learned_of_refusal(server: NodeId, from: NodeId, term: Term):
        "{server} learned that {from} refused it a vote in term {term}.",
        "{server} soube que {from} lhe negou o voto no term {term}.";
    it_did_not_count(server: NodeId, from: NodeId, why: &str): "{server} did not count {from}'s reply: {why}.",
        "{server} não contou a resposta de {from}: {why}.";
    it_learned_of_promise(server: NodeId, from: NodeId, count: u8):
        "{server} learned that {from} would vote for it: {count} so far.",
        "{server} soube que {from} votaria nele: {count} até agora.";
    it_learned_of_no_promise(server: NodeId, from: NodeId): "{server} learned that {from} would not vote for it.",
        "{server} soube que {from} não votaria nele.";
    it_would_vote(server: NodeId, to: NodeId, asked: Term):
        "{server} would vote for {to} in term {asked}: no rule that {server} goes by forbids it.",
        "{server} votaria em {to} no term {asked}: nenhuma regra que {server} segue o impede.";
    it_would_not_vote(server: NodeId, to: NodeId, asked: Term, why: &str):
        "{server} would not vote for {to} in term {asked}: {why}.",
        "{server} não votaria em {to} no term {asked}: {why}.";
    it_gave(server: NodeId, to: NodeId, term: Term): "{server} voted for {to} in term {term}.",
        "{server} votou em {to} no term {term}.";
    it_voted(server: NodeId, to: NodeId, term: Term):
        "{server} voted for {to} in term {term}: it had voted for no other, and {to}'s log was at least as up-to-date as its own.",
        "{server} votou em {to} no term {term}: não tinha votado em outro, e o log de {to} era ao menos tão atualizado quanto o seu.";
    it_voted_again(server: NodeId, to: NodeId, term: Term, at: Micros):
        "{server} voted for {to} in term {term}, although it had voted for another at {at}.",
        "{server} votou em {to} no term {term}, embora já tivesse votado em outro aos {at}.";
    it_refused(server: NodeId, to: NodeId, asked: Term, why: &str): "{server} refused {to} in term {asked}: {why}.",
        "{server} negou o voto a {to} no term {asked}: {why}.";
    it_follows(server: NodeId, from: NodeId, term: Term): "{server} accepted a heartbeat from {from}, the leader of term {term}.",
        "{server} aceitou um heartbeat de {from}, o leader do term {term}.";
    it_refused_heartbeat(server: NodeId, from: NodeId, theirs: Term, why: &str):
        "{server} refused {from}'s heartbeat of term {theirs}: {why}.",
        "{server} recusou o heartbeat de {from} do term {theirs}: {why}.";

    voted_for_itself(when: &str): "it had voted for itself{when}", "já tinha votado em si{when}";
    had_voted_for(other: NodeId, when: &str): "it had voted for {other}{when}", "já tinha votado em {other}{when}";
    in_later_term(term: Term, since: &str): "it has been in term {term}{since}", "já está no term {term}{since}";
    leads_itself: "it is the leader", "é o leader";
    heard_from_leader(leader: NodeId, when: &str):
        "it had heard from its leader {leader}{when}, less than the shortest election timeout before",
        "tinha ouvido seu leader {leader}{when}, menos de um election timeout mínimo antes";
    log_is_behind(mine: &str, theirs: &str):
        "its own log, which {mine}, is more up-to-date than the candidate's, which {theirs}",
        "seu log, que {mine}, está mais atualizado que o do candidate, que {theirs}";
    /// Of a vote that is refused to a candidate of a lower priority.
    outranks(voter: NodeId): "{voter}'s priority is higher, and the candidate's log is not longer than its own (no rule of the paper)",
        "a prioridade de {voter} é maior, e o log do candidate não é mais longo que o seu (não é regra do artigo)";
    leads_term_itself(term: Term, since: &str): "it has led term {term}{since}",
        "lidera o term {term}{since}";
    keeps_running: "the rule “a candidate yields to the leader of its term” is off",
        "a regra “um candidate cede ao leader de seu term” está desligada";
    answers_earlier_term(term: Term): "it belongs to a term before {term}", "pertence a um term anterior a {term}";
    election_was_over(when: &str): "its election was over{when}", "sua eleição já tinha acabado{when}";
    vote_was_counted(when: &str): "that vote was counted{when}", "esse voto já foi contado{when}";
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
        EventKind::Decided(Decision::ElectionTimedOut) if matches!(event.role, Role::Candidate) => {
            "Figure 2, Candidates"
        }
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
            DeniedVote::LowerPriority => "raft-rs",
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
        let text = self.why_text();
        rule.replace("Figure", text.figure).replace("thesis", text.thesis)
    }

    /// What a reader asks who asks about the whole: why these lead, or why a property is broken.
    #[must_use]
    pub fn why_status(self, leaders: NodeSet, is_broken: bool) -> String {
        let text = self.why_text();
        match leaders.is_empty() {
            _ if is_broken => text.why_broken.to_owned(),
            true => text.nobody_leads.to_owned(),
            false => self.why_leads(leaders),
        }
    }

    /// What was asked, in words that stay true while time goes on.
    #[must_use]
    pub fn why_question(self, Asked { question, at, .. }: Asked) -> String {
        let text = self.why_text();
        match question {
            WhyQuestion::Leads(leaders) if leaders.is_empty() => self.why_nobody_led(at),
            WhyQuestion::Leads(leaders) => self.why_led(leaders, at),
            WhyQuestion::BothLead(leaders) => self.why_both_led(leaders.into_iter().collect(), at),
            WhyQuestion::Broken => text.why_was_broken.to_owned(),
            WhyQuestion::Server(server) => self.why_it_was(server, at),
            WhyQuestion::Event => text.why_it_happened.to_owned(),
            WhyQuestion::Election {
                candidates,
                term,
                is_lost: true,
            } => self.why_not_won(candidates, term),
            WhyQuestion::Election { candidates, term, .. } => self.why_stood(candidates, term),
        }
    }

    /// Why nobody could be elected when it was asked, or nobody had tried to be, if that was so.
    #[must_use]
    pub fn why_none_electable(self, asked: Asked) -> Option<String> {
        let NoElection::TooFew(shortage) = asked.none? else {
            return Some(self.none_timed_out(asked.at));
        };
        let Shortage {
            stopped,
            reaches,
            size,
            quorum,
        } = shortage;
        let running = size - stopped.len();
        Some(if running < quorum {
            self.few_ran(asked.at, running, size, stopped, quorum)
        } else {
            self.none_reached(asked.at, reaches, size, quorum)
        })
    }

    /// How the votes of a term were split.
    #[must_use]
    pub fn how_split(self, election: &Contest) -> String {
        let share = |campaign: &Campaign| self.share_of(campaign.voters(), campaign.candidate);
        let shares: Vec<_> = election.campaigns.iter().map(share).collect();
        self.split_votes_of(election.term, &shares.join("; "))
    }

    /// The votes that a candidate has, and whose are on their way.
    #[must_use]
    pub fn has_so_far(self, candidate: NodeId, votes: usize, quorum: usize, coming: NodeSet) -> String {
        let has = self.has_votes(candidate, votes, quorum);
        if coming.is_empty() {
            has
        } else {
            has + &self.votes_coming(coming)
        }
    }

    /// Why a server without a majority still acts as leader.
    #[must_use]
    pub fn why_it_still_acts(self, unaware: &Unaware) -> String {
        match unaware.of {
            Unknown::NewerTerm => self.knows_no_newer_term(unaware.leader),
            Unknown::LostQuorum => self.has_not_checked(unaware.leader),
            Unknown::Nothing => self.hears_of_no_newer_term(unaware.leader),
        }
    }

    /// An event that another one rested on, in a sentence. What itself rested on is not looked up, and nothing is said of it.
    #[must_use]
    pub fn explain_alone(self, event: &Event) -> String {
        match (event.kind, event.server) {
            (EventKind::Decided(Decision::VoteGranted { to, term, .. }), Some(server)) => {
                self.it_gave(server, to, term)
            }
            _ => self.explain(&CausalStep {
                event: *event,
                evidence: Vec::new(),
            }),
        }
    }

    /// An event in a sentence, with the values that decided it.
    #[must_use]
    pub fn explain(self, step: &CausalStep) -> String {
        let CausalStep { event, evidence } = step;
        let Some(server) = event.server else {
            return match event.kind {
                EventKind::Action(action) => self.done(action),
                _ => String::new(),
            };
        };
        let since = evidence.first().map(|event| event.at);
        match event.kind {
            EventKind::Action(action) if action.effect() == Effect::Start && event.at == Micros::ZERO => {
                self.there_from_the_start(server)
            }
            EventKind::Action(action) => self.done(action),
            EventKind::TimerSet { timer, fires_at } => self.timer_set(server, timer_name(timer), fires_at),
            EventKind::TimerCancelled(timer) => self.timer_stopped(server, timer_name(timer)),
            EventKind::TimerFired(timer) => self.timer_fired(server, timer, evidence),
            EventKind::Persisted(state) => self.persisted(server, state),
            EventKind::Sent { to, waits, message } => {
                self.sent(server, to, &self.message_in_full(message)) + &self.waited(server, waits)
            }
            EventKind::Duplicated { to, message, .. } => self.duplicated(server, to, &self.message_in_full(message)),
            EventKind::Delivered { from, message } => self.received(server, from, &self.message_in_full(message)),
            EventKind::Held { from, message } => {
                self.held(server, from, &self.message_in_full(message), &self.since(since))
            }
            EventKind::Lost { from, message, place } => {
                let why = self.why_lost((from, server), place, since);
                self.never_arrived(server, from, &self.message_in_full(message), &why)
            }
            EventKind::Decided(decision) => self.decided(server, event, decision, since),
        }
    }

    fn done(self, action: Action) -> String {
        capitalised(&self.action(action)) + "."
    }

    fn timer_fired(self, server: NodeId, timer: Timer, evidence: &[Event]) -> String {
        match timer {
            Timer::Election => self.why_expired(server, evidence),
            Timer::RecentLeader => self.leader_unheard(server),
            Timer::CheckQuorum => self.time_to_check_quorum(server),
            Timer::Heartbeat => self.time_for_heartbeats(server),
        }
    }

    /// Why an election timer ran out: what was last heard, and what kept the rest away.
    fn why_expired(self, server: NodeId, evidence: &[Event]) -> String {
        if let [won, missed] = evidence
            && let (Some(leader), EventKind::Decided(Decision::ElectionWon { .. })) = (won.server, won.kind)
            && let EventKind::Action(action) = missed.kind
        {
            let why = self.because_at(&self.action(action), missed.at);
            return self.no_heartbeat_of(server, leader, won.term, won.at, &why);
        }
        let leader = evidence.first().and_then(|heard| match heard.kind {
            EventKind::Decided(Decision::HeartbeatAccepted { from, .. }) => Some((from, heard.at)),
            EventKind::Decided(Decision::VoteGranted { to, .. }) => Some((to, heard.at)),
            _ => None,
        });
        let Some((leader, at)) = leader else {
            return self.election_timer_ran_out(server);
        };
        let kind = |event: &Event| match event.kind {
            EventKind::Decided(decision) => Some(decision),
            _ => None,
        };
        let voted = matches!(kind(&evidence[0]), Some(Decision::VoteGranted { .. }));
        let won = |event: &Event| matches!(kind(event), Some(Decision::ElectionWon { .. }));
        if voted && !evidence.iter().any(won) {
            return self.no_heartbeat_after_vote(server, leader, at);
        }
        let missed = || evidence[1..].iter().filter(|event| !won(event));
        let why = missed().next_back().map(|last| {
            let what = match last.kind {
                EventKind::Action(action) => self.action(action),
                EventKind::Lost { .. } if missed().count() > 1 => self.heartbeats_were_lost(missed().count()),
                EventKind::Lost { .. } => self.why_text().heartbeat_was_lost.to_owned(),
                _ => self.it_had_stepped_down(leader),
            };
            self.because_at(&what, last.at)
        });
        self.no_heartbeat_since(server, leader, at, &why.unwrap_or_default())
    }

    /// That a message did not leave at once, if it did not.
    pub(super) fn waited(self, sender: NodeId, waits: Micros) -> String {
        if waits == Micros::ZERO {
            return String::new();
        }
        self.waited_for_disk(sender, &self.millis(waits))
    }

    fn persisted(self, server: NodeId, state: HardState) -> String {
        match state.voted_for {
            Some(vote) => self.vote_persisted(server, state.current_term, vote),
            None => self.term_persisted(server, state.current_term),
        }
    }

    fn why_lost(self, (from, server): (NodeId, NodeId), place: LostWhere, since: Option<Micros>) -> String {
        let text = self.why_text();
        match place {
            LostWhere::Network => text.lost_by_luck.to_owned(),
            LostWhere::CutLink => self.lost_by_cut(&self.since(since)),
            LostWhere::Dropped => text.lost_by_hand.to_owned(),
            LostWhere::FullLink => text.lost_for_room.to_owned(),
            LostWhere::Sender => self.killed(from) + &self.when(since),
            // Without an action that took it down it may not have started yet.
            LostWhere::ServerDown => match since {
                Some(_) => self.lost_to_crash(server, &self.since(since)),
                None => self.lost_to_no_process(server),
            },
            LostWhere::Buffer => self.lost_to_pause(server),
        }
    }

    /// ` since 1.204 s`, if that is known.
    fn since(self, since: Option<Micros>) -> String {
        since.map(|at| self.since_instant(at)).unwrap_or_default()
    }

    /// ` at 1.204 s`, if that is known.
    fn when(self, at: Option<Micros>) -> String {
        at.map(|at| self.at_instant(at)).unwrap_or_default()
    }

    /// A message with what it carries.
    #[must_use]
    pub fn message_in_full(self, message: Message) -> String {
        let term = message.term();
        match message {
            Message::RequestVote { last_log, .. } => self.request_vote(term, &self.log_of(last_log)),
            Message::PreVote { last_log, .. } => self.pre_vote(term, &self.log_of(last_log)),
            Message::PreVoteReply { vote_granted: true, .. } => self.pre_vote_promised(term),
            Message::PreVoteReply { .. } => self.pre_vote_refused(term),
            Message::TimeoutNow { .. } => self.timeout_now(term),
            Message::RequestVoteReply { vote_granted: true, .. } => self.vote_granted(term),
            Message::RequestVoteReply { .. } => self.vote_refused(term),
            Message::AppendEntries { .. } => self.heartbeat(term),
            Message::AppendEntriesReply { success: true, .. } => self.heartbeat_answered(term),
            Message::AppendEntriesReply { .. } => self.heartbeat_refused(term),
        }
    }

    pub(super) fn log_of(self, log: LogPosition) -> String {
        if log == LogPosition::default() {
            return String::new();
        }
        self.log_ending_at(&self.log_place(log))
    }

    fn decided(self, server: NodeId, event: &Event, decision: Decision, since: Option<Micros>) -> String {
        let term = event.term;
        match decision {
            Decision::Started => self.it_started(server, term),
            Decision::ElectionTimedOut if event.role == Role::Candidate => self.it_won_nothing(server),
            Decision::ElectionTimedOut => self.it_timed_out(server),
            Decision::ElectionStarted { term } => self.it_ran(server, term),
            Decision::ElectionWon { votes } => self.it_won(server, term, votes.len()),
            Decision::TermAdvanced { old, new, from } => self.it_learned_of_term(server, old, new, from),
            Decision::SteppedDown(SteppedDown::NewerTerm) => self.it_stepped_down(server, term),
            Decision::SteppedDown(SteppedDown::LeaderOfTerm(leader)) => self.it_yielded(server, leader, term),
            Decision::SteppedDown(SteppedDown::NoQuorum) => self.it_lost_its_quorum(server, term),
            Decision::PreVoteStarted { term: next } => self.it_asked_for_pre_votes(server, next, term),
            Decision::QuorumHeard { servers } => self.it_heard_a_quorum(server, &list(servers, ", ")),
            Decision::TransferStarted { to } => self.it_hands_over(server, to),
            Decision::AskedToRun { by } => self.it_was_asked_to_run(server, by),
            Decision::LogMoved(log) => self.its_log_moved(server, &self.log_end(log)),
            Decision::VoteReceived { from, count } => self.it_counted(server, from, count),
            Decision::VoteRefused { from } => self.it_learned_of_refusal(server, from, term),
            Decision::ReplyIgnored { from, why } => {
                self.it_did_not_count(server, from, &self.reply_ignored(event, why, since))
            }
            Decision::PreVoteReceived { from, count } => self.it_learned_of_promise(server, from, count),
            Decision::PreVoteRefused { from } => self.it_learned_of_no_promise(server, from),
            Decision::PreVoteGranted { to, term: asked } => self.it_would_vote(server, to, asked),
            Decision::PreVoteDenied { to, term: asked, why } => {
                self.it_would_not_vote(server, to, asked, &self.vote_denied(event, why, since))
            }
            Decision::VoteGranted { to, term, .. } => match since {
                None => self.it_voted(server, to, term),
                Some(at) => self.it_voted_again(server, to, term, at),
            },
            Decision::VoteDenied { to, term: asked, why } => {
                self.it_refused(server, to, asked, &self.vote_denied(event, why, since))
            }
            Decision::HeartbeatAccepted { from, .. } => self.it_follows(server, from, term),
            Decision::HeartbeatDenied {
                from,
                term: theirs,
                why,
            } => self.it_refused_heartbeat(server, from, theirs, &self.heartbeat_denied(event, why, since)),
        }
    }

    fn vote_denied(self, event: &Event, why: DeniedVote, since: Option<Micros>) -> String {
        let itself = |other| Some(other) == event.server;
        match why {
            DeniedVote::AlreadyVotedFor(other) if itself(other) => self.voted_for_itself(&self.when(since)),
            DeniedVote::AlreadyVotedFor(other) => self.had_voted_for(other, &self.when(since)),
            DeniedVote::StaleTerm => self.in_later_term(event.term, &self.since(since)),
            DeniedVote::HasLeader(leader) if itself(leader) => self.decision_text().leads_itself.to_owned(),
            DeniedVote::HasLeader(leader) => self.heard_from_leader(leader, &self.when(since)),
            DeniedVote::LogBehind { mine, theirs } => self.log_is_behind(&self.log_end(mine), &self.log_end(theirs)),
            DeniedVote::LowerPriority => event.server.map_or_else(String::new, |voter| self.outranks(voter)),
        }
    }

    fn heartbeat_denied(self, event: &Event, why: DeniedHeartbeat, since: Option<Micros>) -> String {
        match why {
            DeniedHeartbeat::StaleTerm => self.in_later_term(event.term, &self.since(since)),
            DeniedHeartbeat::LeadsItself => self.leads_term_itself(event.term, &self.since(since)),
            DeniedHeartbeat::KeepsRunning => self.decision_text().keeps_running.to_owned(),
        }
    }

    fn reply_ignored(self, event: &Event, why: IgnoredReply, since: Option<Micros>) -> String {
        match why {
            IgnoredReply::StaleTerm => self.answers_earlier_term(event.term),
            IgnoredReply::NotCandidate => self.election_was_over(&self.when(since)),
            IgnoredReply::Duplicate => self.vote_was_counted(&self.when(since)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raft::Rules;
    use crate::scenario::{Scenario, ScenarioId};
    use crate::sim::{Chain, Config, EventId, History, OwnSetting};
    use crate::ui::explain::fixtures::troubled;
    use crate::ui::text::{has_decimal_point, pseudo};

    /// Messages and timers, whose names are no language's.
    const SHARED: [&str; 11] = [
        "RequestVote",
        "PreVote",
        "TimeoutNow",
        "heartbeat",
        "election",
        "timeout",
        "recent",
        "leader",
        "recent-leader",
        "check",
        "quorum",
    ];

    /// Whoever voted twice had voted for another one before: beside what rested on the second vote that is not denied.
    #[test]
    fn of_a_vote_that_something_rested_on_it_is_not_said_that_it_was_the_first() {
        let mut config = Config::paper(3);
        config.rules.one_vote_per_term = false;
        let mut history = History::new(config, 6, &[]).unwrap();
        for server in [0, 1].map(NodeId::new) {
            history.act(Action::force_timeout(server)).unwrap();
        }
        history.seek(Micros::from_millis(100));
        let given = |event: &&Event| matches!(event.kind, EventKind::Decided(Decision::VoteGranted { .. }));
        let all = history.trace().range(EventId(0), history.world().next_event());
        let votes: Vec<_> = all.filter(given).collect();
        assert!(votes.len() > 2);
        for vote in votes {
            let said = Lang::En.explain_alone(vote);
            assert!(said.contains(" voted for ") && !said.contains("no other"), "{said}");
        }
    }

    /// A candidate of a lower priority is refused for it; what gave the voter its own is beside it.
    #[test]
    fn a_refusal_by_priority_is_told_with_what_set_it() {
        let (s1, s3) = (NodeId::new(0), NodeId::new(2));
        let mut history = History::new(Config::paper(3), 6, &[]).unwrap();
        history.act(Action::set_server(s3, OwnSetting::priority(2))).unwrap();
        history.act(Action::force_timeout(s1)).unwrap();
        history.seek(Micros::from_millis(100));
        let denied = |event: &&Event| {
            let EventKind::Decided(Decision::VoteDenied { why, .. }) = event.kind else {
                return false;
            };
            event.server == Some(s3) && why == DeniedVote::LowerPriority
        };
        let mut all = history.trace().range(EventId(0), history.world().next_event());
        let chain = Chain::of(history.trace(), all.find(denied).unwrap().id);
        let [en, pt] = [Lang::En, Lang::Pt].map(|lang| lang.explain(&chain.steps[0]));
        assert!(en.contains("S3 refused S1 in term 1: S3's priority is higher"), "{en}");
        assert!(pt.contains("a prioridade de S3 é maior"), "{pt}");
        let evidence = &chain.steps[0].evidence;
        assert!(matches!(evidence[..], [Event { kind: EventKind::Action(set), .. }] if set.is_about_priority()));
    }

    /// S2 leads, and something is done: why the first timer expires then.
    fn expired_after(done: Action) -> [String; 2] {
        let s2 = NodeId::new(1);
        let mut history = History::new(Config::paper(5), 6, &[]).unwrap();
        history.act(Action::force_timeout(s2)).unwrap();
        history.seek(Micros::from_millis(200));
        history.act(done).unwrap();
        history.seek(Micros::from_millis(2000));
        let expired = |event: &&Event| event.kind == EventKind::TimerFired(Timer::Election);
        let all = history.trace().range(EventId(0), history.world().next_event());
        let event = all
            .filter(|event| event.at > Micros::from_millis(200))
            .find(expired)
            .unwrap()
            .id;
        let step = &Chain::of(history.trace(), event).steps[0];
        [Lang::En, Lang::Pt].map(|lang| lang.explain(step))
    }

    #[test]
    fn a_timer_that_expires_is_explained_by_what_kept_the_heartbeats_away() {
        let (s2, s3) = (NodeId::new(1), NodeId::new(2));
        for (done, en, pt) in [
            (Action::kill(s2), "S2 crashed at 0.200 s.", "S2 caiu aos 0,200 s."),
            (
                Action::pause(s2),
                "S2 was paused at 0.200 s.",
                "S2 foi pausado aos 0,200 s.",
            ),
            (
                Action::isolate(s3),
                "S3 was cut off from all others at 0.200 s.",
                "S3 foi isolado de todos os outros aos 0,200 s.",
            ),
            (
                Action::cut(s2, s3),
                "the link from S2 to S3 was cut at 0.200 s.",
                "a conexão de S2 para S3 foi cortada aos 0,200 s.",
            ),
        ] {
            let [said, dito] = expired_after(done);
            assert!(said.contains("'s election timer expired: since 0.1"), "{said}");
            assert!(said.ends_with(&format!(", because {en}")), "{said}");
            assert!(dito.ends_with(&format!(", porque {pt}")), "{dito}");
        }
    }

    #[test]
    fn how_many_heartbeats_were_lost_is_said_before_a_timer_expires() {
        let mut loses_all = Config::paper(5).network;
        loses_all.loss_permille = 1000;
        let [said, dito] = expired_after(Action::set_network(loses_all));
        assert!(said.ends_with(", because 2 were lost, the last at 0.317 s."), "{said}");
        assert!(
            dito.ends_with(", porque 2 se perderam, o último aos 0,317 s."),
            "{dito}"
        );
    }

    #[test]
    fn a_leader_that_crashed_while_its_last_heartbeats_were_on_their_way_is_named() {
        let mut history = Scenario::new(ScenarioId::Free).start();
        history.seek(Micros::from_millis(168));
        history.act(Action::kill(NodeId::new(1))).unwrap();
        history.seek(Micros::from_millis(500));
        let expired = |event: &&Event| {
            event.at > Micros::from_millis(168) && event.kind == EventKind::TimerFired(Timer::Election)
        };
        let event = history.happened().find(expired).expect("somebody stands").id;
        let said = Lang::En.explain(&Chain::of(history.trace(), event).steps[0]);
        assert!(said.ends_with(", because S2 crashed at 0.168 s."), "{said}");
    }

    /// A candidate that got a vote and did not win has no heartbeat that could be missed.
    #[test]
    fn no_heartbeat_is_missed_of_a_server_that_never_led() {
        let mut missed = 0;
        for id in [ScenarioId::PartialPartition, ScenarioId::Figure5, ScenarioId::SplitVote] {
            let mut history = Scenario::new(id).start();
            history.seek(Micros::from_secs(25));
            let all = || history.trace().range(EventId(0), history.world().next_event());
            for event in all().filter(|event| event.kind == EventKind::TimerFired(Timer::Election)) {
                let said = Lang::En.explain(&Chain::of(history.trace(), event.id).steps[0]);
                let Some((_, rest)) = said.split_once("no heartbeat from S") else {
                    missed += usize::from(said.contains("and no heartbeat came"));
                    continue;
                };
                let leader = NodeId::from_number(usize::from(rest.as_bytes()[0] - b'0'));
                let won = |earlier: &Event| matches!(earlier.kind, EventKind::Decided(Decision::ElectionWon { .. }));
                let mut before = all().take_while(|earlier| earlier.id < event.id);
                assert!(before.any(|earlier| earlier.server == leader && won(earlier)), "{said}");
            }
        }
        assert!(missed > 0);
    }

    /// Whatever a server's timer ran since: a leader was there, and its heartbeats never came.
    #[test]
    fn why_a_leader_was_deposed_under_partial_connectivity_comes_to_the_cut() {
        let mut history = Scenario::new(ScenarioId::PartialPartition).start();
        history.seek(Micros::from_secs(20));
        let trace = history.trace();
        let (mut lead, mut deposed) = (NodeSet::EMPTY, 0);
        for event in history.happened() {
            match (event.kind, event.server) {
                (EventKind::Decided(Decision::ElectionWon { .. }), Some(server)) => {
                    lead.insert(server);
                }
                (EventKind::Decided(Decision::SteppedDown(_)), Some(server)) if lead.contains(server) => {
                    lead.remove(server);
                    let chain = Chain::of(trace, event.id);
                    let said: Vec<_> = chain.steps.iter().map(|step| Lang::En.explain(step)).collect();
                    let contains = |words: &str| said.iter().any(|said| said.contains(words));
                    // Where nobody led yet, nothing was kept away.
                    assert!(
                        contains(" was cut at 0.3") || contains(", and no heartbeat came."),
                        "{said:#?}"
                    );
                    deposed += usize::from(contains(" was cut at 0.3"));
                }
                _ => {}
            }
        }
        assert!(deposed > 20, "{deposed}");
    }

    /// The drawer stays open while time goes on.
    #[test]
    fn what_was_asked_is_said_with_its_instant() {
        let mut asked = Asked {
            question: WhyQuestion::Leads(NodeSet::EMPTY),
            at: Micros(1_135_000),
            none: None,
        };
        assert_eq!(
            Lang::En.why_question(asked),
            "Why was there no leader with a majority at 1.135 s?"
        );
        assert_eq!(
            Lang::Pt.why_question(asked),
            "Por que não havia um leader com maioria aos 1,135 s?"
        );
        asked.question = WhyQuestion::Server(NodeId::new(2));
        assert_eq!(Lang::En.why_question(asked), "Why was S3 in this state at 1.135 s?");
        assert_eq!(Lang::En.why_none_electable(asked), None);
        asked.none = Some(NoElection::TooFew(Shortage {
            stopped: [0, 1, 3, 4].map(NodeId::new).into_iter().collect(),
            reaches: 1,
            size: 5,
            quorum: 3,
        }));
        let few = "At 1.135 s, 1 of 5 servers was running; S1, S2, S4 and S5 were not. It takes 3 votes to be elected.";
        assert_eq!(Lang::En.why_none_electable(asked).as_deref(), Some(few));
        asked.none = Some(NoElection::NoTimeout);
        let early = Lang::Pt.why_none_electable(asked).unwrap();
        assert!(early.starts_with("Até 1,135 s nenhum"), "{early}");
    }

    /// "If election timeout elapses: start new election" (Figure 2, Candidates).
    #[test]
    fn a_candidate_does_not_wait_for_a_leader() {
        let mut history = History::new(Config::paper(2), 6, &[]).unwrap();
        history.act(Action::kill(NodeId::new(0))).unwrap();
        history.seek(Micros::from_secs(1));
        let timed_out = EventKind::Decided(Decision::ElectionTimedOut);
        let told: Vec<_> = history
            .happened()
            .filter(|event| event.kind == timed_out)
            .map(|event| {
                let step = &Chain::of(history.trace(), event.id).steps[0];
                (Lang::En.explain(step), Lang::En.cite(event))
            })
            .collect();
        let said = |what: &str, figure: &str| (what.to_owned(), format!("Raft paper, Figure 2, {figure}"));
        assert_eq!(
            told[..2],
            [
                said(
                    "S2 gave up waiting for a leader: its election timeout is over.",
                    "Followers"
                ),
                said(
                    "S2 had not won by the end of its election timeout: it begins a new election.",
                    "Candidates"
                ),
            ]
        );
    }

    /// Whatever happens, somebody may ask why.
    #[test]
    fn every_event_has_a_sentence_in_every_language() {
        let history = troubled(Rules::PAPER);
        for event in history.trace().range(EventId(0), history.world().next_event()) {
            let step = &Chain::of(history.trace(), event.id).steps[0];
            let [en, pt] = [Lang::En, Lang::Pt].map(|lang| lang.explain(step));
            assert!(en.ends_with('.') && en.len() > 8, "{event:?}: {en}");
            assert!(pt.ends_with('.') && pt.len() > 7 && pt != en, "{event:?}: {pt}");
            assert!(!en.contains("  "), "{en}");
            assert!(!has_decimal_point(&pt), "{pt}");
            let said = Lang::Pt.event(event);
            assert!(!has_decimal_point(&said), "{said}");
            for said in [Lang::Pseudo.explain(step), Lang::Pseudo.event(event)] {
                let mut english = pseudo::english(&said);
                english.retain(|word| !SHARED.contains(word));
                assert_eq!(english, [""; 0], "not from the catalogue: {said}");
            }
        }
    }
}
