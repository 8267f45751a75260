//! The words of a worksheet.

use crate::{
    raft::{NodeId, NodeSet, Term},
    sim::Micros,
    ui::text::catalogue,
};

catalogue! {
    /// The words of a worksheet.
    SheetText, sheet_text;

    worksheet: "Worksheet", "Folha de exercícios";
    worksheet_hint: "The questions of the lesson, to print", "As perguntas da lição, para imprimir";
    print: "Print", "Imprimir";
    back: "Back to the lesson", "Voltar à lição";
    first_seed: "First seed", "Primeira semente";
    copies: "Copies", "Cópias";
    note: "Each copy has a seed of its own: another order of answers, and other runs to predict. Its answers are on a page by themselves.",
        "Cada cópia tem sua própria semente: outra ordem de respostas e outras execuções a prever. Suas respostas ficam em uma página à parte.";
    name: "Name:", "Nome:";
    answers: "Answers", "Respostas";
    own_run: "Runs of your own", "Execuções só suas";
    in_flight: "Messages in flight", "Mensagens em trânsito";
    none_in_flight: "No message is in flight.", "Nenhuma mensagem em trânsito.";
    timer: "Election timer expires at", "Election timer se esgota aos";
    log: "Log ends at", "Log termina em";
    part_note: "This part gives away answers to the one before: turn to it once that is answered.",
        "Esta parte revela respostas da anterior: passe a ela quando aquela estiver respondida.";
    see: "Scan a code to see its run.", "Escaneie um código para ver sua execução.";
    nothing: "This lesson asks nothing that fits on paper.", "Esta lição não pergunta nada que caiba no papel.";

    other_run: "Another run.", "Outra execução.";
    none_lost: ", no message lost", ", nenhuma mensagem perdida";

    done_so_far: "Done so far", "Feito até aqui";
    settings: "Settings", "Ajustes";

    /// About which run a question is.
    run_again(question: usize): "The run of question {question}, later.", "A execução da questão {question}, mais tarde.";

    /// Beside the field for the number of copies.
    most_copies(most: usize): "up to {most} at a time", "até {most} por vez";
    part_of(part: usize): "Part {part}", "Parte {part}";
    code(question: usize): "QR code of the run of question {question}", "Código QR da execução da questão {question}";
    scene_at(at: Micros, servers: &str): "At {at}: {servers}.", "Aos {at}: {servers}.";
    stand_alike(servers: NodeSet, role: &str, term: Term): "{servers}: {role}{servers:|s}, term {term}", "{servers}: {role}{servers:|s}, term {term}";
    voted_alike(servers: NodeSet, role: &str, term: Term, to: NodeId): "{servers}: {role}{servers:|s}, term {term}, voted for {to}",
        "{servers}: {role}{servers:|s}, term {term}, {servers:votou|votaram} em {to}";
    down_alike(servers: NodeSet, term: Term): "{servers}: crashed, term {term}", "{servers}: {servers:caído|caídos}, term {term}";
    copy_of_seed(seed: u64): "Seed {seed}", "Semente {seed}";
    answers_of_seed(seed: u64): "Answers, seed {seed}", "Respostas, semente {seed}";
    own_run_intro(servers: usize, least: &str, most: &str): "{servers} servers run by the rules of the paper. Each draws its election timeout at random between {least} and {most} ms, and nobody acts on them. A message takes 1 to 10 ms. Each question is about another run.",
        "{servers} servidores seguem as regras do artigo. Cada um sorteia seu election timeout entre {least} e {most} ms, e ninguém age sobre eles. Uma mensagem leva de 1 a 10 ms. Cada questão é sobre outra execução.";
    stand_at(at: Micros): "This is how they stand at {at}:", "É assim que estão aos {at}:";
    arrives(way: &str, message: &str, at: Micros): "{way}: {message}, arrives at {at}", "{way}: {message}, chega aos {at}";
}
