//! What is said about sharing, files, storage and embedding.

use crate::{
    scenario::{
        file::{Expected, FileError},
        link::LinkError,
    },
    sim::{ConfigError, Micros},
    ui::{
        features::share::{BannerMessage, Export, Trouble, storage::Unkept},
        text::{Lang, catalogue, words},
    },
};

catalogue! {
    /// The sentences about sharing, files, storage and embedding.
    ShareText, share_text;

    title: "Share", "Compartilhar";
    hint: "Share this run, save it, or open another", "Compartilhar esta execução, salvá-la ou abrir outra";
    link: "Link to this run", "Link desta execução";
    link_note: "It holds the whole run: cluster, seed and all your actions. Nothing is uploaded.",
        "Contém a execução inteira: cluster, semente e todas as suas ações. Nada é enviado.";
    what: "What to share", "O que compartilhar";
    this_lesson: "This lesson", "Esta lição";
    this_run: "This run, as it is now", "Esta execução, como está agora";
    lesson_link: "Link to this lesson", "Link desta lição";
    lesson_note: "It opens the lesson at its first step. Nothing is uploaded.",
        "Abre a lição no primeiro passo. Nada é enviado.";
    experiment_note: "An experiment has a link of its own: “Link to this experiment” in the Laboratory.",
        "Um experimento tem um link próprio: “Link deste experimento” no Laboratório.";
    lesson_impossible: "This lesson is too long for a link. Pass its file on.",
        "Esta lição é longa demais para um link. Passe o arquivo adiante.";
    no_lesson: "The link can't be opened: it is whole, but this page does not understand the lesson in it. Ask for its file.",
        "Não foi possível abrir o link: está inteiro, mas esta página não entende a lição nele. Peça o arquivo.";
    code: "QR code", "Código QR";
    code_of_link: "QR code of this link", "Código QR deste link";
    present: "Present to a class", "Apresentar à turma";
    present_note: "Full screen, twice the size. A clicker goes from key moment to key moment, Q shows the QR code, B makes the screen black.",
        "Tela cheia, o dobro do tamanho. Um controle remoto vai de momento-chave em momento-chave, Q mostra o código QR, B deixa a tela preta.";
    from_start: "From the beginning", "Desde o início";
    all_branches: "With all branches", "Com todos os ramos";
    link_long: "Some programs cut links of more than 2,000 characters. A scenario file has no such limit.",
        "Alguns programas cortam links com mais de 2.000 caracteres. Um arquivo de cenário não tem esse limite.";
    link_impossible: "This run is too long for a link. Save it as a scenario file.",
        "Esta execução é longa demais para um link. Salve-a como arquivo de cenário.";
    select_failed: "The browser does not let the page copy. The text is selected: copy it with Ctrl+C or ⌘C.",
        "O navegador não deixa a página copiar. O texto está selecionado: copie com Ctrl+C ou ⌘C.";
    embed: "Put it into another page", "Incluir em outra página";
    embed_sandbox: "A frame with sandbox needs allow-scripts, and also allow-same-origin unless the server sends Access-Control-Allow-Origin: *.",
        "Um frame com sandbox precisa de allow-scripts, e também de allow-same-origin se o servidor não envia Access-Control-Allow-Origin: *.";
    embed_code: "HTML for the page", "HTML para a página";
    embed_panels: "Panels beside the ring", "Painéis ao lado do anel";
    embed_height: "Height in pixels", "Altura em pixels";
    save: "Save", "Salvar";
    save_note: "The run up to this instant. The scenario file holds all of it.",
        "A execução até este instante. O arquivo de cenário a contém inteira.";
    open: "Open", "Abrir";
    open_file: "Open a scenario or lesson file…", "Abrir um arquivo de cenário ou lição…";
    drop_note: "Or drop one anywhere onto the page.", "Ou solte um em qualquer lugar da página.";
    drop_here: "Drop the file to open its run", "Solte o arquivo para abrir sua execução";
    bring_back: "Bring back the earlier run", "Trazer de volta a execução anterior";
    afresh: "Start over", "Começar do zero";
    open_again: "Open it again", "Abri-la de novo";
    dismiss: "Dismiss", "Dispensar";
    full: "Open in full", "Abrir completo";
    full_hint: "Opens this run in the whole playground, in a new tab.",
        "Abre esta execução no playground completo, em uma nova aba.";
    set_aside: "Your earlier run is kept: it is listed under Branches.",
        "Sua execução anterior foi guardada: está listada em Ramos.";

    /// The instant that a link leads to.
    shared_instant(at: Micros): "It opens at {at}", "Abre aos {at}";
    printed_run(seed: u64, address: &str): "Seed {seed}. This run: {address}", "Semente {seed}. Esta execução: {address}";
    characters_long(count: &str): "{count} characters", "{count} caracteres";

    restored: "Your last run was restored.", "Sua última execução foi restaurada.";
    linked: "This run came with the link. Your own last run is kept.",
        "Esta execução veio com o link. Sua última execução foi guardada.";
    opened(name: &str): "“{name}” is open.", "“{name}” está aberto.";
    opened_alone(name: &str, others: u32): "Only “{name}” is open: one file at a time. {others} more {others:was|were} dropped.",
        "Só “{name}” está aberto: um arquivo de cada vez. {others:Foi solto|Foram soltos} mais {others}.";
    begun_afresh: "A new run. Your last one is kept.", "Uma nova execução. A última foi guardada.";
    stopped: "This run stopped the page at your last visit, so it was not opened. It is kept.",
        "Esta execução parou a página na sua última visita, por isso não foi aberta. Ela foi guardada.";

    no_scenario(name: &str): "The address asks for a scenario that this page does not have: “{name}”. The list of scenarios has all that there are.",
        "O endereço pede um cenário que esta página não tem: “{name}”. A lista de cenários mostra todos os que há.";
    not_a_scenario(name: &str, why: &str): "“{name}” can't be opened. {why}", "Não foi possível abrir “{name}”. {why}";
    not_text(name: &str): "“{name}” can't be opened: it is not text in UTF-8. Scenarios and lessons are plain text; save it as UTF-8 and try again.",
        "Não foi possível abrir “{name}”: não é texto em UTF-8. Cenários e lições são texto puro; salve-o como UTF-8 e tente de novo.";
    too_big(name: &str): "“{name}” can't be opened: it is larger than 1 MB, the limit for scenario files.",
        "Não foi possível abrir “{name}”: tem mais de 1 MB, o limite para arquivos de cenário.";
    unread(name: &str): "The browser could not read “{name}”. It may have been moved or deleted; choose it again.",
        "O navegador não conseguiu ler “{name}”. Talvez tenha sido movido ou apagado; escolha-o de novo.";
    impossible: "That run can't be opened: its settings contradict each other. The run on screen is unchanged.",
        "Não foi possível abrir essa execução: suas configurações se contradizem. A execução na tela não mudou.";
    stored_unread: "The run of your last visit could not be read. This is a new one.",
        "A execução da sua última visita não pôde ser lida. Esta é nova.";
    number_between(least: u64, most: u64): "a whole number from {least} to {most}", "um número inteiro de {least} a {most}";
    line_differs(line: usize, found: &str, expected: &str): "Line {line}, “{found}”: expected {expected}.",
        "Linha {line}, “{found}”: esperava-se {expected}.";
}

words! {
    /// What can be saved.
    export: Export;
    Scenario: "Scenario file", "Arquivo de cenário";
    LabLog: "labRaft log", "Log do labRaft";
    Json: "Trace (JSON)", "Rastro (JSON)";
    ShiViz: "ShiViz log", "Log para ShiViz";
    Ring: "Ring (SVG)", "Anel (SVG)";
    Timeline: "Timeline (SVG)", "Linha do tempo (SVG)";
    Diagram: "Space-time diagram (SVG)", "Diagrama espaço-tempo (SVG)";
}

words! {
    /// Why the browser does not keep a run, and what to do about it.
    unkept: Unkept;
    Refused: "The browser has no room to keep your run, or does not allow it: a reload will lose it. Use Share to save it as a link or a file.",
        "O navegador não tem espaço para guardar sua execução, ou não permite: ao recarregar ela se perde. Use Compartilhar para salvá-la como link ou arquivo.";
    TooLong: "Your run is too long to survive a reload. Use Share to save it as a file.",
        "Sua execução ficou longa demais para sobreviver a uma recarga. Use Compartilhar para salvá-la como arquivo.";
}

words! {
    /// Why a link can't be opened.
    link_error: LinkError;
    Mangled: "The link is damaged: a part of it is missing or was changed. Copy the whole link again. The run on screen is another one.",
        "O link está danificado: uma parte falta ou foi alterada. Copie o link inteiro de novo. A execução na tela é outra.";
    NotARun: "The link is incomplete or damaged. Copy the whole link again. The run on screen is another one.",
        "O link está incompleto ou danificado. Copie o link inteiro de novo. A execução na tela é outra.";
    TooLong: "The link can't be opened: it is longer than any link that this page makes. Ask for the run as a scenario file.",
        "Não foi possível abrir o link: é mais longo que qualquer link que esta página cria. Peça a execução como arquivo de cenário.";
    NewerVersion: "The link was made by a newer version of this page. Reload the page, or open the link where it was made.",
        "O link foi feito por uma versão mais nova desta página. Recarregue a página ou abra o link onde ele foi feito.";
    Impossible: "The link can't be opened: it describes an impossible run, such as a server that the cluster does not have.",
        "Não foi possível abrir o link: ele descreve uma execução impossível, como um servidor que o cluster não tem.";
}

words! {
    /// What a line of a scenario file should have been, where it is not one certain word, a valid setting or a number in a range.
    line_expected: Expected;
    Header: "The first line must be “raft-playground 1” for a scenario, or “raft-lesson 1” for a lesson.",
        "A primeira linha deve ser “raft-playground 1” em um cenário ou “raft-lesson 1” em uma lição.";
    OlderVersion: "It was made by a newer version of this page. Reload the page and try again.",
        "Foi feito por uma versão mais nova desta página. Recarregue a página e tente de novo.";
    Shorter: "It is larger than 1 MB, the limit for scenario files.",
        "Tem mais de 1 MB, o limite para arquivos de cenário.";
    Keyword: "a setting such as “seed”, or “at”, “note”, “branch”, “do” or “visit”",
        "uma configuração como “seed”, ou “at”, “note”, “branch”, “do” ou “visit”";
    Once: "a setting that is not given twice", "uma configuração que não se repete";
    Number: "a whole number", "um número inteiro";
    Size: "1 to 9 servers", "1 a 9 servidores";
    SizeFirst: "“servers” above all lines that name a server", "“servers” acima de todas as linhas que nomeiam um servidor";
    Server: "a server of the cluster, as “S3”", "um servidor do cluster, como “S3”";
    ServerOrRole: "a server of the cluster, as “S3”, or “leader”, “candidates”, “followers” or “majority”",
        "um servidor do cluster, como “S3”, ou “leader”, “candidates”, “followers” ou “majority”";
    OneGroup: "each server in one group only", "cada servidor em um só grupo";
    Link: "a link between two servers, as “S3>S4”", "uma conexão entre dois servidores, como “S3>S4”";
    Ways: "a link in one direction, as “S3>S4”, or in both, as “S3 S4”",
        "uma conexão em um sentido, como “S3>S4”, ou nos dois, como “S3 S4”";
    ServerSetting: "“election-timeout”, “heartbeat-interval”, “clock”, “disk-write”, “priority”, “rule” or “as-cluster”",
        "“election-timeout”, “heartbeat-interval”, “clock”, “disk-write”, “priority”, “rule” ou “as-cluster”";
    LinkSetting: "“delay”, “loss”, “duplication”, “reordering” or “as-cluster”",
        "“delay”, “loss”, “duplication”, “reordering” ou “as-cluster”";
    FromStart: "“at” and a time before it, or this line above all that happens later",
        "“at” e um tempo antes dela, ou esta linha acima de tudo o que acontece depois";
    Message: "a message, as “S3>S4#12”", "uma mensagem, como “S3>S4#12”";
    Time: "a time with its unit, as “150 ms” or “1.204 s”", "um tempo com unidade, como “150 ms” ou “1.204 s”";
    WholeMicros: "a time of whole microseconds: at most six decimal places of a second",
        "um tempo em microssegundos inteiros: no máximo seis casas decimais de um segundo";
    EarlyEnough: "a time of at most 1000000000 s", "um tempo de no máximo 1000000000 s";
    Percent: "a percentage with at most one decimal place, as “2.5 %”",
        "uma porcentagem com no máximo uma casa decimal, como “2.5 %”";
    Rule: "the name of a rule, as “persist-vote”", "o nome de uma regra, como “persist-vote”";
    OnOff: "“on” or “off”", "“on” ou “off”";
    OwnRule: "“on”, “off” or “as-cluster”", "“on”, “off” ou “as-cluster”";
    Action: "an action, as “crash S2”, or a setting, as “loss 5 %”", "uma ação, como “crash S2”, ou uma configuração, como “loss 5 %”";
    Branch: "a line “branch” before it", "uma linha “branch” antes dela";
    HigherBranch: "a branch number that is higher than those above", "um número de ramo maior que os de cima";
    Place: "the place of one of the “at” lines above, counted from 1",
        "a posição de uma das linhas “at” acima, contada a partir de 1";
    LaterPlace: "the places of “at” lines in order, the lowest first", "as posições das linhas “at” em ordem, a menor primeiro";
    LogOfTerm: "a log of term 0, because no server has been in a later term at the start (“in term 0” at the end of the line lets it stand all the same)",
        "um log do term 0, porque no início nenhum servidor esteve em um term posterior (“in term 0” no fim da linha o permite mesmo assim)";
    KnownBranch: "the number of a branch above", "o número de um ramo acima";
    LaterEnd: "an “until” that is not before the time at which the branch begins",
        "um “until” que não vem antes do instante em que o ramo começa";
    BeforeEnd: "a time that is not after the end of that branch", "um tempo que não vem depois do fim desse ramo";
    FewerBranches: "fewer branches", "menos ramos";
    FewerActions: "fewer actions in all branches together", "menos ações em todos os ramos juntos";
    Later: "a time that is not before the line above", "um tempo que não vem antes da linha acima";
    End: "nothing more in this line", "nada mais nesta linha";
    ShortText: "a text of at most 2000 bytes", "um texto de no máximo 2000 bytes";
    NoteText: "the text of a note, at most 200 characters long", "o texto de uma nota, com no máximo 200 caracteres";
    FewerNotes: "at most 100 notes in all", "no máximo 100 notas ao todo";
    NumberBetween: "", "";
    Valid: "", "";
    Word: "", "";
}

words! {
    /// What a setting should have been.
    setting_expected: ConfigError;
    Size: "1 to 9 servers", "1 a 9 servidores";
    Links: "links that the cluster has", "conexões que o cluster tem";
    Running: "servers that the cluster has", "servidores que o cluster tem";
    Span: "a time of 0.001 ms to 1 hour", "um tempo de 0,001 ms a 1 hora";
    Range: "a range whose end is not before its start", "um intervalo cujo fim não vem antes do início";
    Priority: "a priority of 0 to 9", "uma prioridade de 0 a 9";
    DiskWrite: "a disk write of 0 ms to 1 s", "uma gravação em disco de 0 ms a 1 s";
    Clock: "a clock from 0.5 to 2 times as fast as time, to a thousandth",
        "um relógio de 0.5 a 2 vezes a velocidade do tempo, com no máximo três casas decimais";
    Share: "a share of 0 to 100 %", "uma porcentagem de 0 a 100 %";
}

impl Lang {
    /// How long a text is.
    #[must_use]
    pub fn characters(self, count: usize) -> String {
        self.characters_long(&self.grouped(count))
    }

    /// What was opened, restored or could not be.
    #[must_use]
    pub fn share_message(self, message: &BannerMessage) -> String {
        let text = self.share_text();
        match message {
            BannerMessage::Trouble(trouble) => self.trouble(trouble),
            BannerMessage::Restored => text.restored.to_owned(),
            BannerMessage::Linked => text.linked.to_owned(),
            BannerMessage::Opened(name, 0) => self.opened(name),
            BannerMessage::Opened(name, others) => self.opened_alone(name, *others),
            BannerMessage::Afresh => text.begun_afresh.to_owned(),
            BannerMessage::Stopped => text.stopped.to_owned(),
        }
    }

    /// What could not be done, and what to do about it.
    fn trouble(self, trouble: &Trouble) -> String {
        let text = self.share_text();
        match trouble {
            Trouble::Link(error) => self.link_error(*error).to_owned(),
            Trouble::LessonLink(LinkError::Impossible) => text.no_lesson.to_owned(),
            Trouble::LessonLink(error) => self.link_error(*error).to_owned(),
            Trouble::Line { name, error } => self.not_a_scenario(name, &self.line_error(error)),
            Trouble::Lesson { name, why } => self.not_a_scenario(name, why),
            Trouble::Experiment(why) => why.clone(),
            Trouble::NotText { name } => self.not_text(name),
            Trouble::TooBig { name } => self.too_big(name),
            Trouble::Unread { name } => self.unread(name),
            Trouble::Impossible => text.impossible.to_owned(),
            Trouble::Stored => text.stored_unread.to_owned(),
            Trouble::Unkept(why) => self.unkept(*why).to_owned(),
        }
    }

    /// What a line should have been, and what it is.
    #[must_use]
    pub fn line_error(self, error: &FileError) -> String {
        match error.expected {
            Expected::OlderVersion | Expected::Shorter | Expected::Header => {
                self.line_expected(error.expected).to_owned()
            }
            Expected::Valid(setting) => self.line_differs(error.line, &error.found, self.setting_expected(setting)),
            Expected::Word(word) => self.line_differs(error.line, &error.found, &format!("“{word}”")),
            Expected::NumberBetween(least, most) => {
                self.line_differs(error.line, &error.found, &self.number_between(least, most))
            }
            expected => self.line_differs(error.line, &error.found, self.line_expected(expected)),
        }
    }
}
