//! What the panel says about the rules, and about mistakes to try.

use crate::{
    raft::{NodeId, NodeSet, Quorum, RuleGroup},
    ui::{
        features::rules::Preset,
        text::{Lang, catalogue, words},
    },
};

catalogue! {
    /// The sentences about the rules.
    RulesText, rules_text;

    title: "Rules", "Regras";
    about_panel: "Each rule of the paper is a switch, with common bugs to try. Find searches every order of events for the shortest way to a safety violation, such as two leaders in one term, and plays it.",
        "Cada regra do artigo é um interruptor, com erros comuns para experimentar. Encontrar busca, em todas as ordens de eventos, o caminho mais curto até uma violação de segurança, como dois leaders em um term, e o reproduz.";

    in_force: "Rules in force", "Regras em vigor";
    back_to_paper: "Back to the paper's rules", "Voltar às regras do artigo";
    start_again: "Start again with these rules", "Começar de novo com estas regras";
    start_again_hint: "A switch takes effect at the instant shown. Start again to run from time 0 with the same seed.",
        "Um interruptor vale a partir do instante mostrado. Comece de novo para executar desde o instante 0, com a mesma semente.";
    replay: "Same faults with these rules", "As mesmas falhas com estas regras";
    open_rules: "Press to see the rules.", "Pressione para ver as regras.";

    own: "Rules of single servers", "Regras de servidores específicos";
    own_intro: "These servers go by rules of their own. The switches below are those of the cluster: they leave alone what is a server's own. Find goes by the cluster's rules for every server.",
        "Estes servidores seguem regras próprias. Os interruptores abaixo são os do cluster: não mexem no que é próprio de um servidor. Encontrar segue as regras do cluster em todos os servidores.";
    own_of(servers: NodeSet, rules: &str): "{servers}: {rules}", "{servers}: {rules}";

    presets: "Common bugs", "Erros comuns";
    presets_intro: "Mistakes that students of Raft make, and what to watch for. Press one to apply its rules from this instant on.",
        "Erros que estudantes de Raft cometem, e o que observar. Pressione um para aplicar suas regras a partir deste instante.";
    cures: "Fixes", "Correções";
    open_with(scenario: &str): "Open “{scenario}” with these rules", "Abrir “{scenario}” com estas regras";
    find_it: "Find a counterexample", "Buscar um contraexemplo";

    extensions_intro: "Not part of the paper's election (§5.2), so they are off. They make elections calmer, not safer.",
        "Não fazem parte da eleição do artigo (§5.2), por isso estão desligadas. Tornam as eleições mais calmas, não mais seguras.";
    transfer_note: "Leadership transfer (thesis §3.10) needs no switch: it is in a leader's menu.",
        "A transferência de liderança (tese §3.10) não precisa de interruptor: está no menu de um leader.";
    changed: "changed", "alterada";
    sought: "for the task", "para a tarefa";
    about: "About this rule", "Sobre esta regra";

    quorum: "Votes that make a leader", "Votos que elegem um leader";
    quorum_section: "Quorum", "Quórum";
    quorum_quote: "The majority rule ensures that at most one candidate can win the election for a particular term",
        "The majority rule ensures that at most one candidate can win the election for a particular term";
    quorum_majority: "Any two majorities share a server, and that server votes only once.",
        "Duas maiorias quaisquer têm um servidor em comum, e ele vota uma vez só.";
    quorum_alone: "A candidate's own vote is enough: whoever times out leads.",
        "Basta o voto do próprio candidate: quem esgota o timer lidera.";
    quorum_never: "More votes than there are servers: nobody is ever elected.",
        "Mais votos que servidores: ninguém jamais é eleito.";

    quorum_is_majority(votes: u8, size: u8): "majority ({votes} of {size})", "maioria ({votes} de {size})";
    quorum_is(votes: u8, size: u8): "{votes} of {size}", "{votes} de {size}";
    restart_voter(voter: NodeId): "Crash and restart {voter}", "Derrubar e reiniciar {voter}";
    restart_a_voter: "Crash and restart a voter", "Derrubar e reiniciar um eleitor";
    duplicate_vote: "Duplicate a vote", "Duplicar um voto";
    /// Why neither can be done now.
    waits_for_vote: "This can be done while a candidate waits for votes.", "É possível enquanto um candidate espera votos.";
    quorum_unsafe(votes: u8, size: u8): "{votes} of {size}: unsafe, because two groups can each elect a leader in one term.",
        "{votes} de {size}: inseguro, pois dois grupos podem eleger cada um seu leader no mesmo term.";
    quorum_safe(votes: u8, size: u8, spare: u8):
        "{votes} of {size}: safe, but with more than {spare} down nobody can be elected.",
        "{votes} de {size}: seguro, mas com mais de {spare} fora do ar ninguém pode ser eleito.";
}

words! {
    /// The heading of some rules.
    rule_group: RuleGroup;
    Votes: "Votes", "Votos";
    Terms: "Terms", "Os terms";
    Timers: "Timers", "Os timers";
    Logs: "Log", "Log";
    Lab: "Not in the paper", "Fora do artigo";
    Extensions: "Extensions", "Extensões";
    PreVotes: "Pre-votes", "Pre-votes";
}

words! {
    /// A preset's name.
    preset: Preset;
    ForgetsVote: "Forgets its vote in a crash", "Esquece o voto ao cair";
    VotesTwice: "Votes twice", "Vota duas vezes";
    StaysInOffice: "Does not step down", "Não renuncia";
    CountsStaleReplies: "Counts stale replies", "Conta respostas atrasadas";
    CountsTwice: "Counts a vote twice", "Conta um voto duas vezes";
    ResetsOnEveryRequest: "Resets its timer on every request", "Reinicia o timer a cada pedido";
    AllAlike: "All timeouts alike", "Timeouts todos iguais";
    HalfIsEnough: "Half is enough", "Metade basta";
    LabQuirk: "The lab's bug", "O bug do laboratório";
    PreVoteAndCheckQuorum: "Pre-vote and check quorum", "Pre-vote e verificação de quórum";
}

words! {
    /// What to watch under a preset. What it tells the reader to do is a button below it.
    preset_watch: Preset;
    ForgetsVote: "Crash and restart a server that has just voted: it votes again in that term, and a second candidate may win it, too.",
        "Derrube e reinicie um servidor que acabou de votar: ele vota de novo naquele term, e um segundo candidate pode vencê-lo também.";
    VotesTwice: "Align the timers: several servers stand for election at once, each gets every vote, and more than one leads the term.",
        "Alinhe os timers: vários se candidatam juntos, cada um recebe todos os votos, e mais de um lidera o term.";
    StaysInOffice: "A leader that is cut off does not step down when it returns: it takes the new term and keeps leading, with the votes of the old term.",
        "Um leader isolado não renuncia ao voltar: assume o novo term e segue liderando, com os votos do term antigo.";
    CountsStaleReplies: "Delay the votes for a candidate until it stands again: votes of the old term make it leader of the new one.",
        "Atrase os votos de um candidate até que se candidate de novo: votos do term antigo o tornam leader do novo.";
    CountsTwice: "Duplicate a vote in flight: the copy counts as well, and a candidate wins without a majority.",
        "Duplique um voto em trânsito: a cópia também conta, e um candidate vence sem maioria.";
    ResetsOnEveryRequest: "Each hopeless request restarts all other timers, so the cluster is without a leader for longer.",
        "Cada pedido sem chance reinicia os outros timers, e o cluster fica mais tempo sem leader.";
    AllAlike: "Crash the leader: the others time out almost together, vote for themselves, and split the vote again and again.",
        "Derrube o leader: os outros esgotam o timer quase juntos, votam em si mesmos e dividem os votos repetidamente.";
    HalfIsEnough: "Align the timers: two candidates may each find enough votes in one term.",
        "Alinhe os timers: dois candidates podem conseguir votos suficientes no mesmo term.";
    LabQuirk: "Align the timers: each candidate that refuses another stands again at once, and terms climb.",
        "Alinhe os timers: cada candidate que nega o voto a outro se candidata de novo na hora, e os terms sobem.";
    PreVoteAndCheckQuorum: "In a partial partition, two servers no longer depose a leader that they can't hear. With both rules, elections settle.",
        "Em uma partição parcial, dois servidores não depõem mais um leader que não ouvem. Com as duas regras, as eleições se resolvem.";
}

impl Lang {
    /// A choice of the votes that make a leader of `size` servers.
    #[must_use]
    pub fn quorum_choice(self, quorum: Quorum, size: u8) -> String {
        match quorum {
            Quorum::Majority => self.quorum_is_majority(quorum.votes(size), size),
            Quorum::Votes(votes) => self.quorum_is(votes, size),
        }
    }

    /// What it means that so many votes of `size` servers make a leader.
    #[must_use]
    pub fn quorum_means(self, quorum: Quorum, size: u8) -> String {
        let text = self.rules_text();
        match quorum.votes(size) {
            votes if votes == Quorum::Majority.votes(size) => text.quorum_majority.to_owned(),
            1 => text.quorum_alone.to_owned(),
            votes if votes > size => text.quorum_never.to_owned(),
            votes if votes <= size / 2 => self.quorum_unsafe(votes, size),
            votes => self.quorum_safe(votes, size, size - votes),
        }
    }
}
