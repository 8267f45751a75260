//! What is said about the rules: each with its sentence of the paper, what it protects, and what a run without it is called.

use crate::ui::text::Lang;
use crate::ui::text::catalogue;
use crate::{
    raft::{Conformity, Quorum, Rule, Rules},
    ui::{
        features::rules::{Group, Preset},
        run::view::RulesMark,
    },
};

catalogue! {
    /// The sentences about the rules.
    RulesText, rules_text;

    in_force: "Rules in force", "Regras em vigor";
    paper: "The paper's rules.", "As regras do artigo.";
    back_to_paper: "Back to the paper's rules", "Voltar às regras do artigo";
    start_again: "Start again with these rules", "Começar de novo com estas regras";
    start_again_hint: "A switch takes effect at the instant shown. Starting again runs from time 0 with the same seed.",
        "Um interruptor vale a partir do instante mostrado. Começar de novo executa do instante 0, com a mesma semente.";
    modified: "modified rules", "regras modificadas";
    extended: "extended rules", "regras estendidas";
    earlier: "Earlier in this run other rules were in force.",
        "Antes, nesta execução, outras regras estiveram em vigor.";
    open_rules: "Press to see the rules.", "Pressione para ver as regras.";

    presets: "Bugs to try", "Erros para experimentar";
    presets_intro: "Mistakes that students of Raft make, and what to watch for. Pressing one puts its rules in force from this instant on.",
        "Erros que estudantes de Raft cometem, e o que observar. Pressionar um deles põe suas regras em vigor a partir deste instante.";
    cures: "And what helps", "E o que ajuda";

    votes: "Votes", "Votos";
    terms: "Terms", "Os terms";
    timers: "Timers", "Os timers";
    not_in_paper: "Not in the paper", "Fora do artigo";
    extensions: "Extensions of the thesis", "Extensões da tese";
    extensions_intro: "Off in the paper. They make elections calmer, not safer.",
        "Desligadas no artigo. Tornam as eleições mais calmas, não mais seguras.";
    transfer_note: "Leadership transfer (thesis §3.10) needs no switch: it is in a leader's menu.",
        "A transferência de liderança (tese §3.10) não precisa de interruptor: está no menu de um leader.";
    changed: "changed", "alterada";
    about: "About this rule", "Sobre esta regra";

    quorum: "Votes that make a leader", "Votos que tornam leader";
    quorum_section: "Quorum", "Quórum";
    quorum_quote: "The majority rule ensures that at most one candidate can win the election for a particular term",
        "The majority rule ensures that at most one candidate can win the election for a particular term";
    quorum_majority: "Any two majorities share a server, and it votes once.",
        "Duas maiorias quaisquer têm um servidor em comum, e ele vota uma vez só.";
    quorum_alone: "A candidate's own vote is enough: whoever times out leads.",
        "Basta o voto do próprio candidate: quem esgota o timer lidera.";
    quorum_never: "More votes than there are servers: nobody is ever elected.",
        "Mais votos que servidores: ninguém jamais é eleito.";
}

/// What is said about a rule, in English and Portuguese.
struct About {
    name: [&'static str; 2],
    /// What a run is called in which it is not as in the paper.
    changed: [&'static str; 2],
    /// What it protects.
    reason: [&'static str; 2],
    /// The sentence that it is, which is quoted as it stands; empty if there is none.
    quote: &'static str,
    /// Where that stands.
    place: &'static str,
}

const fn about(rule: Rule) -> About {
    match rule {
        Rule::NewElectionNewTerm | Rule::NewerTermStepsDown | Rule::PersistTerm | Rule::CandidateYieldsToLeader => {
            about_terms(rule)
        }
        Rule::OneVotePerTerm
        | Rule::PersistVote
        | Rule::UpToDateCheck
        | Rule::ReplyTermMustMatch
        | Rule::CountEachVoteOnce => about_votes(rule),
        Rule::GrantedVoteResetsTimer
        | Rule::RefusedVoteKeepsTimer
        | Rule::HeartbeatResetsTimer
        | Rule::RandomisedTimeouts => about_timers(rule),
        Rule::RerunAfterRefusal | Rule::PreVote | Rule::LeaderStickiness | Rule::CheckQuorum => about_others(rule),
    }
}

const fn about_votes(rule: Rule) -> About {
    match rule {
        Rule::OneVotePerTerm => About {
            name: ["One vote per term", "Um voto por term"],
            changed: ["several votes per term", "vários votos por term"],
            reason: [
                "First come, first served. With it two majorities of one term would share a voter.",
                "Quem pede primeiro leva. Assim, duas maiorias do mesmo term teriam um eleitor em comum.",
            ],
            quote: "Each server will vote for at most one candidate in a given term, on a first-come-first-served basis",
            place: "§5.2",
        },
        Rule::PersistVote => About {
            name: ["The vote is persisted", "O voto é persistido"],
            changed: ["the vote is not persisted", "o voto não é persistido"],
            reason: [
                "A server that crashes after voting must not vote again in that term.",
                "Um servidor que cai depois de votar não pode votar de novo naquele term.",
            ],
            quote: "Updated on stable storage before responding to RPCs: … votedFor",
            place: "Figure 2, Persistent state",
        },
        Rule::UpToDateCheck => About {
            name: ["Up-to-date check", "Verificação de log atualizado"],
            changed: ["no up-to-date check", "sem verificação de log atualizado"],
            reason: [
                "Only a candidate whose log is at least as complete as the voter's gets its vote: what a majority has is never lost.",
                "Só recebe o voto um candidate cujo log é ao menos tão completo quanto o do eleitor: o que a maioria tem nunca se perde.",
            ],
            quote: "the voter denies its vote if its own log is more up-to-date than that of the candidate",
            place: "§5.4.1",
        },
        Rule::ReplyTermMustMatch => About {
            name: ["A reply's term must match", "O term da resposta deve coincidir"],
            changed: ["stale replies count", "respostas atrasadas contam"],
            reason: [
                "A late vote from an earlier term must not count in this one.",
                "Um voto atrasado de um term anterior não pode contar neste.",
            ],
            quote: "receives votes from a majority of the servers in the full cluster for the same term",
            place: "§5.2",
        },
        _ => About {
            name: ["A peer's vote counts once", "O voto de cada um conta uma vez"],
            changed: ["a vote counts each time it arrives", "um voto conta cada vez que chega"],
            reason: [
                "A majority is one of servers, not of messages; networks duplicate.",
                "A maioria é de servidores, não de mensagens; redes duplicam.",
            ],
            quote: "receives votes from a majority of the servers in the full cluster",
            place: "§5.2",
        },
    }
}

const fn about_terms(rule: Rule) -> About {
    match rule {
        Rule::NewElectionNewTerm => About {
            name: ["A new election takes a new term", "Nova eleição, novo term"],
            changed: ["elections take no new term", "eleições sem novo term"],
            reason: [
                "Terms are Raft's clock: votes of different elections are never mixed.",
                "Terms são o relógio do Raft: votos de eleições diferentes nunca se misturam.",
            ],
            quote: "To begin an election, a follower increments its current term and transitions to candidate state.",
            place: "§5.2",
        },
        Rule::PersistTerm => About {
            name: ["The term is persisted", "O term é persistido"],
            changed: ["the term is not persisted", "o term não é persistido"],
            reason: [
                "A server that restarts must not return to terms that it has left.",
                "Um servidor que reinicia não pode voltar a terms que já deixou.",
            ],
            quote: "Updated on stable storage before responding to RPCs: currentTerm …",
            place: "Figure 2, Persistent state",
        },
        Rule::NewerTermStepsDown => About {
            name: ["A newer term makes you step down", "Um term mais novo faz renunciar"],
            changed: ["a newer term deposes nobody", "um term mais novo não depõe ninguém"],
            reason: [
                "A deposed leader or late candidate learns at once that its time is over.",
                "Um leader deposto ou candidate atrasado percebe na hora que seu tempo acabou.",
            ],
            quote: "If a candidate or leader discovers that its term is out of date, it immediately reverts to follower state.",
            place: "§5.1",
        },
        _ => About {
            name: [
                "A candidate yields to the leader of its term",
                "Um candidate cede ao leader de seu term",
            ],
            changed: ["a candidate yields to no leader", "um candidate não cede ao leader"],
            reason: [
                "A heartbeat of its own term tells a candidate that somebody else has won.",
                "Um heartbeat do próprio term diz ao candidate que outro venceu.",
            ],
            quote: "the candidate recognizes the leader as legitimate and returns to follower state",
            place: "§5.2",
        },
    }
}

const fn about_timers(rule: Rule) -> About {
    match rule {
        Rule::GrantedVoteResetsTimer => About {
            name: ["Giving a vote resets the timer", "Dar um voto reinicia o timer"],
            changed: [
                "giving a vote does not reset the timer",
                "dar um voto não reinicia o timer",
            ],
            reason: [
                "Who has just voted gives its candidate the time to win.",
                "Quem acabou de votar dá tempo ao seu candidate para vencer.",
            ],
            quote: "If election timeout elapses without receiving AppendEntries RPC from current leader or granting vote to candidate: convert to candidate",
            place: "Figure 2, Followers",
        },
        Rule::RefusedVoteKeepsTimer => About {
            name: [
                "Refusing a vote does not reset the timer",
                "Negar um voto não reinicia o timer",
            ],
            changed: ["refusing a vote resets the timer", "negar um voto reinicia o timer"],
            reason: [
                "A candidate that can't win must not hold back the others.",
                "Um candidate que não pode vencer não deve segurar os outros.",
            ],
            quote: "without receiving AppendEntries RPC from current leader or granting vote to candidate",
            place: "Figure 2, Followers",
        },
        Rule::HeartbeatResetsTimer => About {
            name: ["A heartbeat resets the timer", "Um heartbeat reinicia o timer"],
            changed: ["heartbeats do not reset the timer", "heartbeats não reiniciam o timer"],
            reason: [
                "As long as the leader is heard, nobody runs against it.",
                "Enquanto o leader é ouvido, ninguém concorre contra ele.",
            ],
            quote: "A server remains in follower state as long as it receives valid RPCs from a leader or candidate.",
            place: "§5.2",
        },
        _ => About {
            name: ["Randomised election timeouts", "Election timeouts aleatórios"],
            changed: ["all election timeouts alike", "election timeouts todos iguais"],
            reason: [
                "Mostly one server times out first and wins before the others wake.",
                "Em geral um só servidor esgota o timer primeiro e vence antes dos outros.",
            ],
            quote: "Raft uses randomized election timeouts to ensure that split votes are rare and that they are resolved quickly.",
            place: "§5.2",
        },
    }
}

const fn about_others(rule: Rule) -> About {
    match rule {
        Rule::PreVote => About {
            name: ["Pre-vote", "Pre-vote"],
            changed: ["pre-vote", "pre-vote"],
            reason: [
                "A server asks whether it would win before it takes a new term, so that one that was cut off disturbs nobody.",
                "Um servidor pergunta se venceria antes de tomar um novo term; assim, quem esteve isolado não perturba ninguém.",
            ],
            quote: "a candidate only increments its term if it first learns from a majority of the cluster that they would be willing to grant the candidate their votes",
            place: "thesis §9.6",
        },
        Rule::LeaderStickiness => About {
            name: ["Leader stickiness", "Fidelidade ao leader"],
            changed: ["leader stickiness", "fidelidade ao leader"],
            reason: [
                "Who hears its leader ignores requests for votes: a server that nobody misses can't depose it.",
                "Quem ouve seu leader ignora pedidos de voto: um servidor de quem ninguém sente falta não consegue depô-lo.",
            ],
            quote: "if a server receives a RequestVote request within the minimum election timeout of hearing from a current leader, it does not update its term or grant its vote",
            place: "thesis §4.2.3",
        },
        Rule::CheckQuorum => About {
            name: ["Check quorum", "Verificação de quórum"],
            changed: ["check quorum", "verificação de quórum"],
            reason: [
                "A leader that no majority answers makes room, so that clients look for another.",
                "Um leader a quem nenhuma maioria responde abre espaço, e os clientes procuram outro.",
            ],
            quote: "a leader in Raft steps down if an election timeout elapses without a successful round of heartbeats to a majority of its cluster",
            place: "thesis §6.2",
        },
        _ => About {
            name: ["The lab's quirk", "A peculiaridade do laboratório"],
            changed: ["the lab's quirk", "a peculiaridade do laboratório"],
            reason: [
                "A candidate that refuses somebody's vote runs again at once, for the next term. The lab's servers did, and its figures need it.",
                "Um candidate que nega o voto a alguém concorre de novo na hora, no próximo term. Os servidores do laboratório faziam isso, e suas figuras dependem disso.",
            ],
            quote: "",
            place: "",
        },
    }
}

impl Lang {
    const fn of_both(self, both: [&'static str; 2]) -> &'static str {
        self.pick(both[0], both[1])
    }

    /// A rule's name.
    #[must_use]
    pub const fn rule(self, rule: Rule) -> &'static str {
        self.of_both(about(rule).name)
    }

    /// What a rule protects, in a sentence.
    #[must_use]
    pub const fn rule_reason(self, rule: Rule) -> &'static str {
        self.of_both(about(rule).reason)
    }

    /// The sentence that a rule is, in the words of the paper or the thesis; empty if it is in neither.
    #[must_use]
    pub const fn rule_quote(self, rule: Rule) -> &'static str {
        about(rule).quote
    }

    /// Where that sentence stands.
    #[must_use]
    pub fn rule_place(self, rule: Rule) -> String {
        self.localised(about(rule).place)
    }

    /// What is not as in the paper: `the vote is not persisted; quorum of 2`. So many are named at most, and how many more there
    /// are. Empty under the paper's rules.
    #[must_use]
    pub fn rules_changes(self, rules: Rules, most: usize) -> String {
        let changed = Rule::ALL
            .iter()
            .filter(|rule| rules.get(**rule) != Rules::PAPER.get(**rule));
        let mut changes: Vec<String> = changed
            .map(|rule| self.of_both(about(*rule).changed).to_owned())
            .collect();
        if let Quorum::Votes(votes) = rules.quorum {
            changes.push(format!("{} {votes}", self.pick("quorum of", "quórum de")));
        }
        let more = changes.len().saturating_sub(most);
        if more > 0 {
            changes.truncate(most);
            changes.push(match self {
                Self::En => format!("and {more} more"),
                Self::Pt => format!("e mais {more}"),
            });
        }
        changes.join("; ")
    }

    /// Which rules are in force, in a line.
    #[must_use]
    pub fn rules_in_force(self, rules: Rules, most: usize) -> String {
        let head = match rules.conformity() {
            Conformity::Paper => return self.rules_text().paper.to_owned(),
            Conformity::Extended => self.pick("Extended", "Estendidas"),
            Conformity::Modified => self.pick("Modified", "Modificadas"),
        };
        format!("{head}: {}.", self.rules_changes(rules, most))
    }

    /// How a run is marked that is not by the paper's rules; nothing if it is.
    #[must_use]
    pub const fn rules_badge(self, mark: RulesMark) -> Option<&'static str> {
        match mark.run {
            Conformity::Paper => None,
            Conformity::Extended => Some(self.rules_text().extended),
            Conformity::Modified => Some(self.rules_text().modified),
        }
    }

    /// What that mark means.
    #[must_use]
    pub fn rules_hint(self, mark: RulesMark, most: usize) -> String {
        let now = self.rules_in_force(mark.now, most);
        if mark.was_further() {
            format!("{now} {}", self.rules_text().earlier)
        } else {
            now
        }
    }

    /// The heading of some rules.
    #[must_use]
    pub const fn rule_group(self, group: Group) -> &'static str {
        let text = self.rules_text();
        match group {
            Group::Votes => text.votes,
            Group::Terms => text.terms,
            Group::Timers => text.timers,
            Group::Logs => "Log",
            Group::Lab => text.not_in_paper,
            Group::Extensions => text.extensions,
        }
    }

    /// A quorum that is no majority, as a rule that is not in force.
    #[must_use]
    pub fn quorum_in_force(self, quorum: Quorum) -> String {
        match (self, quorum) {
            (Self::En, Quorum::Majority) => "A majority of votes makes a leader".to_owned(),
            (Self::Pt, Quorum::Majority) => "A maioria dos votos torna leader".to_owned(),
            (Self::En, Quorum::Votes(votes)) => {
                format!("A majority of votes makes a leader; here a quorum of {votes} did")
            }
            (Self::Pt, Quorum::Votes(votes)) => {
                format!("A maioria dos votos torna leader; aqui bastou um quórum de {votes}")
            }
        }
    }

    /// A choice of the votes that make a leader of `size` servers.
    #[must_use]
    pub fn quorum_choice(self, quorum: Quorum, size: u8) -> String {
        let of = self.pick("of", "de");
        match quorum {
            Quorum::Majority => {
                let name = self.pick("majority", "maioria");
                format!("{name} ({} {of} {size})", quorum.votes(size))
            }
            Quorum::Votes(votes) => format!("{votes} {of} {size}"),
        }
    }

    /// What it means that so many votes of `size` servers make a leader.
    #[must_use]
    pub fn quorum_means(self, quorum: Quorum, size: u8) -> String {
        let text = self.rules_text();
        let votes = quorum.votes(size);
        let spare = size.saturating_sub(votes);
        match (self, votes) {
            (_, votes) if votes == Quorum::Majority.votes(size) => text.quorum_majority.to_owned(),
            (_, 1) => text.quorum_alone.to_owned(),
            (_, votes) if votes > size => text.quorum_never.to_owned(),
            (Self::En, votes) if votes <= size / 2 => {
                format!("{votes} of {size}: two groups can elect at once, and two servers lead one term.")
            }
            (Self::Pt, votes) if votes <= size / 2 => {
                format!(
                    "{votes} de {size}: dois grupos podem eleger ao mesmo tempo, e dois servidores lideram um term."
                )
            }
            (Self::En, votes) => {
                format!("{votes} of {size}: safe, but once more than {spare} are down nobody is elected.")
            }
            (Self::Pt, votes) => {
                format!("{votes} de {size}: seguro, mas com mais de {spare} parados ninguém é eleito.")
            }
        }
    }

    /// A preset's name.
    #[must_use]
    pub const fn preset(self, preset: Preset) -> &'static str {
        match preset {
            Preset::ForgetsVote => self.pick("Forgets its vote in a crash", "Esquece o voto ao cair"),
            Preset::VotesTwice => self.pick("Votes twice", "Vota duas vezes"),
            Preset::StaysInOffice => self.pick("Does not step down", "Não renuncia"),
            Preset::CountsStaleReplies => self.pick("Counts stale replies", "Conta respostas atrasadas"),
            Preset::CountsTwice => self.pick("Counts a vote twice", "Conta um voto duas vezes"),
            Preset::ResetsOnEveryRequest => {
                self.pick("Resets its timer on every request", "Reinicia o timer a cada pedido")
            }
            Preset::AllAlike => self.pick("All timeouts alike", "Timeouts todos iguais"),
            Preset::HalfIsEnough => self.pick("Half is enough", "Metade basta"),
            Preset::LabQuirk => self.pick("The lab's quirk", "A peculiaridade do laboratório"),
            Preset::PreVoteAndCheckQuorum => self.pick("Pre-vote and check quorum", "Pre-vote e verificação de quórum"),
        }
    }

    /// What to watch under a preset.
    #[must_use]
    pub const fn preset_watch(self, preset: Preset) -> &'static str {
        match preset {
            Preset::ForgetsVote => self.pick(
                "Crash and restart a server that has just voted: it votes again in that term, and a second candidate may win it, too.",
                "Derrube e reinicie um servidor que acabou de votar: ele vota de novo naquele term, e um segundo candidate pode vencê-lo também.",
            ),
            Preset::VotesTwice => self.pick(
                "Align the timers (Network): several run at once, each gets every vote, and more than one leads the term.",
                "Alinhe os timers (Rede): vários concorrem juntos, cada um recebe todos os votos, e mais de um lidera o term.",
            ),
            Preset::StaysInOffice => self.pick(
                "Cut the leader off until the others have elected another, then mend its links: it takes the new term and goes on leading, with the votes of the old one.",
                "Isole o leader até os outros elegerem outro e repare suas conexões: ele assume o novo term e segue liderando, com os votos do antigo.",
            ),
            Preset::CountsStaleReplies => self.pick(
                "Delay the votes for a candidate until it runs again: votes of the old term make it leader of the new one.",
                "Atrase os votos de um candidate até que concorra de novo: votos do term antigo o tornam leader do novo.",
            ),
            Preset::CountsTwice => self.pick(
                "Duplicate a vote under way (Network): the copy counts as well, and a candidate wins without a majority.",
                "Duplique um voto a caminho (Rede): a cópia também conta, e um candidate vence sem maioria.",
            ),
            Preset::ResetsOnEveryRequest => self.pick(
                "In “A stale log can't win”: each hopeless request makes all others wait anew, so the cluster is without a leader for longer.",
                "Em “Um log atrasado não vence”: cada pedido sem chance faz os outros esperarem de novo, e o cluster fica mais tempo sem leader.",
            ),
            Preset::AllAlike => self.pick(
                "Crash the leader: the others time out almost together, vote for themselves, and split the vote again and again.",
                "Derrube o leader: os outros esgotam o timer quase juntos, votam em si mesmos e dividem os votos repetidamente.",
            ),
            Preset::HalfIsEnough => self.pick(
                "Align the timers (Network): two candidates may each find enough votes in one term.",
                "Alinhe os timers (Rede): dois candidates podem conseguir votos suficientes no mesmo term.",
            ),
            Preset::LabQuirk => self.pick(
                "Align the timers (Network): each candidate that refuses another runs again at once, and terms climb.",
                "Alinhe os timers (Rede): cada candidate que nega o voto a outro concorre de novo na hora, e os terms sobem.",
            ),
            Preset::PreVoteAndCheckQuorum => self.pick(
                "In “Partial partition (Cloudflare)”: S4 and S5 no longer depose a leader that they can't hear. With both, elections settle.",
                "Em “Partição parcial (Cloudflare)”: S4 e S5 não depõem mais um leader que não ouvem. Com as duas, as eleições se resolvem.",
            ),
        }
    }
}
