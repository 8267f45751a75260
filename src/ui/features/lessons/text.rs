//! What the card says around a lesson's own words.

use crate::{
    lesson::{
        BesideTask, TaskWord,
        file::{Instead, LessonError, LessonExpected, LessonFlaw},
        predict::Unaskable,
    },
    raft::{NodeId, Role},
    scenario::file::FileError,
    sim::Micros,
    ui::text::{Lang, capitalised, catalogue, words},
};

catalogue! {
    /// The sentences around lessons.
    LessonsText, lessons_text;

    title: "Lessons", "Lições";
    about: "Each takes a few minutes: watch, answer, and do it yourself.",
        "Cada uma leva alguns minutos: observe, responda e faça você mesmo.";
    own: "A lesson of your own is a text file: open it below, or drop it on the page.",
        "Uma lição sua é um arquivo de texto: abra-o abaixo, ou solte-o na página.";
    open_own: "Open a lesson file…", "Abrir um arquivo de lição…";
    share: "Share the lesson", "Compartilhar a lição";
    close: "Close the lesson", "Fechar a lição";
    back: "Back", "Voltar";
    next: "Next", "Avançar";
    finish: "Finish", "Concluir";
    finish_own: "Finish and close", "Concluir e fechar";
    watch: "Watch", "Assistir";
    pause: "Pause the lesson", "Pausar a lição";
    show_me: "Show me", "Mostrar";
    show_hint: "Does the task for you", "Faz a tarefa por você";
    again: "Try again", "Tentar de novo";
    again_hint: "Back to where this step began", "De volta ao começo deste passo";
    why: "Why?", "Por quê?";
    start_again: "Back to the start of this step", "Voltar ao começo deste passo";
    back_to_task: "Back to the task", "Voltar à tarefa";
    go_on_anyway: "Go on anyway", "Avançar mesmo assim";
    find_rule: "Show the switch", "Mostrar o interruptor";
    find_rule_hint: "Goes to the rule that the task is about", "Vai à regra de que trata a tarefa";
    find_dial: "Show the setting", "Mostrar o ajuste";
    find_dial_hint: "Goes to the setting that the task is about", "Vai ao ajuste de que trata a tarefa";
    not_asked: "The task does not ask for that.", "A tarefa não pede isso.";
    in_vain: "Not enough yet: what the task asks for does not come of it.",
        "Ainda não basta: o que a tarefa pede não vem disso.";
    too_much: "That is more than the task allows.", "Isso é mais do que a tarefa permite.";
    too_late: "Too late for the solution: it does not work any more from here. Go back to its start and act earlier.",
        "Tarde demais para a solução: daqui ela já não funciona. Volte ao começo e aja antes.";
    now_wait: "Good. Now wait: the rest comes by itself.", "Bom. Agora espere: o resto vem sozinho.";
    flaw: "In your file:", "No seu arquivo:";
    never: "What this step waits for does not happen in the next 30 s of this run.",
        "O que este passo espera não acontece nos próximos 30 s desta execução.";
    your_turn: "Your turn", "Sua vez";
    done: "Done", "Feito";
    answer_first: "Answer first: then time goes on.", "Responda primeiro: depois o tempo continua.";
    yours_to_do: "First do what the card asks: nothing shows it here.",
        "Primeiro faça o que o cartão pede: nada o mostra aqui.";
    nothing_to_ask: "Nothing of the kind can be worked out at this instant of the run, so nothing is asked.",
        "Neste instante da execução não se pode deduzir nada do tipo, por isso nada é perguntado.";
    right: "Right.", "Certo.";
    wrong: "Not quite.", "Não é isso.";
    answer_again: "Try again, or have the answer shown.", "Tente de novo, ou peça a resposta.";
    show_answer: "Show the answer", "Mostrar a resposta";
    answer: "The answer:", "A resposta:";
    answers: "Answers", "Respostas";
    erase: "Erase progress", "Apagar o progresso";
    no_reset: "Reset would begin another run than that of the lesson. Back leads to earlier steps.",
        "Reiniciar começaria outra execução que não a da lição. Voltar leva a passos anteriores.";
    closed: "The lesson is closed: another run has taken its place.",
        "A lição foi fechada: outra execução tomou seu lugar.";
    locked: "You can act on the cluster in the tasks of the lesson. Close it to do as you like.",
        "Você pode agir sobre o cluster nas tarefas da lição. Feche-a para fazer o que quiser.";

    flaw_nothing: "Nothing of the kind happens there.", "Nada do tipo acontece ali.";
    mend_wait: "Wait for what happens, or change the run: another seed, or lines as “at 1 s kill S1”.",
        "Espere pelo que acontece, ou mude a execução: outra semente, ou linhas como “at 1 s kill S1”.";
    mend_task: "Change the solution, the task or the run.", "Mude a solução, a tarefa ou a execução.";
    mend_offer: "Name what has happened, or move this line to a later step.",
        "Nomeie o que aconteceu, ou leve esta linha para um passo posterior.";

    /// What does not come about of what a step wants.
    flaw_missing(words: &str): "“{words}” is missing.", "Falta “{words}”.";
    flaw_at(words: &str, at: &str): "“{words}” at {at}", "“{words}” em {at}";
    flaw_happens(list: &str): "What happens there: {list}.", "O que acontece ali: {list}.";
    flaw_before(list: &str): "It happens only before this step begins: {list}.", "Só acontece antes de este passo começar: {list}.";
    /// The card, for who can't see it.
    lesson_called(title: &str): "Lesson: {title}", "Lição: {title}";
    /// The address has a name that no lesson has.
    no_lesson(name: &str): "The address asks for a lesson that this page does not have: “{name}”.",
        "O endereço pede uma lição que esta página não tem: “{name}”.";
    /// Which step of the lesson stands.
    step_of(step: usize, steps: usize): "{step} of {steps}", "{step} de {steps}";
    /// The reader was here before.
    was_at(step: usize): "Last time you came to step {step}.", "Da última vez você chegou ao passo {step}.";
    go_on_at(step: usize): "Go on at step {step}", "Continuar no passo {step}";
    /// Plays it again without what was done.
    what_if_not(deed: &str): "What if not “{deed}”?", "E se não “{deed}”?";
    /// A server was chosen that the task does not ask for.
    was_in_role(server: NodeId, role: &str): "{server} was a {role}.", "{server} era {role}.";
    asks_for(server: NodeId): "The task asks for {server}.", "A tarefa pede {server}.";
    asks_for_leader(server: NodeId): "The task asks for {server}, the leader.", "A tarefa pede {server}, o leader.";
    /// More was done than the task asks for.
    more_than_asked(deeds: &str): "You did more than the task asks: {deeds}. The next steps tell of a run without that.",
        "Você fez mais do que a tarefa pede: {deeds}. Os próximos passos contam uma execução sem isso.";
    more_was_done(deeds: &str): "In the task you did more than it asks: {deeds}. This step tells of a run without that.",
        "Na tarefa você fez mais do que ela pede: {deeds}. Este passo conta uma execução sem isso.";
    /// How much of a task is done.
    part_done(done: usize, of: usize): "Good: {done} of {of} done.", "Bom: {done} de {of} feitos.";
    /// The lesson after the one that is done.
    next_lesson(title: &str): "Next lesson: {title}", "Próxima lição: {title}";
    /// How many steps are done.
    steps_done(done: usize, steps: usize): "{done} of {steps} done", "{done} de {steps} feitos";
}

words! {
    /// What a line of a lesson should have been, where it is not a line of a scenario file.
    lesson_expected: LessonExpected;
    Header: "It is not a lesson: the first line must be “raft-lesson 1”.",
        "Não é uma lição: a primeira linha deve ser “raft-lesson 1”.";
    OlderVersion: "It was made for a newer version of this page. Reload the page and try again.",
        "Foi feita para uma versão mais nova desta página. Recarregue a página e tente de novo.";
    Shorter: "It is larger than 1 MB, the limit for lessons.", "Tem mais de 1 MB, o limite para lições.";
    Once: "a line that is not given twice", "uma linha que não se repete";
    Text: "some text", "algum texto";
    ShortText: "a text of at most 2000 bytes", "um texto de no máximo 2000 bytes";
    Language: "a language in brackets, as “text[pt-BR]”", "um idioma entre colchetes, como “text[pt-BR]”";
    KnownLanguage: "a language that this page speaks (a text without brackets is English)", "um idioma desta página (um texto sem colchetes está em inglês)";
    LanguageOnce: "another language: this one has its text above", "outro idioma: este já tem seu texto acima";
    Name: "a name of at most 60 small letters, digits and hyphens", "um nome com no máximo 60 letras minúsculas, dígitos e hifens";
    Title: "a “title” above the first scene", "um “title” acima da primeira cena";
    Scene: "“lesson”, “title” or “about”, or a “scene” above this line", "“lesson”, “title” ou “about”, ou uma “scene” acima desta linha";
    Steps: "a scene with at least one step", "uma cena com ao menos um passo";
    Scenario: "the name of a built-in scenario, as in its address after “scenario=”, or nothing",
        "o nome de um cenário da página, como em seu endereço depois de “scenario=”, ou nada";
    NoRun: "a step, because the run is that of the scenario", "um passo, pois a execução é a do cenário";
    Step: "a new step, “say”, “wait”, “ask” or “task”, or a line of one, as “text”, “then”, “right” or “why”",
        "um novo passo, “say”, “wait”, “ask” ou “task”, ou uma linha de um, como “text”, “then”, “right” ou “why”";
    Said: "a “text” in this step", "um “text” neste passo";
    Misconception: "the name of a mistake, as “vote-forgotten”", "o nome de um erro, como “vote-forgotten”";
    Control: "what is locked or not", "o que é bloqueado ou não";
    Condition: "what has to happen or hold, as “elected S2”", "o que deve acontecer ou valer, como “elected S2”";
    Lasting: "a state that can last, as “leader S2 for 1 s”", "um estado que pode durar, como “leader S2 for 1 s”";
    Counted: "what is counted", "o que é contado";
    Reason: "the name of a reason, as “stale-term”", "o nome de um motivo, como “stale-term”";
    Property: "the name of a property, as “election-safety”", "o nome de uma propriedade, como “election-safety”";
    Happening: "something that happens, as “elected S2”", "algo que acontece, como “elected S2”";
    Prediction: "what is to be predicted, as “next-timeout” or “vote S3 for S2”", "o que deve ser previsto, como “next-timeout” ou “vote S3 for S2”";
    Ask: "an “ask” without “predict” above this line", "um “ask” sem “predict” acima desta linha";
    Choice: "“right” or “wrong” above this line", "“right” ou “wrong” acima desta linha";
    Choices: "a “right” choice and a “wrong” one in this step", "uma resposta “right” e uma “wrong” neste passo";
    Because: "a “because” for each choice of this step", "um “because” para cada resposta deste passo";
    Task: "a “task” above this line", "uma “task” acima desta linha";
    Later: "a time that is not before the one above", "um tempo que não vem antes do de cima";
    Coming: "what happens within 30 s of this run", "algo que acontece em até 30 s desta execução";
    Askable: "a question that can be worked out at this instant of the run", "uma pergunta que se possa deduzir neste instante da execução";
    Solution: "a solution that does the task in this run", "uma solução que faça a tarefa nesta execução";
    Happened: "what has happened in this run by then (“what-if” wants an action)", "algo que já aconteceu nesta execução (“what-if” quer uma ação)";
    Run: "", "";
}

words! {
    /// Why a step has nothing to ask, and what its author can do.
    unaskable: Unaskable;
    OtherRules: "Under other rules than the paper's nothing is asked: take the rules and priorities out of this scene.",
        "Com regras diferentes das do artigo nada é perguntado: tire as regras e prioridades desta cena.";
    UnreliableNetwork: "In a network that loses, doubles or reorders messages nothing is asked: take that out of this scene.",
        "Em uma rede que perde, duplica ou reordena mensagens nada é perguntado: tire isso desta cena.";
    NoSubject: "No such message is on its way then, and no such server is a candidate: ask elsewhere, as right after “wait stands S2”.",
        "Nesse instante não há tal mensagem a caminho nem tal servidor é candidate: pergunte em outro lugar, como logo após “wait stands S2”.";
    Settled: "It is settled already: ask earlier.", "Já está decidido: pergunte antes.";
    NothingHappens: "Nothing settles it in the time ahead: ask after what leads to it.",
        "Nada o decide no tempo à frente: pergunte depois do que leva a isso.";
    TooClose: "Two things happen too close together to tell which comes first: ask a little earlier or later, or take another seed.",
        "Duas coisas acontecem perto demais para dizer qual vem antes: pergunte um pouco antes ou depois, ou escolha outra semente.";
    Luck: "It depends on delays or timeouts that are still to be drawn: ask later, or take another seed.",
        "Depende de atrasos ou timeouts ainda por sortear: pergunte depois, ou escolha outra semente.";
    Planned: "A line of the scene acts before it is settled: ask after that, or move the line.",
        "Uma linha da cena age antes de isso se decidir: pergunte depois dela, ou mude a linha de lugar.";
}

impl Lang {
    /// What is said of what the reader did in a task that is not done.
    #[must_use]
    pub(super) fn task_word(self, word: &TaskWord) -> String {
        let text = self.lessons_text();
        let BesideTask { action, role, wanted } = match *word {
            TaskWord::Beside(beside) => beside,
            TaskWord::InVain => return text.in_vain.to_owned(),
            TaskWord::TooMuch => return text.too_much.to_owned(),
            TaskWord::TooLate => return text.too_late.to_owned(),
            TaskWord::Waits => return text.now_wait.to_owned(),
            TaskWord::Part { done, of } => return self.part_done(done, of),
        };
        let done = capitalised(&self.action(action));
        let Some((server, is)) = wanted else {
            return format!("{done}. {}", { text.not_asked });
        };
        let was = match (action.server(), role) {
            (Some(server), Some(role)) => self.was_in_role(server, self.role(role)),
            _ => format!("{done}."),
        };
        let asked = match is {
            Some(Role::Leader) => self.asks_for_leader(server),
            _ => self.asks_for(server),
        };
        format!("{was} {asked}")
    }

    /// What was done beside a task, as it is said of the steps after it, or where it was done.
    #[must_use]
    pub(super) fn strayed(self, beside: &[BesideTask], is_here: bool) -> String {
        let deeds: Vec<_> = beside.iter().map(|deed| self.action(deed.action)).collect();
        let deeds = deeds.join("; ");
        if is_here {
            self.more_than_asked(&deeds)
        } else {
            self.more_was_done(&deeds)
        }
    }

    /// What a line of a lesson should have been, and what it is.
    #[must_use]
    pub fn lesson_line_error(self, error: &LessonError) -> String {
        let LessonError { line, expected, found } = error;
        match *expected {
            LessonExpected::Run(expected) => self.line_error(&FileError {
                line: *line,
                expected,
                found: found.clone(),
            }),
            LessonExpected::Header | LessonExpected::OlderVersion | LessonExpected::Shorter => {
                self.lesson_expected(*expected).to_owned()
            }
            expected => {
                let known = expected.known();
                let colon = if known.is_empty() { "" } else { ": " };
                let expected = format!("{}{colon}{}", self.lesson_expected(expected), known.join(", "));
                self.line_differs(*line, found, &expected)
            }
        }
    }

    /// What an author should look at again: the line, what is missing, what there is instead, and what they can do.
    #[must_use]
    pub(super) fn lesson_flaw(self, flaw: &LessonFlaw) -> String {
        let text = self.lessons_text();
        let mut said = vec![self.lesson_line_error(&flaw.error)];
        said.extend(flaw.missing.as_ref().map(|missing| self.flaw_missing(missing)));
        let found = |found: &[(Micros, String)]| {
            let named = |(at, words): &(Micros, String)| self.flaw_at(words, &self.seconds(*at));
            found.iter().map(named).collect::<Vec<_>>().join(", ")
        };
        match &flaw.instead {
            Some(Instead::Happens(happens)) => said.push(self.flaw_happens(&found(happens))),
            Some(Instead::Before(happens)) => said.push(self.flaw_before(&found(happens))),
            Some(Instead::Nothing) => said.push(text.flaw_nothing.to_owned()),
            Some(Instead::Unaskable(why)) => said.push(self.unaskable(*why).to_owned()),
            None => {}
        }
        said.push(match flaw.error.expected {
            LessonExpected::Coming => text.mend_wait.to_owned(),
            LessonExpected::Solution => text.mend_task.to_owned(),
            LessonExpected::Happened => text.mend_offer.to_owned(),
            _ => return said.join(" "),
        });
        said.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::file;

    /// What an author is told of the only flaw of a lesson with these steps.
    fn told(steps: &str, lang: Lang) -> String {
        let text = format!("raft-lesson 1\ntitle A\nscene\n  seed 6\n{steps}");
        let (_, flaws) = file::check(&text).expect("a lesson");
        assert_eq!(flaws.len(), 1, "{flaws:?}");
        lang.lesson_flaw(&flaws[0])
    }

    fn is_told(steps: &str, english: &str, portuguese: &str) {
        assert_eq!(told(steps, Lang::En), english);
        assert_eq!(told(steps, Lang::Pt), portuguese);
    }

    #[test]
    fn a_language_that_is_unknown_is_told_with_those_that_are_known() {
        is_told(
            "say\n  text[pt] A\n  text[ptbr] B\n",
            "Line 7, “text[ptbr] B”: expected a language that this page speaks (a text without brackets is English): en, pt-BR.",
            "Linha 7, “text[ptbr] B”: esperava-se um idioma desta página (um texto sem colchetes está em inglês): en, pt-BR.",
        );
    }

    #[test]
    fn a_language_that_stands_twice_is_told() {
        is_told(
            "say\n  text[pt] A\n  text[pt-BR] B\n",
            "Line 7, “text[pt-BR] B”: expected another language: this one has its text above.",
            "Linha 7, “text[pt-BR] B”: esperava-se outro idioma: este já tem seu texto acima.",
        );
    }

    #[test]
    fn what_never_comes_is_told_with_what_comes_instead_and_what_to_do() {
        is_told(
            "wait elected S3\n  text A\n",
            "Line 5, “wait elected S3”: expected what happens within 30 s of this run. What happens there: “elected S2 in term 1” \
             at 0.165 s. Wait for what happens, or change the run: another seed, or lines as “at 1 s kill S1”.",
            "Linha 5, “wait elected S3”: esperava-se algo que acontece em até 30 s desta execução. O que acontece ali: “elected S2 in \
             term 1” em 0,165 s. Espere pelo que acontece, ou mude a execução: outra semente, ou linhas como “at 1 s kill S1”.",
        );
    }

    #[test]
    fn a_solution_in_vain_is_told_with_what_is_missing() {
        is_told(
            "task crashes S2\n  text A\n  solve after 1 s isolate S2\n",
            "Line 7, “solve after 1 s isolate S2”: expected a solution that does the task in this run. “crashes S2” is missing. \
             Nothing of the kind happens there. Change the solution, the task or the run.",
            "Linha 7, “solve after 1 s isolate S2”: esperava-se uma solução que faça a tarefa nesta execução. Falta “crashes S2”. \
             Nada do tipo acontece ali. Mude a solução, a tarefa ou a execução.",
        );
    }

    #[test]
    fn what_is_offered_in_vain_is_told_with_what_has_happened() {
        is_told(
            "wait elected S2\n  text A\n  why elected S1\n",
            "Line 7, “why elected S1”: expected what has happened in this run by then (“what-if” wants an action). What happens \
             there: “elected S2 in term 1” at 0.165 s. Name what has happened, or move this line to a later step.",
            "Linha 7, “why elected S1”: esperava-se algo que já aconteceu nesta execução (“what-if” quer uma ação). O que \
             acontece ali: “elected S2 in term 1” em 0,165 s. Nomeie o que aconteceu, ou leve esta linha para um passo posterior.",
        );
    }

    #[test]
    fn a_question_that_cannot_be_asked_is_told_with_the_reason() {
        is_told(
            "ask predict vote S5 for S2\n",
            "Line 5, “ask predict vote S5 for S2”: expected a question that can be worked out at this instant of the run. No such \
             message is on its way then, and no such server is a candidate: ask elsewhere, as right after “wait stands S2”.",
            "Linha 5, “ask predict vote S5 for S2”: esperava-se uma pergunta que se possa deduzir neste instante da execução. Nesse \
             instante não há tal mensagem a caminho nem tal servidor é candidate: pergunte em outro lugar, como logo após “wait \
             stands S2”.",
        );
    }

    #[test]
    fn what_is_misspelt_is_told_with_the_words_that_are_known() {
        let error = file::read("raft-lesson 1\ntitle A\nscene\n  misconception sloth\n").expect_err("no such mistake");
        let told = Lang::En.lesson_line_error(&error);
        assert!(
            told.contains("the name of a mistake") && told.contains("vote-forgotten, "),
            "{told}"
        );
    }
}
