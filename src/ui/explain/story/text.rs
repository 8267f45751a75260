//! What the cards of a story say, in words.

use super::{
    Abdication, Answer, Ballot, Campaign, Card, CardKind, Contest, End, Ending, Loss, Lost, Trigger, VoteFate,
    deeds::DeedsInWords,
    told::{TimedSentence, Told},
};
use crate::{
    raft::{DeniedVote, NodeId, NodeSet, SteppedDown, Term, Timer},
    sim::{
        Action, ClusterAction, Contact, Entry, LinkAction, MessageAction, MessageId, Micros, OwnKind, Range,
        ServerAction,
    },
    ui::{
        run::incident::VoteSource,
        text::{Lang, capitalised, catalogue, list, timer_name},
    },
};

catalogue! {
    /// The story of a run.
    StoryText, story_text;

    start: "Start", "Início";
    they_start(count: usize): "{count} {count:server starts as a follower|servers start as followers}. Nobody leads yet.",
        "{count} {count:servidor inicia como follower|servidores iniciam como followers}. Ainda ninguém lidera.";
    who_stands(timeouts: &str): "A server that hears from no leader for its election timeout ({timeouts}) stands for election.",
        "Um servidor que não ouve um leader durante seu election timeout ({timeouts}) se candidata.";

    story_election(term: Term): "Election for term {term}", "Eleição para o term {term}";
    running: "running", "em andamento";
    /// What stands beside an election that runs and that none of its candidates can win any more; another one of the term may.
    story_hopeless(candidates: NodeSet): "{candidates} can't win it", "{candidates} não {candidates:pode|podem} vencê-la";
    /// What stands beside an election that is not decided when the next one begins.
    overtaken(term: Term): "term {term} has begun", "o term {term} já começou";
    story_won(leader: NodeId, term: Term): "{leader} won term {term}", "{leader} venceu o term {term}";
    /// Of one it is said on its own card, of two that won the same election together.
    story_won_too(leaders: NodeSet, term: Term): "{leaders} won term {term}{leaders: as well|}: two leaders in one term",
        "{leaders} {leaders:também venceu|venceram} o term {term}: dois leaders em um term";
    won_after(span: &str): "{span} of voting", "{span} de votação";
    story_split(term: Term): "Split vote in term {term}", "Votos divididos no term {term}";
    nobody_won(candidates: NodeSet): "{candidates} stood, nobody won", "{candidates} se candidataram, ninguém venceu";
    did_not_win(candidates: NodeSet, term: Term): "{candidates} did not win term {term}",
        "{candidates} não {candidates:venceu|venceram} o term {term}";

    /// What stands beside those that stood in a term which another one won.
    won_by(winner: NodeId): "{winner} won it", "{winner} venceu";

    silence(server: NodeId, leader: NodeId, ago: &str):
        "{server}'s election timer expired {ago} after the last heartbeat that it accepted from {leader}.",
        "O election timer de {server} se esgotou {ago} após o último heartbeat que aceitou de {leader}.";
    after_vote(server: NodeId, other: NodeId, ago: &str): "{server}'s election timer expired {ago} after it voted for {other}.",
        "O election timer de {server} se esgotou {ago} após votar em {other}.";
    again(server: NodeId, term: Term, ago: &str): "{server}'s election timer expired again, {ago} after it stood for election in term {term}.",
        "O election timer de {server} se esgotou de novo, {ago} após se candidatar no term {term}.";
    after_start(server: NodeId, ago: &str): "{server}'s election timer expired {ago} after the server started.",
        "O election timer de {server} se esgotou {ago} após o servidor iniciar.";
    after_question(server: NodeId, ago: &str): "{server}'s election timer expired again, {ago} after it asked who would vote for it.",
        "O election timer de {server} se esgotou de novo, {ago} após perguntar quem votaria nele.";
    after_leading(server: NodeId, ago: &str): "{server}'s election timer expired {ago} after it stepped down.",
        "O election timer de {server} se esgotou {ago} após renunciar.";
    after_message(server: NodeId, from: NodeId, ago: &str): "{server}'s election timer expired {ago} after a message from {from} had restarted it.",
        "O election timer de {server} se esgotou {ago} após ser reiniciado por uma mensagem de {from}.";
    was_asked(server: NodeId, leader: NodeId): "{leader} asked {server} to take over.",
        "{leader} pediu a {server} que assumisse a liderança.";
    refused_first(server: NodeId, other: NodeId): "{server} had just refused {other} its vote and stood for election again at once: the lab's bug.",
        "{server} acabara de negar o voto a {other} e logo se candidatou de novo: o bug do laboratório.";
    stood(server: NodeId): "{server} stood for election.", "{server} se candidatou.";
    asked_others(server: NodeId): "{server} voted for itself and asked the others.",
        "{server} votou em si e pediu o voto dos outros.";
    asked_pre_votes(server: NodeId): "{server} asked who would vote for it.", "{server} perguntou quem votaria nele.";
    enough_would(server: NodeId): "Enough would vote for {server}: it voted for itself and asked for their votes.",
        "Votos suficientes prometidos: {server} votou em si e pediu os votos.";
    /// Something that was done made several stand at one instant.
    stood_by_act(candidates: NodeSet, what: &str): "{candidates} stood for election: {what}.",
        "{candidates} {candidates:se candidatou|se candidataram}: {what}.";
    each_asked_others: "Each voted for itself and asked the others.", "Cada um votou em si e pediu o voto dos outros.";

    story_voted(voters: NodeSet, candidate: NodeId): "{candidate} received the {voters:vote|votes} of {voters}.",
        "{candidate} recebeu {voters:o voto|os votos} de {voters}.";
    counted_of(voters: NodeSet, candidate: NodeId, term: Term):
        "{candidate} counted {voters:the vote|votes} that {voters} gave in term {term}.",
        "{candidate} contou {voters:o voto|votos} que {voters} {voters:deu|deram} no term {term}.";
    votes_under_way(voters: NodeSet, candidate: NodeId):
        "{voters} voted for {candidate}, which has not received {voters:that vote|those votes} yet.",
        "{voters} {voters:votou|votaram} em {candidate}, que ainda não recebeu {voters:esse voto|esses votos}.";
    votes_fade(voters: NodeSet, candidate: NodeId): "{voters} voted for {candidate}; the {voters:vote gets|votes get} lost on the way.",
        "{voters} {voters:votou|votaram} em {candidate}; {voters:o voto se perde|os votos se perdem} no caminho.";
    votes_too_late(voters: NodeSet, candidate: NodeId): "{voters} voted for {candidate}, too late to count.",
        "{voters} {voters:votou|votaram} em {candidate}, tarde demais para contar.";
    votes_in_vain(voters: NodeSet, candidate: NodeId): "{voters} voted for {candidate}; the {voters:vote|votes} did not arrive.",
        "{voters} {voters:votou|votaram} em {candidate}; {voters:o voto não chegou|os votos não chegaram}.";
    /// After that a vote did not arrive.
    over_cut_link: ": cut link.", ": conexão cortada.";
    granted_in_vain(candidate: NodeId): "enough voted for {candidate}, in vain",
        "votos suficientes em {candidate}, em vão";
    votes_beside(voters: NodeSet, candidate: NodeId):
        "{voters} had also voted for {candidate}, which won without waiting for {voters:that vote|those votes}.",
        "{voters} também {voters:tinha|tinham} votado em {candidate}, que venceu sem esperar por {voters:esse voto|esses votos}.";
    votes_after(voters: NodeSet, candidate: NodeId): "{voters} voted for {candidate} as well, after it had won.",
        "{voters} também {voters:votou|votaram} em {candidate}, que já tinha vencido.";
    story_refused(voter: NodeId, candidate: NodeId, why: &str): "{voter} refused {candidate}: {why}.",
        "{voter} recusou {candidate}: {why}.";
    refused_for_themselves(voters: NodeSet, candidate: NodeId): "{voters} refused {candidate}: {voters:it|each} had voted for itself.",
        "{voters} {voters:recusou|recusaram} {candidate}: {voters:já tinha|cada um já tinha} votado em si.";
    refused_for(voters: NodeSet, candidate: NodeId, other: NodeId): "{voters} refused {candidate}: {voters:it|they} had voted for {other}.",
        "{voters} {voters:recusou|recusaram} {candidate}: já {voters:tinha|tinham} votado em {other}.";
    was_in_newer_term: "it was in a newer term", "já estava em um term mais novo";
    requests_in_vain(servers: NodeSet, candidate: NodeId): "{candidate}'s {servers:request|requests} to {servers} did not arrive.",
        "{servers:O pedido|Os pedidos} de {candidate} a {servers} não {servers:chegou|chegaram}.";
    /// What stands beside an election in which they might have made a winner.
    requests_lost: "requests were lost", "pedidos se perderam";
    /// What an election did beside being won or lost.
    leader_deposed(leader: NodeId, led: Term, term: Term, from: NodeId):
        "{leader}, which had led term {led}, stepped down: it learned of term {term} from {from}.",
        "{leader}, que liderava o term {led}, renunciou: soube do term {term} por {from}.";
    unanswered(servers: NodeSet, candidate: NodeId): "{candidate} got no answer from {servers}.",
        "{candidate} não teve resposta de {servers}.";

    story_needs(candidate: NodeId, votes: usize, quorum: usize): "{candidate} has {votes} of the {quorum} votes that it needs.",
        "{candidate} tem {votes} dos {quorum} votos de que precisa.";
    cannot_win(candidate: NodeId, why: &str): "{candidate} can't win: {why}.", "{candidate} não pode vencer: {why}.";
    /// The same of several that stand in one term.
    none_can_win(candidates: NodeSet, quorum: usize):
        "{candidates} can't win: {candidates:none|neither|none} of them can get the {quorum} votes it needs.",
        "{candidates} não podem vencer: nenhum {candidates:deles|dos dois|deles} pode obter os {quorum} votos de que precisa.";
    has_won(leader: NodeId, votes: usize, size: usize): "With {votes} of {size} {size:vote|votes}, {leader} became leader.",
        "Com {votes} de {size} {size:voto|votos}, {leader} tornou-se leader.";
    stood_again(candidate: NodeId, votes: usize, size: usize): "{candidate} had {votes} of {size} votes when it stood for election again.",
        "{candidate} tinha {votes} de {size} votos quando se candidatou de novo.";
    story_timed_out(candidate: NodeId, votes: usize, size: usize): "{candidate} had {votes} of {size} votes when its timer expired.",
        "{candidate} tinha {votes} de {size} votos quando seu timer se esgotou.";
    saw_newer_term(candidate: NodeId, term: Term): "{candidate} stepped down: it learned of term {term}.",
        "{candidate} desistiu: soube do term {term}.";
    saw_leader(candidate: NodeId, leader: NodeId): "{candidate} stepped down: {leader} had won this term.",
        "{candidate} desistiu: {leader} já tinha vencido este term.";
    candidate_crashed(candidate: NodeId): "{candidate} crashed.", "{candidate} caiu.";

    leaderless: "No leader with a majority", "Sem leader com maioria";
    leaderless_for(span: &str): "No leader with a majority for {span}", "Sem leader com maioria por {span}";
    until_now: "so far", "até agora";
    leader_crashed(leader: NodeId): "{leader}, the leader, crashed.", "{leader}, o leader, caiu.";
    leader_paused(leader: NodeId): "{leader}, the leader, was paused.", "{leader}, o leader, foi pausado.";
    leader_reaches(leader: NodeId, reached: usize, size: usize):
        "{leader}, the leader, reached only {reached} of {size} servers, itself included.",
        "{leader}, o leader, passou a alcançar só {reached} de {size} servidores, incluindo ele próprio.";
    leader_hears(leader: NodeId, hears: usize, size: usize, heard: usize):
        "{leader}, the leader, heard only {hears} of {size} servers, itself included, though {heard} {heard:other|others} heard it.",
        "{leader}, o leader, passou a ouvir só {hears} de {size} servidores, incluindo ele próprio, embora {heard} {heard:outro o ouvisse|outros o ouvissem}.";
    leader_is_heard(leader: NodeId, heard: usize, size: usize, hears: usize):
        "{leader}, the leader, was heard by only {heard} of {size} servers, itself included, though it heard {hears} {hears:other|others}.",
        "{leader}, o leader, passou a ser ouvido só por {heard} de {size} servidores, incluindo ele próprio, embora ouvisse {hears} {hears:outro|outros}.";
    leader_reaches_none(leader: NodeId): "{leader}, the leader, could talk with no other server.",
        "{leader}, o leader, já não conversava com nenhum outro servidor.";
    leader_hears_none(leader: NodeId): "{leader}, the leader, heard no other server any more, though it was heard.",
        "{leader}, o leader, já não ouvia nenhum outro servidor, embora fosse ouvido.";
    leader_heard_by_none(leader: NodeId): "{leader}, the leader, was no longer heard by any other server.",
        "{leader}, o leader, já não era ouvido por nenhum outro servidor.";
    leader_unheard_of(leader: NodeId): "{leader}, the leader, stepped down: no quorum answered its heartbeats.",
        "{leader}, o leader, renunciou: nenhum quórum respondeu a seus heartbeats.";
    leader_deposed_by(leader: NodeId, term: Term, from: NodeId):
        "{leader}, the leader, stepped down: it learned of term {term} from {from}.",
        "{leader}, o leader, renunciou: soube do term {term} por {from}.";
    leader_outdated(leader: NodeId, newer: NodeSet):
        "{leader}, the leader, lost its majority: {newer} moved to a newer term.",
        "{leader}, o leader, perdeu a maioria: {newer} {newer:passou|passaram} a um term mais novo.";
    reaches_next(leader: NodeId): "From then on, {leader} reached a majority.", "A partir daí, {leader} alcançava uma maioria.";
    leads_next(leader: NodeId): "From then on, {leader} led with a majority.",
        "A partir daí, {leader} liderou com maioria.";

    stepped_down(leader: NodeId): "{leader} stepped down", "{leader} renunciou";
    led_term(term: Term): "it led term {term}", "liderava o term {term}";
    leader_learned(leader: NodeId, led: Term, new: Term, from: NodeId):
        "{leader} learned of term {new} from {from}, so it no longer leads term {led}.",
        "{leader} soube do term {new} por {from} e por isso não lidera mais o term {led}.";
    leader_unanswered(leader: NodeId, led: Term):
        "No quorum answered {leader}'s heartbeats, so it no longer leads term {led}.",
        "Nenhum quórum respondeu aos heartbeats de {leader}, que por isso não lidera mais o term {led}.";
    leader_stopped(leader: NodeId, led: Term): "{leader} no longer leads term {led}.", "{leader} não lidera mais o term {led}.";

    you: "You", "Você";
    scenario: "The scenario", "O cenário";
    did(who: &str, what: &str): "{who} {what}", "{who} {what}";
    and_others(count: usize): "And {count} more.", "E mais {count}.";
    did_many(who: &str, count: usize): "{who} took {count} actions at once", "{who} fez {count} ações de uma vez";
    /// In the word of the button that does it.
    healed(who: &str): "{who} healed the cluster", "{who} restaurou o cluster";
    cut_many(who: &str, count: usize): "{who} cut {count} links", "{who} cortou {count} conexões";
    restored_many(who: &str, count: usize): "{who} restored {count} links", "{who} restaurou {count} conexões";
    /// Both ways.
    cut_with(server: NodeId, others: NodeSet): "cut {server}'s {others:link|links} with {others}",
        "cortou {others:a conexão|as conexões} de {server} com {others}";
    restored_with(server: NodeId, others: NodeSet): "restored {server}'s {others:link|links} with {others}",
        "restaurou {others:a conexão|as conexões} de {server} com {others}";
    were_cut(server: NodeId, others: NodeSet): "{server}'s {others:link|links} with {others} {others:was|were} cut.",
        "{others:A conexão|As conexões} de {server} com {others} {others:foi cortada|foram cortadas}.";
    were_restored(server: NodeId, others: NodeSet): "{server}'s {others:link|links} with {others} {others:was|were} restored.",
        "{others:A conexão|As conexões} de {server} com {others} {others:foi restaurada|foram restauradas}.";

    did_crash(server: NodeId): "crashed {server}", "derrubou {server}";
    did_start(server: NodeId): "started {server}", "iniciou {server}";
    did_restart(server: NodeId): "restarted {server}", "reiniciou {server}";
    has_restarted(server: NodeId): "{server} restarted.", "{server} reiniciou.";
    did_reset: "reset the network", "devolveu a rede ao que era";
    was_reset: "The network was reset.", "A rede voltou ao que era.";
    did_pause(server: NodeId): "paused {server}", "pausou {server}";
    did_resume(server: NodeId): "resumed {server}", "retomou {server}";
    did_wipe(server: NodeId): "crashed {server} and wiped its disk", "derrubou {server} e apagou seu disco";
    forced_timer(server: NodeId, timer: &str): "forced {server}'s {timer} timer to expire",
        "forçou o {timer} timer de {server} a se esgotar";
    did_set_log(server: NodeId, end: &str): "set {server}'s log: it {end}", "ajustou o log de {server}: {end}";
    did_set_timer(server: NodeId, rest: &str): "set {server}'s election timer to expire {rest} later",
        "ajustou o election timer de {server} para se esgotar {rest} depois";
    asked_to_hand_over(server: NodeId, to: NodeId): "asked {server} to hand over to {to}",
        "pediu a {server} que passasse a liderança a {to}";
    did_cut_off(server: NodeId): "cut {server} off from all others", "isolou {server} de todos os outros";
    reconnected(server: NodeId): "restored {server}'s links", "restaurou as conexões de {server}";
    cut_link(from: NodeId, to: NodeId): "cut the link from {from} to {to}", "cortou a conexão de {from} para {to}";
    restored_link(from: NodeId, to: NodeId): "restored the link from {from} to {to}",
        "restaurou a conexão de {from} para {to}";
    parted(group: NodeSet): "cut {group} off from the others", "separou {group} dos outros";
    did_ask_for(what: &str): "asked for: {what}", "pediu: {what}";
    restored_all: "restored all links", "restaurou todas as conexões";
    aligned_timers: "aligned all election timers", "alinhou todos os election timers";
    spread_timers: "spread all election timers", "espaçou todos os election timers";
    did_set_timing(what: &str): "set the timing to: {what}", "ajustou os tempos: {what}";
    did_set_network(what: &str): "set the network to: {what}", "ajustou a rede: {what}";
    changed_timing_of(server: NodeId, what: &str): "changed {server}'s timing: {what}", "alterou os tempos de {server}: {what}";
    changed_rules_of(servers: NodeSet, what: &str): "changed the rules of {servers}: {what}", "alterou as regras de {servers}: {what}";
    rules_of_were_changed(servers: NodeSet, what: &str): "The rules of {servers} were changed: {what}.",
        "As regras de {servers} foram alteradas: {what}.";
    changed_settings_of(server: NodeId, what: &str): "changed {server}'s settings: {what}", "alterou os ajustes de {server}: {what}";
    changed_link(from: NodeId, to: NodeId, what: &str): "changed the link from {from} to {to}: {what}",
        "alterou a conexão de {from} para {to}: {what}";
    changed_links(links: &str, count: usize, what: &str): "changed the {count:link|links} {links}: {what}",
        "alterou {count:a conexão|as conexões} {links}: {what}";
    links_were_changed(links: &str, count: usize, what: &str): "The {count:link|links} {links} {count:was|were} changed: {what}.",
        "{count:A conexão|As conexões} {links} {count:foi alterada|foram alteradas}: {what}.";
    changed_own(who: &str): "{who} changed settings of some servers or links",
        "{who} alterou ajustes de alguns servidores ou conexões";
    changed_rules(changes: &str): "changed the rules to: {changes}", "alterou as regras para: {changes}";
    back_to_paper: "set the rules to the paper's", "voltou às regras do artigo";
    dropped(message: MessageId): "dropped message {message}", "descartou a mensagem {message}";
    did_duplicate(message: MessageId): "duplicated message {message}", "duplicou a mensagem {message}";
    did_delay(message: MessageId, by: &str): "delayed message {message} by {by}", "atrasou a mensagem {message} em {by}";
    delivered(message: MessageId): "delivered message {message} at once", "entregou a mensagem {message} na hora";
    mishandled(message: MessageId, server: NodeId): "let {server} handle message {message} against the rules",
        "fez {server} tratar a mensagem {message} contra as regras";

    /// What stands beside a tally.
    story_votes(votes: usize, quorum: usize): "{votes} {votes:vote|votes}, needs {quorum}",
        "{votes} {votes:voto|votos}, precisa de {quorum}";
    /// The name of a tally.
    story_tally(candidate: NodeId, voters: &str, votes: usize, quorum: usize):
        "Votes for {candidate}: {voters}; {votes} of {quorum} needed", "Votos em {candidate}: {voters}; {votes} de {quorum} necessários";
    pre_votes_for(candidate: NodeId, voters: &str, votes: usize, quorum: usize):
        "Pre-votes for {candidate}: {voters}; {votes} of {quorum} needed", "Pre-votes em {candidate}: {voters}; {votes} de {quorum} necessários";
    came_late(servers: NodeSet): "too late to matter: {servers}", "tarde demais para contar: {servers}";
    refused_by(servers: NodeSet): "refused by {servers}", "recusado por {servers}";
}

impl Lang {
    /// What a card says.
    #[must_use]
    pub fn tell(self, card: &Card, deeds: DeedsInWords) -> Told {
        let mut told = match &card.kind {
            CardKind::Start { started, timeouts } => self.tell_start(card.at, *started, *timeouts),
            CardKind::Acts(acts) => deeds.told(self, card.at, acts),
            CardKind::Election(election) => self.tell_election(card.at, election, deeds),
            CardKind::PreVote(asked) => self.tell_pre_vote(asked, deeds),
            CardKind::Loss(loss) => self.tell_loss(card.at, loss),
            CardKind::Regained(regained) => deeds.regained(self, card.at, *regained),
            CardKind::SteppedDown(abdication) => self.tell_abdication(card.at, *abdication),
            CardKind::Broken(violation) => {
                let mut told = Told {
                    title: self.violation(*violation).trim_end_matches('.').to_owned(),
                    ..Told::default()
                };
                let (broken, property) = (self.text().safety_broken, self.property(violation.property));
                told.say(card.at, format!("{broken}: “{property}”."));
                told
            }
        };
        // What several did is told as it began; how things stand comes last.
        told.sentences = crate::short_sort::sorted_by_key(told.sentences, |sentence| {
            sentence.when.map_or(Micros(u64::MAX), |(since, _)| since)
        });
        told
    }

    fn tell_start(self, at: Micros, started: NodeSet, timeouts: Range) -> Told {
        let mut told = Told {
            title: self.story_text().start.to_owned(),
            ..Told::default()
        };
        told.say(at, self.they_start(started.len()));
        told.say(at, self.who_stands(&self.span(timeouts)));
        told
    }

    /// Who did what: `You crashed S2`.
    #[must_use]
    pub fn action_of(self, entry: Entry) -> String {
        self.done_by(entry.scripted, &[entry.action])
    }

    /// The same of several actions in a row, of the scenario or of the reader.
    #[must_use]
    pub fn done_by(self, scripted: bool, actions: &[Action]) -> String {
        let deeds: Vec<_> = actions.iter().map(|action| self.deed(*action)).collect();
        self.did(self.who_did(scripted), &deeds.join(", "))
    }

    /// Who did it: the scenario, or the reader.
    pub(super) const fn who_did(self, scripted: bool) -> &'static str {
        let text = self.story_text();
        if scripted { text.scenario } else { text.you }
    }

    /// What was done, as words that follow who did it: `crashed S2`.
    #[must_use]
    pub fn deed(self, action: Action) -> String {
        let text = self.story_text();
        match action {
            Action::Server(server, action) => self.deed_to_server(server, action),
            Action::Link(from, to, LinkAction::Cut) => self.cut_link(from, to),
            Action::Link(from, to, LinkAction::Heal) => self.restored_link(from, to),
            Action::Link(from, to, LinkAction::Set(setting)) => self.changed_link(from, to, &self.own_setting(setting)),
            Action::Message(id, action) => match action {
                MessageAction::Drop => self.dropped(id),
                MessageAction::Duplicate => self.did_duplicate(id),
                MessageAction::Delay(by) => self.did_delay(id, &self.millis(by)),
                MessageAction::Deliver => self.delivered(id),
                MessageAction::Accept | MessageAction::Refuse => self.mishandled(id, id.to),
            },
            Action::Cluster(action) => match action {
                ClusterAction::AlignTimers => text.aligned_timers.to_owned(),
                ClusterAction::SpreadTimers => text.spread_timers.to_owned(),
                ClusterAction::Partition(group) => self.parted(group),
                ClusterAction::HealAll => text.restored_all.to_owned(),
                ClusterAction::SetTiming(timing) => self.did_set_timing(&self.timing_in_words(timing)),
                ClusterAction::SetNetwork(network) => self.did_set_network(&self.network_in_words(network)),
                ClusterAction::SetRules(rules) if rules.modified() => self.changed_rules(&self.rules_changes(rules, 3)),
                ClusterAction::SetRules(_) => text.back_to_paper.to_owned(),
            },
            Action::Role(..) => self.did_ask_for(&self.action(action)),
        }
    }

    fn deed_to_server(self, server: NodeId, action: ServerAction) -> String {
        let forced = |timer| self.forced_timer(server, timer_name(timer));
        match action {
            ServerAction::Kill => self.did_crash(server),
            ServerAction::Start => self.did_start(server),
            ServerAction::Pause => self.did_pause(server),
            ServerAction::Resume => self.did_resume(server),
            ServerAction::WipeDisk => self.did_wipe(server),
            ServerAction::ForceTimeout => forced(Timer::Election),
            ServerAction::SendHeartbeats => forced(Timer::Heartbeat),
            ServerAction::ExpireLeader => forced(Timer::RecentLeader),
            ServerAction::CheckQuorum => forced(Timer::CheckQuorum),
            ServerAction::TransferLeadership(to) => self.asked_to_hand_over(server, to),
            ServerAction::SetLog(log) => self.did_set_log(server, &self.log_end(log)),
            ServerAction::SetElectionTimer(rest) => self.did_set_timer(server, &self.millis(rest)),
            ServerAction::Isolate => self.did_cut_off(server),
            ServerAction::Rejoin => self.reconnected(server),
            ServerAction::Set(setting) => {
                let what = &self.own_setting(setting);
                match setting.kind {
                    OwnKind::RuleOn | OwnKind::RuleOff | OwnKind::RuleAsCluster => {
                        self.changed_rules_of(NodeSet::only(server), what)
                    }
                    OwnKind::AsCluster | OwnKind::Priority => self.changed_settings_of(server, what),
                    _ => self.changed_timing_of(server, what),
                }
            }
        }
    }

    fn tell_election(self, since: Micros, election: &Contest, deeds: DeedsInWords) -> Told {
        let text = self.story_text();
        let mut told = Told::default();
        if let Some((winner, end)) = election.won().and_then(|winner| Some((winner, winner.end?))) {
            // Others may have stood long before, in vain.
            let began = winner.asked_since(since).unwrap_or(winner.at);
            let winners = election.winners();
            let is_alone = winners.len() == 1 && election.taken.is_none_or(|other| winners.contains(other));
            told.title = if is_alone {
                self.story_won(winner.candidate, election.term)
            } else {
                self.story_won_too(winners, election.term)
            };
            told.status = self.won_after(&self.elapsed(began, end.at));
        } else if let Some(winner) = election.taken {
            told.title = self.did_not_win(election.candidates(), election.term);
            told.status = self.won_by(winner);
        } else if election.is_hopeless() {
            told.title = self.story_election(election.term);
            told.status = self.story_hopeless(election.candidates());
        } else if election.is_running() {
            told.title = self.story_election(election.term);
            text.running.clone_into(&mut told.status);
        } else if let Some(term) = election.overtaken_by.filter(|_| election.is_open()) {
            told.title = self.story_election(election.term);
            told.status = self.overtaken(term);
        } else if election.is_split() {
            told.title = self.story_split(election.term);
            told.status = self.nobody_won(election.candidates());
        } else {
            told.title = self.did_not_win(election.candidates(), election.term);
            if let Some(candidate) = election.granted() {
                told.status = self.granted_in_vain(candidate);
            } else if election.needed_lost() {
                text.requests_lost.clone_into(&mut told.status);
            }
        }
        for campaign in &election.campaigns {
            self.tell_campaign(since, election, campaign, deeds, &mut told);
        }
        let lost: NodeSet = election.lost().collect();
        if lost.len() > 1 {
            told.say_now(self.none_can_win(lost, election.quorum));
        }
        for (leader, led, at, from) in &election.deposed {
            told.say(*at, self.leader_deposed(*leader, *led, election.term, *from));
        }
        told
    }

    fn tell_campaign(
        self,
        since: Micros,
        election: &Contest,
        campaign: &Campaign,
        deeds: DeedsInWords,
        told: &mut Told,
    ) {
        let candidate = campaign.candidate;
        let together = election.began_with(campaign);
        if together.iter().next() == Some(candidate) {
            let mut began = self.tell_trigger(
                candidate,
                campaign.trigger,
                campaign.asked_first.unwrap_or(campaign.at),
                together,
                deeds,
            );
            if campaign.asked_first.is_some() {
                if let Some(asked) = campaign.asked_since(since) {
                    told.say(asked, began + " " + &self.asked_pre_votes(candidate));
                }
                began = self.enough_would(candidate);
            } else if election.size > 1 {
                let asked = if together.len() > 1 {
                    self.story_text().each_asked_others.to_owned()
                } else {
                    self.asked_others(candidate)
                };
                began = began + " " + &asked;
            }
            told.say(campaign.at, began);
        }
        self.tell_counted(campaign, told);
        self.tell_refusals(campaign, told);
        if !campaign.won() {
            self.tell_uncounted(campaign, told);
        }
        let (votes, size) = (campaign.counted().count(), election.size);
        match campaign.end {
            // Of several it is said once.
            None if campaign.lost.is_some() && election.lost().count() > 1 => {
                let unheard = election.missed(campaign).all();
                if !unheard.is_empty() {
                    told.say_now(self.requests_in_vain(unheard, candidate));
                }
            }
            None if let Some(lost) = campaign.lost => {
                told.say_now(self.cannot_win(candidate, &self.lost_chance(lost, votes, election.quorum)));
            }
            // Of several, their tallies say it.
            None if election.campaigns.len() > 1 => {}
            None => told.say_now(self.story_needs(candidate, votes, election.quorum)),
            Some(end) => {
                let ended = self.tell_end(candidate, votes, size, end);
                let said = if campaign.won() {
                    ended
                } else {
                    self.tell_silence(election, campaign) + &ended
                };
                told.say(end.at, said);
            }
        }
        if let Some(end) = campaign.end.filter(|end| end.how == End::Won) {
            self.tell_votes_beside(campaign, end.at, told);
        }
    }

    /// Who has not answered a candidate: whom its requests did not reach apart.
    fn tell_silence(self, election: &Contest, campaign: &Campaign) -> String {
        let (silent, candidate) = (election.silent(campaign), campaign.candidate);
        let unheard = election.missed(campaign).all();
        let mut told = String::new();
        if !unheard.is_empty() {
            told += &(self.requests_in_vain(unheard, candidate) + " ");
        }
        let silent = silent.without(unheard);
        if !silent.is_empty() {
            told += &(self.unanswered(silent, candidate) + " ");
        }
        told
    }

    /// What was counted as a vote: of each kind in one sentence.
    pub(super) fn tell_counted(self, campaign: &Campaign, told: &mut Told) {
        let is_of = |ballot: &Ballot, source| ballot.answer == Answer::Counted && ballot.source == source;
        for (place, Ballot { source, answer, .. }) in campaign.ballots.iter().enumerate() {
            let (before, rest) = campaign.ballots.split_at(place);
            if *answer != Answer::Counted || before.iter().any(|ballot| is_of(ballot, *source)) {
                continue;
            }
            let own = rest.iter().filter(|ballot| is_of(ballot, *source));
            let voters: NodeSet = own.map(|ballot| ballot.voter).collect();
            match *source {
                VoteSource::ThisTerm => self.tell_voters(campaign, voters, Self::story_voted, told),
                VoteSource::PreVote => self.tell_voters(campaign, voters, Self::would_vote, told),
                VoteSource::Other(term) => {
                    if let Some((since, at)) = Self::span_of(campaign, |ballot| voters.contains(ballot.voter)) {
                        told.say_of(since, at, self.counted_of(voters, campaign.candidate, term));
                    }
                }
            }
        }
    }

    /// Refusals, those with one reason in one sentence.
    pub(super) fn tell_refusals(self, campaign: &Campaign, told: &mut Told) {
        let candidate = campaign.candidate;
        let rival = |ballot: &Ballot| match ballot.answer {
            Answer::Refused(DeniedVote::AlreadyVotedFor(other)) if other == ballot.voter => Some(None),
            Answer::Refused(DeniedVote::AlreadyVotedFor(other)) => Some(Some(other)),
            _ => None,
        };
        for (place, ballot) in campaign.ballots.iter().enumerate() {
            let Answer::Refused(why) = ballot.answer else { continue };
            let same = |other: &&Ballot| rival(other).is_some() && rival(other) == rival(ballot);
            if campaign.ballots[place + 1..].iter().any(|later| same(&later)) {
                continue;
            }
            let voters: NodeSet = campaign
                .ballots
                .iter()
                .filter(same)
                .map(|ballot| ballot.voter)
                .collect();
            let said = match rival(ballot) {
                Some(None) => self.refused_for_themselves(voters, candidate),
                Some(Some(other)) => self.refused_for(voters, candidate, other),
                None => self.story_refused(ballot.voter, candidate, &self.refusal(ballot.voter, why)),
            };
            let since = Self::span_of(campaign, |other| same(&other)).map_or(ballot.at, |(since, _)| since);
            told.say_of(since, ballot.at, said);
        }
    }

    fn tell_end(self, candidate: NodeId, votes: usize, size: usize, end: Ending) -> String {
        match end.how {
            End::Won if votes * 2 <= size => self.has_won(candidate, votes, size) + " " + &self.few_are_enough(votes),
            End::Won => self.has_won(candidate, votes, size),
            End::StoodAgain => self.stood_again(candidate, votes, size),
            End::TimedOut => self.story_timed_out(candidate, votes, size),
            End::SteppedDown(SteppedDown::LeaderOfTerm(leader), _) => self.saw_leader(candidate, leader),
            End::SteppedDown(_, term) => self.saw_newer_term(candidate, term),
            End::Crashed => self.candidate_crashed(candidate),
        }
    }

    /// Votes for who has won without counting them, those that were given after that apart.
    fn tell_votes_beside(self, campaign: &Campaign, won_at: Micros, told: &mut Told) {
        let (given, candidate) = (campaign.late().collect::<NodeSet>(), campaign.candidate);
        self.tell_lost_votes(campaign, told);
        let is_after = |ballot: &&Ballot| ballot.at > won_at;
        let after = campaign.ballots.iter().filter(is_after).map(|ballot| ballot.voter);
        let after = given.and(after.collect());
        let before = given.without(after);
        if !before.is_empty() {
            told.say(won_at, self.votes_beside(before, candidate));
        }
        if let Some((since, last)) = Self::span_of(campaign, |ballot| after.contains(ballot.voter)) {
            told.say_of(since, last, self.votes_after(after, candidate));
        }
    }

    /// Votes that the candidate has not counted.
    fn tell_uncounted(self, campaign: &Campaign, told: &mut Told) {
        if campaign.end.is_some() {
            let late = [VoteFate::Arrives, VoteFate::Fades];
            self.tell_given(campaign, &late, Self::votes_too_late, told);
        } else {
            self.tell_given(campaign, &[VoteFate::Arrives], Self::votes_under_way, told);
            self.tell_given(campaign, &[VoteFate::Fades], Self::votes_fade, told);
        }
        self.tell_lost_votes(campaign, told);
    }

    /// Votes that were lost on their way.
    fn tell_lost_votes(self, campaign: &Campaign, told: &mut Told) {
        self.tell_given(campaign, &[VoteFate::Lost], Self::votes_in_vain, told);
        let cut = |lang: Self, voters, candidate| {
            let lost = lang.votes_in_vain(voters, candidate);
            lost.trim_end_matches('.').to_owned() + lang.story_text().over_cut_link
        };
        self.tell_given(campaign, &[VoteFate::Cut], cut, told);
    }

    /// Votes that the candidate has not counted, of which this became.
    fn tell_given(
        self,
        campaign: &Campaign,
        fates: &[VoteFate],
        say: fn(Self, NodeSet, NodeId) -> String,
        told: &mut Told,
    ) {
        let is_it = |ballot: &&Ballot| ballot.answer == Answer::Given && fates.contains(&ballot.fate);
        let voters = campaign.ballots.iter().filter(is_it).map(|ballot| ballot.voter);
        self.tell_voters(campaign, voters.collect(), say, told);
    }

    /// Says something of voters, if there are any, when they voted.
    fn tell_voters(
        self,
        campaign: &Campaign,
        voters: NodeSet,
        say: fn(Self, NodeSet, NodeId) -> String,
        told: &mut Told,
    ) {
        if let Some((since, last)) = Self::span_of(campaign, |ballot| voters.contains(ballot.voter)) {
            told.say_of(since, last, say(self, voters, campaign.candidate));
        }
    }

    /// When the first and the last of some answers were given or counted.
    pub(super) fn span_of(campaign: &Campaign, wanted: impl Fn(&Ballot) -> bool) -> Option<(Micros, Micros)> {
        let times = || {
            campaign
                .ballots
                .iter()
                .filter(|ballot| wanted(ballot))
                .map(|ballot| ballot.at)
        };
        Some((times().min()?, times().max()?))
    }

    /// What made a server stand for election, or ask who would vote for it, at an instant.
    pub(super) fn tell_trigger(
        self,
        server: NodeId,
        trigger: Trigger,
        at: Micros,
        together: NodeSet,
        deeds: DeedsInWords,
    ) -> String {
        let ago = |since: Micros| self.elapsed(since, at);
        // The timeout itself, as the Servers panel shows it: what set the timer is on no line of the card.
        let timeout = |since: Micros| self.millis(Micros::from_millis((at - since).as_millis()));
        match trigger {
            Trigger::Silence(leader, since) => self.silence(server, leader, &timeout(since)),
            Trigger::Vote(other, since) => self.after_vote(server, other, &timeout(since)),
            Trigger::Again(term, since) => self.again(server, term, &timeout(since)),
            Trigger::Start(since) => self.after_start(server, &timeout(since)),
            Trigger::AskedBefore(since) => self.after_question(server, &ago(since)),
            Trigger::SteppedDown(since) => self.after_leading(server, &timeout(since)),
            Trigger::Message(from, since) => self.after_message(server, from, &ago(since)),
            Trigger::Asked(leader) => self.was_asked(server, leader),
            Trigger::Refusal(other) => self.refused_first(server, other),
            Trigger::Act(action) if together.len() > 1 => self.stood_by_act(together, &deeds.action(self, action)),
            // What it does next, stand or ask who would vote for it, is told after this.
            Trigger::Act(action) => capitalised(&deeds.action(self, action)) + ".",
            Trigger::Unknown => self.stood(server),
        }
    }

    /// Why a server refused its vote.
    fn refusal(self, voter: NodeId, why: DeniedVote) -> String {
        match why {
            DeniedVote::StaleTerm => self.story_text().was_in_newer_term.to_owned(),
            DeniedVote::AlreadyVotedFor(other) if other == voter => self.voted_for_itself(""),
            DeniedVote::AlreadyVotedFor(other) => self.had_voted_for(other, ""),
            DeniedVote::LogBehind { mine, theirs } => self.log_is_behind(&self.log_end(mine), &self.log_end(theirs)),
            DeniedVote::HasLeader(leader) if leader == voter => self.decision_text().leads_itself.to_owned(),
            DeniedVote::HasLeader(leader) => self.heard_from_leader(leader, ""),
            DeniedVote::LowerPriority => self.outranks(voter),
        }
    }

    fn tell_loss(self, at: Micros, loss: &Loss) -> Told {
        let text = self.story_text();
        let mut told = Told::default();
        let leader = loss.leader;
        let how = match loss.how {
            Lost::Crashed => self.leader_crashed(leader),
            Lost::Paused => self.leader_paused(leader),
            Lost::Reaches(Contact::HearsNobody) => self.leader_hears_none(leader),
            Lost::Reaches(Contact::Unheard) => self.leader_heard_by_none(leader),
            Lost::Reaches(Contact::Nobody | Contact::Servers(1)) => self.leader_reaches_none(leader),
            Lost::Reaches(Contact::Servers(reached)) => self.leader_reaches(leader, reached, loss.size),
            Lost::Reaches(Contact::HearsFew(hears, heard)) => self.leader_hears(leader, hears, loss.size, heard),
            Lost::Reaches(Contact::HeardByFew(heard, hears)) => self.leader_is_heard(leader, heard, loss.size, hears),
            Lost::NoQuorum => self.leader_unheard_of(leader),
            Lost::NewerTerm(term, from) => self.leader_deposed_by(leader, term, from),
            Lost::Followers(newer) => self.leader_outdated(leader, newer),
        };
        told.say(at, how);
        match loss.next {
            Some(next) => {
                told.title = self.leaderless_for(&self.elapsed(at, next.since));
                let how = if next.elected {
                    self.leads_next(next.leader)
                } else {
                    self.reaches_next(next.leader)
                };
                told.say(next.since, how);
            }
            None => {
                text.leaderless.clone_into(&mut told.title);
                text.until_now.clone_into(&mut told.status);
            }
        }
        told
    }

    fn tell_abdication(self, at: Micros, abdication: Abdication) -> Told {
        let Abdication {
            leader,
            led,
            learned,
            unanswered,
        } = abdication;
        let mut told = Told {
            title: self.stepped_down(leader),
            status: self.led_term(led),
            ..Told::default()
        };
        let how = match learned {
            Some((new, from)) => self.leader_learned(leader, led, new, from),
            None if unanswered => self.leader_unanswered(leader, led),
            None => self.leader_stopped(leader, led),
        };
        told.say(at, how);
        told
    }

    /// When it was that a sentence tells: an instant, or from one to another; empty, if it tells how things stand.
    #[must_use]
    pub fn when_told(self, sentence: &TimedSentence) -> String {
        let Some((since, at)) = sentence.when else {
            return String::new();
        };
        let [since, at] = [since, at].map(|at| self.instant(at));
        if since == at { at } else { format!("{since}–{at}") }
    }

    /// What a tally shows, for those who do not see it.
    #[must_use]
    pub fn tally_of(self, campaign: &Campaign, quorum: usize, is_question: bool) -> String {
        let counted: NodeSet = campaign.counted().collect();
        let (candidate, votes) = (campaign.candidate, counted.len());
        let voters = list(counted, ", ");
        let said = if is_question {
            self.pre_votes_for(candidate, &voters, votes, quorum)
        } else {
            self.story_tally(candidate, &voters, votes, quorum)
        };
        let (late, refused): (NodeSet, NodeSet) = (campaign.late().collect(), campaign.refused().collect());
        let others = [(late, self.came_late(late)), (refused, self.refused_by(refused))];
        let others = others.into_iter().filter(|(servers, _)| !servers.is_empty());
        others.fold(said, |said, (_, more)| format!("{said}; {more}"))
    }
}
