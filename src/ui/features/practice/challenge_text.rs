//! The words of the challenges.

use crate::{
    lesson::challenge::{Challenge, DeadEnd, ParSource},
    raft::{NodeId, Rule, Term},
    ui::{
        intent::{ChallengeState, UnderWay},
        text::{Lang, catalogue},
    },
};

catalogue! {
    /// The sentences about challenges.
    ChallengeText, challenge_text;

    challenges: "Challenges", "Desafios";
    intro: "Each starts a run of its own. A solution is a link: whoever opens it sees it judged again.",
        "Cada um inicia uma execução própria. Uma solução é um link: quem o abre a vê julgada de novo.";
    start: "Start", "Iniciar";
    again: "Start over", "Recomeçar";
    share: "Share this solution\u{2026}", "Compartilhar esta solução\u{2026}";
    open: "Not solved so far.", "Ainda não resolvido.";
    on_screen: "on screen", "na tela";
    under_way: "Under way", "Em andamento";
    show: "Show the challenge", "Mostrar o desafio";
    /// At the tab, after its name.
    solved: "(solved)", "(resolvido)";
    stuck: "(no longer to be solved)", "(sem solução possível)";
    /// How a par is known.
    by_one: "No solution is shorter.", "Nenhuma solução é mais curta.";
    by_simulator: "The simulator tried every action alone, and none was enough.", "O simulador testou cada ação sozinha, e nenhuma bastou.";
    by_search: "The exhaustive search finds none with fewer.", "A busca exaustiva não acha nenhuma com menos.";

    elect_s5: "Elect S5", "Eleja S5";
    elect_s5_task: "Make S5 the leader.", "Faça de S5 o leader.";
    elect_s5_allowed: "Allowed: crash and restart servers, nothing else.", "Permitido: derrubar e reiniciar servidores, nada mais.";
    two_leaders: "Two leaders at once", "Dois leaders ao mesmo tempo";
    two_leaders_task: "Two servers that run believe at the same time that they lead, in different terms.",
        "Dois servidores em execução acreditam ao mesmo tempo que lideram, em terms diferentes.";
    rules_stay: "Allowed: everything but changing the rules or the answer to a message.",
        "Permitido: tudo, menos mudar as regras ou a resposta a uma mensagem.";
    step_down: "The stale leader", "O leader obsoleto";
    step_down_task: "S5 wins term 1, and at 0.3 s it is cut off. Make it step down because it hears of a newer term: once it is down, it has nothing to step down from.",
        "S5 vence o term 1 e aos 0,3 s é isolado. Faça-o renunciar por saber de um term mais novo: quem cai já não tem a que renunciar.";
    split_vote: "One crash, a split vote", "Uma queda, votos divididos";
    split_vote_task: "Crash one server, once, at a moment when the vote then splits. Each heartbeat restarts the followers' timers with new random timeouts; the panel “Servers” says when they expire. Wait until those that expire first are only a few milliseconds apart, and crash the leader before its next heartbeat.",
        "Derrube um servidor, uma vez, em um momento em que os votos então se dividam. Cada heartbeat reinicia os timers dos followers com novos timeouts sorteados; o painel “Servidores” diz quando se esgotam. Espere até que os primeiros a se esgotar estejam a poucos milissegundos um do outro, e derrube o leader antes do próximo heartbeat.";
    split_vote_allowed: "Allowed: that one crash, nothing else.", "Permitido: essa única queda, nada mais.";
    never_s3: "S3 never wins", "S3 nunca vence";
    never_s3_task: "Make sure that S3 can never win, and that another server leads. The logs of S1 and S2 are longer than the others.",
        "Garanta que S3 nunca possa vencer e que outro servidor lidere. Os logs de S1 e S2 são mais longos que os outros.";
    never_s3_allowed: "Allowed: everything but S3, its links, logs, rules, answers to messages, the network and the timing.",
        "Permitido: tudo, menos mexer em S3, em suas conexões, nos logs, nas regras, nas respostas a mensagens, na rede e nos tempos.";
    leaderless: "Two seconds without a leader", "Dois segundos sem leader";
    leaderless_task: "After the first leader, keep the cluster without one for two seconds of its time.",
        "Depois do primeiro leader, mantenha o cluster sem nenhum por dois segundos do tempo dele.";
    leaderless_allowed: "Allowed: one crash and one cut, nothing else. A partition (panel “Network”) counts as one cut.",
        "Permitido: uma queda e um corte, nada mais. Uma partição (painel “Rede”) vale como um corte.";
    calm_outage: "Calm the outage", "Acalme a pane";
    calm_outage_task: "From 0.3 s on the network is bad, and at 2 s it gets worse. By 1.5 s, switch on rules of the thesis so that in the end one server leads for three seconds.",
        "A partir de 0,3 s a rede está ruim, e aos 2 s piora. Até 1,5 s, ligue regras da tese para que no fim um servidor lidere por três segundos.";
    calm_outage_allowed: "Allowed: up to 1.5 s, switch rules of the thesis on or off, nothing else.",
        "Permitido: até 1,5 s, ligar ou desligar regras da tese, nada mais.";
    break_allowed: "Allowed: everything but changing rules or answers to messages, wiping disks and setting logs.",
        "Permitido: tudo, menos mudar regras ou respostas a mensagens, apagar discos e ajustar logs.";
    break_leaders: "Let two servers lead the same term. Steps are timers that expire, messages that arrive, crashes and restarts; messages can be dropped and held in Network.",
        "Faça dois servidores liderarem o mesmo term. Passos são timers que se esgotam, mensagens que chegam, quedas e reinícios; em Rede, mensagens podem ser descartadas e atrasadas.";
    break_votes: "Let a server vote for two candidates in one term. Steps are timers that expire, messages that arrive, crashes and restarts; messages can be dropped and held in Network.",
        "Faça um servidor votar em dois candidates no mesmo term. Passos são timers que se esgotam, mensagens que chegam, quedas e reinícios; em Rede, mensagens podem ser descartadas e atrasadas.";
    break_log: "Let a server lead whose log lacks what a majority has. Steps are timers that expire, messages that arrive, crashes and restarts.",
        "Faça liderar um servidor a cujo log falta o que a maioria tem. Passos são timers que se esgotam, mensagens que chegam, quedas e reinícios.";

    /// What can go wrong where a rule is off.
    goal_leaders: "Two leaders in one term", "Dois leaders em um term";
    goal_votes: "Two votes in one term", "Dois votos em um term";
    goal_log: "A leader without the majority's entries", "Um leader sem as entradas da maioria";
    /// What servers do where a rule is off.
    vote_for_all: "servers vote for everyone who asks", "servidores votam em todos que pedem";
    crash_erases_vote: "a crash erases the vote", "uma queda apaga o voto";
    crash_erases_term: "a crash erases the term", "uma queda apaga o term";
    old_votes_count: "votes of earlier terms count", "votos de terms anteriores contam";
    copies_count: "copies of a vote count too", "cópias de um voto também contam";
    term_again: "candidates stand in the term they are in", "candidates disputam o term em que estão";
    role_is_kept: "a newer term ends no leadership", "um term mais novo não encerra uma liderança";
    stepping_down_erases_vote: "stepping down erases the vote", "renunciar apaga o voto";
    logs_ignored: "voters ignore the logs", "eleitores ignoram os logs";
    longer_log_counts: "the longer log counts as newer", "o log mais longo conta como mais novo";
    promises_count: "pre-votes count as votes", "pre-votes contam como votos";

    break_title(goal: &str, bug: &str): "{goal}: {bug}", "{goal}: {bug}";
    break_task(rule: &str, task: &str): "The rule “{rule}” is off. {task}", "A regra “{rule}” está desligada. {task}";
    spoiled(deed: &str): "Not allowed in this challenge: {deed}. Undo it, or start over.", "Não permitido neste desafio: {deed}. Desfaça, ou recomece.";
    solved_now(title: &str): "Challenge solved: {title}.", "Desafio resolvido: {title}.";
    leads_no_longer(server: NodeId, term: Term): "{server} crashed: it no longer leads term {term}, so it cannot step down from it any more. Undo the crash, or start over.",
        "{server} caiu: já não lidera o term {term}, então não pode mais renunciar a ele. Desfaça a queda ou recomece.";
    led_without_split(leader: NodeId): "The one crash is used up, and {leader} leads without a split vote: in this run there will be none. Undo the crash and choose another moment, or start over.",
        "A única queda já foi usada, e {leader} lidera sem votos divididos: nesta execução não haverá mais. Desfaça a queda e escolha outro momento, ou recomece.";
    led_too_soon: "The crash and the cut are used up, and the cluster will not be without a leader for two seconds. Undo one of them, or start over.",
        "A queda e o corte já foram usados, e o cluster não ficará dois segundos sem leader. Desfaça um deles ou recomece.";
    not_calmed: "Rules can be switched up to 1.5 s only, and with those in force the cluster does not calm down. Go back before 1.5 s and switch others, or start over.",
        "As regras só podem ser mudadas até 1,5 s, e com as que valem o cluster não se acalma. Volte para antes de 1,5 s e mude outras, ou recomece.";
    solved_actions(count: usize): "Solved in {count} {count:action|actions}.", "Resolvido em {count} {count:ação|ações}.";
    solved_steps(count: usize): "Solved in {count} {count:step|steps}.", "Resolvido em {count} {count:passo|passos}.";
    par_is(par: usize): "The shortest known solution takes {par}.", "A solução mais curta conhecida usa {par}.";
    best_of(count: usize, par: usize): "solved in {count}, shortest {par}", "resolvido em {count}, mais curta {par}";
}

impl Lang {
    /// What a challenge is called.
    #[must_use]
    pub fn challenge_title(self, challenge: Challenge) -> String {
        let text = self.challenge_text();
        match challenge {
            Challenge::ElectS5 => text.elect_s5,
            Challenge::TwoLeaders => text.two_leaders,
            Challenge::StepDown => text.step_down,
            Challenge::SplitVote => text.split_vote,
            Challenge::NeverS3 => text.never_s3,
            Challenge::Leaderless => text.leaderless,
            Challenge::CalmOutage => text.calm_outage,
            Challenge::Break(rule) => return self.break_title(self.break_goal(rule), self.bug_of(rule)),
        }
        .to_owned()
    }

    /// What is to be brought about.
    pub(super) fn challenge_task(self, challenge: Challenge) -> String {
        let text = self.challenge_text();
        let task = match challenge {
            Challenge::ElectS5 => text.elect_s5_task,
            Challenge::TwoLeaders => text.two_leaders_task,
            Challenge::StepDown => text.step_down_task,
            Challenge::SplitVote => text.split_vote_task,
            Challenge::NeverS3 => text.never_s3_task,
            Challenge::Leaderless => text.leaderless_task,
            Challenge::CalmOutage => text.calm_outage_task,
            Challenge::Break(Rule::UpToDateCheck | Rule::LogTermBeforeIndex) => text.break_log,
            Challenge::Break(Rule::KeepVoteInTerm) => text.break_votes,
            Challenge::Break(_) => text.break_leaders,
        };
        match challenge {
            Challenge::Break(rule) => self.break_task(self.rule(rule), task),
            _ => task.to_owned(),
        }
    }

    /// What may be done in a challenge.
    pub(super) const fn challenge_allowed(self, challenge: Challenge) -> &'static str {
        let text = self.challenge_text();
        match challenge {
            Challenge::ElectS5 => text.elect_s5_allowed,
            Challenge::TwoLeaders | Challenge::StepDown => text.rules_stay,
            Challenge::SplitVote => text.split_vote_allowed,
            Challenge::NeverS3 => text.never_s3_allowed,
            Challenge::Leaderless => text.leaderless_allowed,
            Challenge::CalmOutage => text.calm_outage_allowed,
            Challenge::Break(_) => text.break_allowed,
        }
    }

    /// What is to be reached where this rule is off.
    const fn break_goal(self, rule: Rule) -> &'static str {
        let text = self.challenge_text();
        match rule {
            Rule::UpToDateCheck | Rule::LogTermBeforeIndex => text.goal_log,
            Rule::KeepVoteInTerm => text.goal_votes,
            _ => text.goal_leaders,
        }
    }

    /// What servers do where this rule is off.
    const fn bug_of(self, rule: Rule) -> &'static str {
        let text = self.challenge_text();
        match rule {
            Rule::OneVotePerTerm => text.vote_for_all,
            Rule::PersistVote => text.crash_erases_vote,
            Rule::PersistTerm => text.crash_erases_term,
            Rule::ReplyTermMustMatch => text.old_votes_count,
            Rule::CountEachVoteOnce => text.copies_count,
            Rule::NewElectionNewTerm => text.term_again,
            Rule::NewerTermStepsDown => text.role_is_kept,
            Rule::KeepVoteInTerm => text.stepping_down_erases_vote,
            Rule::UpToDateCheck => text.logs_ignored,
            Rule::LogTermBeforeIndex => text.longer_log_counts,
            Rule::PreVoteIsNoVote => text.promises_count,
            _ => self.rule_changed(rule),
        }
    }

    /// Why it can't be solved any more.
    fn dead_end(self, end: DeadEnd) -> String {
        let text = self.challenge_text();
        match end {
            DeadEnd::LeadsNoLonger(server, term) => self.leads_no_longer(server, term),
            DeadEnd::LedWithoutSplit(leader) => self.led_without_split(leader),
            DeadEnd::LedTooSoon => text.led_too_soon.to_owned(),
            DeadEnd::NotCalmed => text.not_calmed.to_owned(),
        }
    }

    /// Why it isn't solved, in the panel.
    pub(super) fn unsolved(self, state: ChallengeState) -> String {
        match state {
            ChallengeState::Stuck(end) => self.dead_end(end),
            ChallengeState::Spoiled(action) => self.spoiled(&self.deed(action)),
            ChallengeState::Open | ChallengeState::Solved(_) => self.challenge_text().open.to_owned(),
        }
    }

    /// What has become of what is under way, for whoever looks elsewhere; nothing while it is open.
    #[must_use]
    pub fn became(self, under_way: UnderWay) -> Option<String> {
        match under_way {
            UnderWay::Duty(_) | UnderWay::Challenge(_, ChallengeState::Open) => None,
            UnderWay::Challenge(challenge, ChallengeState::Solved(_)) => {
                Some(self.solved_now(&self.challenge_title(challenge)))
            }
            UnderWay::Challenge(_, state) => Some(self.unsolved(state)),
        }
    }

    /// That it is solved, and what would be enough.
    pub(super) fn solved_text(self, challenge: Challenge, count: usize) -> String {
        let (text, par) = (self.challenge_text(), challenge.par());
        let (solved, source) = match par.source {
            ParSource::OneIsLeast => (self.solved_actions(count), text.by_one),
            ParSource::Simulator => (self.solved_actions(count), text.by_simulator),
            ParSource::Search => (self.solved_steps(count), text.by_search),
        };
        if count == par.count {
            return format!("{solved} {source}");
        }
        format!("{solved} {} {source}", self.par_is(par.count))
    }
}
