//! What the panels of the log are called, and what they are for.

use crate::{
    raft::{NodeId, NodeSet, Term},
    ui::text::catalogue,
};

catalogue! {
    /// What the log is called, and what it is for.
    LogText, log_text;

    title: "Log", "Log";
    about: "What happened, as a story or as every line that the servers print. Each can say why.",
        "O que aconteceu, como história ou em todas as linhas que os servidores imprimem. Cada item pode dizer por quê.";
    shown_as: "Show as", "Mostrar como";
    story: "Story", "História";
    every_line: "Every line", "Todas as linhas";
    newest_first: "newest first", "mais recente primeiro";
    keys: "Arrow keys select a line, Enter says why.", "As setas selecionam uma linha; Enter diz por quê.";
    without_effect: "Had no effect", "Sem efeito";
    transcripts: "What the lab's servers printed in 2019", "O que os servidores do laboratório imprimiram em 2019";
    /// A transcript of which the lab's report does not say whose it is.
    unnamed_follower(server: NodeId): "a follower, here {server}", "um follower, aqui {server}";
    lines_printed(reached: usize, count: usize): "{reached} of {count} lines printed in this run",
        "{reached} de {count} linhas impressas nesta execução";
    nobody_won_terms(candidates: NodeSet, first: Term, last: Term):
        "{candidates} stood in terms {first} to {last}, and nobody won",
        "{candidates} {candidates:se candidatou|se candidataram} nos terms {first} a {last}, e ninguém venceu";
    /// Of servers none of which could have won.
    stood_in_vain(candidates: NodeSet, last: Term): "{candidates} stood up to term {last} and reached no majority",
        "{candidates} se {candidates:candidatou|candidataram} até o term {last} sem alcançar maioria";
    candidacies_counted(count: usize): "{count} candidacies", "{count} candidaturas";
    elections_counted(count: usize): "{count} elections", "{count} eleições";
    show: "Show", "Mostrar";
    show_of(title: &str): "Show: {title}", "Mostrar: {title}";
    earlier: "Show earlier", "Mostrar anteriores";
    cut_off: "What happened before is no longer in memory. Go back in time to see it.",
        "O que aconteceu antes não está mais na memória. Volte no tempo para vê-lo.";
    what_if_not: "What if not?", "E se não?";
    /// The name of that button of an action.
    what_if_not_of(title: &str): "What if not? {title}", "E se não? {title}";
    undo: "Undo", "Desfazer";
    /// The name of that button of an action.
    undo_of(title: &str): "Undo: {title}", "Desfazer: {title}";
    why_of(title: &str): "Why? {title}", "Por quê? {title}";
    lines_of: "Lines", "Linhas";
    lines_of_card(title: &str): "Lines: {title}", "Linhas: {title}";
    no_lines: "The servers printed nothing about it.", "Os servidores não imprimiram nada sobre isso.";
    more_lines(count: usize): "{count} more {count:line|lines} in “Every line”",
        "Mais {count} {count:linha|linhas} em “Todas as linhas”";
}

catalogue! {
    /// What the terminals are called, and what they are for.
    TerminalsText, terminals_text;

    title: "Terminals", "Terminais";
    about: "A terminal for each server, as in the lab.", "Um terminal para cada servidor, como no laboratório.";
}
