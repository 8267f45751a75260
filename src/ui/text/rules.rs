//! The rules: each with its name, its sentence of the paper and what it protects, and what a run is called without it.

use crate::{
    raft::{Conformity, NodeSet, Quorum, Rule, Rules, Source},
    ui::{
        run::view::RulesMark,
        text::{Lang, catalogue, words},
    },
};

catalogue! {
    /// Which rules are in force.
    RulesInForce, rules_words;

    paper: "The paper's rules.", "As regras do artigo.";
    modified: "modified rules", "regras modificadas";
    extended: "extended rules", "regras estendidas";
    /// The mark where the paper's rules are in force again.
    badge_earlier(badge: &str): "earlier: {badge}", "antes: {badge}";
    earlier: "Earlier in this run other rules were in force.",
        "Antes, nesta execução, outras regras estiveram em vigor.";
    are_modified(changes: &str): "Modified: {changes}.", "Modificadas: {changes}.";
    are_extended(changes: &str): "Extended: {changes}.", "Estendidas: {changes}.";
    quorum_of(votes: u8): "quorum of {votes}", "quórum de {votes}";
    and_more(count: usize): "and {count} more", "e mais {count}";
    have_own_rules(servers: NodeSet): "{servers} {servers:has rules of its own|have rules of their own}.",
        "{servers} {servers:tem regras próprias|têm regras próprias}.";
    majority_elects: "A majority of votes elects a leader", "A maioria dos votos elege um leader";
    quorum_elected(votes: u8): "A majority of votes elects a leader; here a quorum of {votes} did",
        "A maioria dos votos elege um leader; aqui bastou um quórum de {votes}";
}

words! {
    /// What the mark of a run means.
    mark_means: Conformity;
    Paper: "", "";
    Extended: "“Extended rules” marks a run with extensions of Ongaro's thesis.",
        "“Regras estendidas” marca uma execução com extensões da tese de Ongaro.";
    Modified: "“Modified rules” marks a run in which a rule of the paper is off or changed.",
        "“Regras modificadas” marca uma execução em que uma regra do artigo está desligada ou alterada.";
}

words! {
    /// A rule's name.
    rule: Rule;
    OneVotePerTerm: "One vote per term", "Um voto por term";
    PersistVote: "The vote is persisted", "O voto é persistido";
    UpToDateCheck: "Up-to-date check", "Verificação de log atualizado";
    ReplyTermMustMatch: "A reply's term must match", "O term da resposta deve coincidir";
    CountEachVoteOnce: "A server's vote counts once", "O voto de um servidor conta uma vez";
    NewElectionNewTerm: "A new election takes a new term", "Nova eleição, novo term";
    PersistTerm: "The term is persisted", "O term é persistido";
    NewerTermStepsDown: "A newer term makes a server step down", "Um term mais novo faz o servidor renunciar";
    CandidateYieldsToLeader: "A candidate yields to the leader of its term", "Um candidate cede ao leader de seu term";
    GrantedVoteResetsTimer: "Giving a vote resets the timer", "Dar um voto reinicia o timer";
    RefusedVoteKeepsTimer: "Refusing a vote does not reset the timer", "Negar um voto não reinicia o timer";
    HeartbeatResetsTimer: "A heartbeat resets the timer", "Um heartbeat reinicia o timer";
    RandomisedTimeouts: "Randomised election timeouts", "Election timeouts aleatórios";
    PreVote: "Pre-vote", "Pre-vote";
    LeaderStickiness: "Leader stickiness", "Fidelidade ao leader";
    CheckQuorum: "Check quorum", "Verificação de quórum";
    RerunAfterRefusal: "The lab's bug", "O bug do laboratório";
    KeepVoteInTerm: "A vote holds for the whole term", "Um voto vale pelo term inteiro";
    LearnTermFromReplies: "Replies tell of newer terms too", "Respostas também informam um term mais novo";
    LogTermBeforeIndex: "Logs are compared by term first", "Logs são comparados primeiro pelo term";
    PreVoteIsNoVote: "A promise is no vote", "Uma promessa não é um voto";
    PreVoteMovesNoTerm: "A question moves nobody's term", "Uma pergunta não muda o term de ninguém";
    PreVoteChecksLog: "A promise needs an up-to-date log", "Uma promessa exige um log atualizado";
    PreVoteHeedsLeader: "Whoever hears a leader promises nothing", "Quem ouve um leader nada promete";
    LeaderMayAsk: "But to that leader itself", "A não ser ao próprio leader";
}

words! {
    /// What a run is called in which a rule is not as in the paper.
    rule_changed: Rule;
    OneVotePerTerm: "several votes per term", "vários votos por term";
    PersistVote: "the vote is not persisted", "o voto não é persistido";
    UpToDateCheck: "no up-to-date check", "sem verificação de log atualizado";
    ReplyTermMustMatch: "stale replies count", "respostas atrasadas contam";
    CountEachVoteOnce: "a vote counts each time it arrives", "um voto conta cada vez que chega";
    NewElectionNewTerm: "elections take no new term", "eleições sem novo term";
    PersistTerm: "the term is not persisted", "o term não é persistido";
    NewerTermStepsDown: "a newer term deposes nobody", "um term mais novo não depõe ninguém";
    CandidateYieldsToLeader: "a candidate yields to no leader", "um candidate não cede ao leader";
    GrantedVoteResetsTimer: "giving a vote does not reset the timer", "dar um voto não reinicia o timer";
    RefusedVoteKeepsTimer: "refusing a vote resets the timer", "negar um voto reinicia o timer";
    HeartbeatResetsTimer: "heartbeats do not reset the timer", "heartbeats não reiniciam o timer";
    RandomisedTimeouts: "all election timeouts alike", "election timeouts todos iguais";
    PreVote: "pre-vote", "pre-vote";
    LeaderStickiness: "leader stickiness", "fidelidade ao leader";
    CheckQuorum: "check quorum", "verificação de quórum";
    RerunAfterRefusal: "the lab's bug", "o bug do laboratório";
    KeepVoteInTerm: "stepping down forgets the vote", "renunciar apaga o voto";
    LearnTermFromReplies: "replies tell of no term", "respostas não informam o term";
    LogTermBeforeIndex: "logs compared by length first", "logs comparados primeiro pelo tamanho";
    PreVoteIsNoVote: "pre-votes count as votes", "pre-votes contam como votos";
    PreVoteMovesNoTerm: "pre-vote requests move terms", "pedidos de pre-vote mudam o term";
    PreVoteChecksLog: "pre-vote without the log check", "pre-vote sem verificação do log";
    PreVoteHeedsLeader: "pre-vote in spite of a leader", "pre-vote apesar de haver leader";
    LeaderMayAsk: "the leader is promised pre-votes", "o leader recebe promessas de pre-vote";
}

words! {
    /// What a rule protects, in a sentence.
    rule_reason: Rule;
    OneVotePerTerm: "First come, first served. Two majorities of one term share a voter, and that voter votes only once.",
        "Quem pede primeiro leva. Duas maiorias do mesmo term têm um eleitor em comum, e ele vota uma vez só.";
    PersistVote: "A server that crashes after voting must not vote again in that term.",
        "Um servidor que cai depois de votar não pode votar de novo naquele term.";
    UpToDateCheck: "Only a candidate whose log is at least as complete as the voter's gets its vote: what a majority has is never lost.",
        "Só recebe o voto um candidate cujo log é ao menos tão completo quanto o do eleitor: o que a maioria tem nunca se perde.";
    ReplyTermMustMatch: "A late vote from an earlier term must not count in this one.",
        "Um voto atrasado de um term anterior não pode contar neste.";
    CountEachVoteOnce: "A majority is one of servers, not of messages, and networks duplicate messages.",
        "A maioria é de servidores, não de mensagens, e redes duplicam mensagens.";
    NewElectionNewTerm: "Terms are Raft's clock: votes of different elections are never mixed.",
        "Terms são o relógio do Raft: votos de eleições diferentes nunca se misturam.";
    PersistTerm: "A server that restarts must not return to terms that it has left.",
        "Um servidor que reinicia não pode voltar a terms que já deixou.";
    NewerTermStepsDown: "A deposed leader or late candidate stops at once when it hears of a newer term.",
        "Um leader deposto ou candidate atrasado para na hora ao ouvir de um term mais novo.";
    CandidateYieldsToLeader: "A heartbeat of its own term tells a candidate that another server has won.",
        "Um heartbeat do próprio term diz ao candidate que outro servidor venceu.";
    GrantedVoteResetsTimer: "A server that has just voted gives its candidate time to win.",
        "Um servidor que acabou de votar dá ao seu candidate tempo para vencer.";
    RefusedVoteKeepsTimer: "A candidate that can't win must not hold back the others.",
        "Um candidate que não pode vencer não deve segurar os outros.";
    HeartbeatResetsTimer: "As long as the leader is heard, nobody stands for election against it.",
        "Enquanto o leader é ouvido, ninguém se candidata contra ele.";
    RandomisedTimeouts: "Usually one server times out first and wins before the others time out.",
        "Em geral um só servidor esgota o timeout primeiro e vence antes dos outros.";
    PreVote: "A server asks whether it would win before it takes a new term, so that one that was cut off disturbs nobody.",
        "Um servidor pergunta se venceria antes de tomar um novo term; assim, quem esteve isolado não perturba ninguém.";
    LeaderStickiness: "A server that hears its leader ignores requests for votes, so a server that was cut off can't depose the leader. The paper has this where it changes the members of a cluster (§6).",
        "Um servidor que ouve seu leader ignora pedidos de voto; assim, quem esteve isolado não consegue depor o leader. O artigo a traz onde trata da mudança de membros de um cluster (§6).";
    CheckQuorum: "A leader that no quorum answers steps down, so that clients look for another.",
        "Um leader a quem nenhum quórum responde renuncia, e os clientes procuram outro.";
    RerunAfterRefusal: "A candidate that refuses another its vote stands again at once, in the next term. In the lab exercise of 2019 behind the five figures, the servers had this bug.",
        "Um candidate que nega o voto a outro se candidata de novo na hora, no próximo term. No exercício de laboratório de 2019 por trás das cinco figuras, os servidores tinham esse bug.";
    KeepVoteInTerm: "A candidate that yields has voted in this term already: for itself. So has a leader that check quorum makes step down.",
        "Um candidate que cede já votou neste term: em si mesmo. Também um leader que a verificação de quórum faz renunciar.";
    LearnTermFromReplies: "A leader that was cut off hears of the newer term in the answers to its first heartbeats.",
        "Um leader que esteve isolado fica sabendo do term mais novo pelas respostas a seus primeiros heartbeats.";
    LogTermBeforeIndex: "A long log of an old term may lack what a majority has agreed on since.",
        "Um log longo de um term antigo pode não ter o que a maioria aceitou depois.";
    PreVoteIsNoVote: "A server may promise its vote to several, because a promise binds it to none.",
        "Um servidor pode prometer seu voto a vários, porque uma promessa não o compromete com nenhum.";
    PreVoteMovesNoTerm: "With its question alone, a server that was cut off would depose the leader.",
        "Só com sua pergunta, um servidor que esteve isolado deporia o leader.";
    PreVoteChecksLog: "A server whose log is behind would be promised votes that it is refused afterwards: its newer term only disturbs those that could win.",
        "Um servidor com log atrasado receberia promessas de votos que depois lhe são negados: seu term mais novo só atrapalha quem poderia vencer.";
    PreVoteHeedsLeader: "A server that hears no heartbeats, while the others do, must not depose their leader.",
        "Um servidor que não recebe heartbeats, enquanto os outros recebem, não deve depor o leader deles.";
    LeaderMayAsk: "By the thesis, those that have just heard their leader refuse that leader too. It asks only when it no longer leads: after a restart, or without a majority.",
        "Pela tese, quem acabou de ouvir seu leader nega a promessa também a ele. O leader só pergunta quando já não lidera: depois de reiniciar, ou sem maioria.";
}

/// The sentence that a rule is, in the words of the paper or the thesis, which stay as they are; empty if it is in neither.
const fn quote(rule: Rule) -> &'static str {
    match rule {
        Rule::OneVotePerTerm => {
            "Each server will vote for at most one candidate in a given term, on a first-come-first-served basis"
        }
        Rule::PersistVote => "Updated on stable storage before responding to RPCs: … votedFor",
        Rule::UpToDateCheck => "the voter denies its vote if its own log is more up-to-date than that of the candidate",
        Rule::ReplyTermMustMatch => {
            "receives votes from a majority of the servers in the full cluster for the same term"
        }
        Rule::CountEachVoteOnce => "receives votes from a majority of the servers in the full cluster",
        Rule::NewElectionNewTerm => {
            "To begin an election, a follower increments its current term and transitions to candidate state."
        }
        Rule::PersistTerm => "Updated on stable storage before responding to RPCs: currentTerm …",
        Rule::NewerTermStepsDown => {
            "If a candidate or leader discovers that its term is out of date, it immediately reverts to follower state."
        }
        Rule::CandidateYieldsToLeader => {
            "the candidate recognizes the leader as legitimate and returns to follower state"
        }
        Rule::GrantedVoteResetsTimer => {
            "If election timeout elapses without receiving AppendEntries RPC from current leader or granting vote to candidate: convert to candidate"
        }
        Rule::RefusedVoteKeepsTimer => {
            "without receiving AppendEntries RPC from current leader or granting vote to candidate"
        }
        Rule::HeartbeatResetsTimer => {
            "A server remains in follower state as long as it receives valid RPCs from a leader or candidate."
        }
        Rule::RandomisedTimeouts => {
            "Raft uses randomized election timeouts to ensure that split votes are rare and that they are resolved quickly."
        }
        Rule::PreVote => {
            "a candidate only increments its term if it first learns from a majority of the cluster that they would be willing to grant the candidate their votes"
        }
        Rule::LeaderStickiness => {
            "if a server receives a RequestVote request within the minimum election timeout of hearing from a current leader, it does not update its term or grant its vote"
        }
        Rule::CheckQuorum => {
            "a leader in Raft steps down if an election timeout elapses without a successful round of heartbeats to a majority of its cluster"
        }
        Rule::KeepVoteInTerm => "candidateId that received vote in current term (or null if none)",
        Rule::LearnTermFromReplies => {
            "If RPC request or response contains term T > currentTerm: set currentTerm = T, convert to follower"
        }
        Rule::LogTermBeforeIndex => {
            "If the logs have last entries with different terms, then the log with the later term is more up-to-date."
        }
        Rule::PreVoteIsNoVote => "they would be willing to grant the candidate their votes",
        Rule::PreVoteMovesNoTerm => {
            "a candidate only increments its term if it first learns from a majority of the cluster"
        }
        Rule::PreVoteChecksLog => "if the candidate's log is sufficiently up-to-date",
        Rule::PreVoteHeedsLeader => {
            "the voters have not received heartbeats from a valid leader for at least a baseline election timeout"
        }
        Rule::LeaderMayAsk | Rule::RerunAfterRefusal => "",
    }
}

impl Lang {
    /// The sentence that a rule is, in the words of the paper or the thesis; empty if it is in neither.
    #[must_use]
    pub const fn rule_quote(self, rule: Rule) -> &'static str {
        quote(rule)
    }

    /// Where that sentence stands.
    #[must_use]
    pub fn rule_place(self, rule: Rule) -> String {
        match rule.source() {
            Source::Section(section) => format!("§{section}"),
            Source::Figure2(part) => self.localised(&format!("Figure 2, {part}")),
            Source::Thesis(section) => self.localised(&format!("thesis §{section}")),
            Source::System(name) => name.to_owned(),
            Source::Lab => String::new(),
        }
    }

    /// What is not as in the paper: `the vote is not persisted; quorum of 2`. So many are named at most, and how many more there
    /// are. Empty under the paper's rules.
    #[must_use]
    pub fn rules_changes(self, rules: Rules, most: usize) -> String {
        let changed = rules.changed().map(|rule| self.rule_changed(rule));
        let mut changes: Vec<String> = changed.map(str::to_owned).collect();
        if let Quorum::Votes(votes) = rules.quorum {
            changes.push(self.quorum_of(votes));
        }
        let more = changes.len().saturating_sub(most);
        if more > 0 {
            changes.truncate(most);
            changes.push(self.and_more(more));
        }
        changes.join("; ")
    }

    /// Which rules are in force, in a line.
    #[must_use]
    pub fn rules_in_force(self, rules: Rules, most: usize) -> String {
        match rules.conformity() {
            Conformity::Paper => self.rules_words().paper.to_owned(),
            Conformity::Extended => self.are_extended(&self.rules_changes(rules, most)),
            Conformity::Modified => self.are_modified(&self.rules_changes(rules, most)),
        }
    }

    /// How a run is marked that is not by the paper's rules; nothing if it is.
    #[must_use]
    pub const fn rules_badge(self, mark: RulesMark) -> Option<&'static str> {
        match mark.run {
            Conformity::Paper => None,
            Conformity::Extended => Some(self.rules_words().extended),
            Conformity::Modified => Some(self.rules_words().modified),
        }
    }

    /// What that mark means.
    #[must_use]
    pub fn rules_hint(self, mark: RulesMark, most: usize) -> String {
        let mut hint = self.rules_in_force(mark.now, most);
        if !mark.other.is_empty() {
            hint = format!("{hint} {}", self.have_own_rules(mark.other));
        }
        if mark.was_further() {
            hint = format!("{hint} {}", self.rules_words().earlier);
        }
        hint
    }

    /// A quorum that is no majority, as a rule that is not in force.
    #[must_use]
    pub fn quorum_in_force(self, quorum: Quorum) -> String {
        match quorum {
            Quorum::Majority => self.rules_words().majority_elects.to_owned(),
            Quorum::Votes(votes) => self.quorum_elected(votes),
        }
    }
}
