//! What is said about sharing, files, storage and embedding.

use crate::ui::text::Lang;
use crate::ui::text::catalogue;
use crate::{
    scenario::{
        file::{Expected, FileError},
        link::LinkError,
    },
    sim::{ConfigError, Micros},
    ui::features::share::{Export, Message, Trouble, storage::Unkept},
};

catalogue! {
    /// The sentences about sharing, files, storage and embedding.
    ShareText, share_text;

    title: "Share", "Compartilhar";
    hint: "Share this run, save it, or open another", "Compartilhar esta execução, salvá-la ou abrir outra";
    link: "Link to this run", "Link desta execução";
    link_note: "It holds the whole run: cluster, seed, all that you did. Nothing is uploaded.",
        "Contém a execução inteira: cluster, seed, tudo o que você fez. Nada é enviado.";
    all_branches: "With all branches", "Com todos os ramos";
    link_long: "Some programs cut links of more than 2,000 characters. A scenario file has no such limit.",
        "Alguns programas cortam links com mais de 2.000 caracteres. Um arquivo de cenário não tem esse limite.";
    link_impossible: "This run is too long for a link. Save it as a scenario file.",
        "Esta execução é longa demais para um link. Salve-a como arquivo de cenário.";
    select_failed: "The browser does not let the page copy. The text is selected: copy it with Ctrl+C or ⌘C.",
        "O navegador não deixa a página copiar. O texto está selecionado: copie com Ctrl+C ou ⌘C.";
    embed: "Put it into another page", "Incluir em outra página";
    embed_code: "HTML for the page", "HTML para a página";
    embed_panels: "Panels beside the ring", "Painéis ao lado do anel";
    embed_height: "Height in pixels", "Altura em pixels";
    save: "Save", "Salvar";
    save_note: "Up to this instant. The scenario file holds everything, as the link does.",
        "Até este instante. O arquivo de cenário contém tudo, como o link.";
    open: "Open", "Abrir";
    open_file: "Open a scenario file…", "Abrir um arquivo de cenário…";
    drop_note: "Or drop one anywhere onto the page.", "Ou solte um em qualquer lugar da página.";
    drop_here: "Drop the file to open its run", "Solte o arquivo para abrir sua execução";
    bring_back: "Bring back the earlier run", "Trazer de volta a execução anterior";
    afresh: "Start afresh", "Começar do zero";
    open_again: "Open it again", "Abri-la de novo";
    dismiss: "Dismiss", "Dispensar";
    full: "Open in full", "Abrir completo";
    full_hint: "Opens this run in the whole playground, in a new tab.",
        "Abre esta execução no playground completo, em uma nova aba.";
    set_aside: "Your earlier run is kept: it is listed under Branches.",
        "Sua execução anterior foi guardada: está listada em Ramos.";
}

impl Lang {
    /// The instant that a link leads to.
    #[must_use]
    pub fn shared_instant(self, at: Micros) -> String {
        format!("{} {}", self.pick("It opens at", "Abre em"), self.seconds(at))
    }

    /// How long a text is.
    #[must_use]
    pub fn characters(self, count: usize) -> String {
        let count = self.grouped(count);
        format!("{count} {}", self.pick("characters", "caracteres"))
    }

    /// What can be saved.
    #[must_use]
    pub const fn export(self, export: Export) -> &'static str {
        match export {
            Export::Scenario => self.pick("Scenario file", "Arquivo de cenário"),
            Export::LabLog => self.pick("labRaft log", "Log do labRaft"),
            Export::Json => self.pick("Trace (JSON)", "Traço (JSON)"),
            Export::ShiViz => self.pick("ShiViz log", "Log para ShiViz"),
            Export::Ring => self.pick("Ring (SVG)", "Anel (SVG)"),
            Export::Timeline => self.pick("Timeline (SVG)", "Linha do tempo (SVG)"),
            Export::Diagram => self.pick("Space-time diagram (SVG)", "Diagrama espaço-tempo (SVG)"),
        }
    }

    /// What was opened, restored or could not be.
    #[must_use]
    pub fn share_message(self, message: &Message) -> String {
        match (self, message) {
            (_, Message::Trouble(trouble)) => self.trouble(trouble),
            (Self::En, Message::Restored) => "Your last run was restored.".to_owned(),
            (Self::Pt, Message::Restored) => "Sua última execução foi restaurada.".to_owned(),
            (Self::En, Message::Linked) => "This run came with the link. Your own last run is kept.".to_owned(),
            (Self::Pt, Message::Linked) => {
                "Esta execução veio com o link. Sua última execução foi guardada.".to_owned()
            }
            (Self::En, Message::Opened(name)) => format!("“{name}” is open. Press Play to let it run on."),
            (Self::Pt, Message::Opened(name)) => format!("“{name}” está aberto. Pressione Reproduzir para continuar."),
            (Self::En, Message::Afresh) => "A new run. Your last one is kept.".to_owned(),
            (Self::Pt, Message::Afresh) => "Uma nova execução. A última foi guardada.".to_owned(),
            (Self::En, Message::Stopped) => {
                "The page stopped in this run the last time, so it was not opened by itself. It is kept.".to_owned()
            }
            (Self::Pt, Message::Stopped) => {
                "A página parou nesta execução da última vez, por isso ela não foi aberta sozinha. Ela foi guardada."
                    .to_owned()
            }
        }
    }

    /// What could not be done, and what to do about it.
    fn trouble(self, trouble: &Trouble) -> String {
        match (self, trouble) {
            (_, Trouble::Link(error)) => self.link_error(*error),
            (Self::En, Trouble::Line { name, error }) => {
                format!("“{name}” can't be opened. {}", self.line_error(error))
            }
            (Self::Pt, Trouble::Line { name, error }) => {
                format!("Não foi possível abrir “{name}”. {}", self.line_error(error))
            }
            (Self::En, Trouble::NotText { name }) => {
                format!("“{name}” can't be opened: it is no text. A scenario file is plain text, usually named “.raft”.")
            }
            (Self::Pt, Trouble::NotText { name }) => format!(
                "Não foi possível abrir “{name}”: não é texto. Um arquivo de cenário é texto puro, em geral com o nome “.raft”."
            ),
            (Self::En, Trouble::TooBig { name }) => {
                format!("“{name}” can't be opened: it has more than 1 MB, which no scenario file has.")
            }
            (Self::Pt, Trouble::TooBig { name }) => {
                format!("Não foi possível abrir “{name}”: tem mais de 1 MB, o que nenhum arquivo de cenário tem.")
            }
            (Self::En, Trouble::Unread { name }) => {
                format!("The browser could not read “{name}”. It may have been moved or deleted; choose it again.")
            }
            (Self::Pt, Trouble::Unread { name }) => format!(
                "O navegador não conseguiu ler “{name}”. Talvez tenha sido movido ou apagado; escolha-o de novo."
            ),
            (Self::En, Trouble::Impossible) => {
                "That run can't be opened: its settings do not fit together. The run on screen is unchanged.".to_owned()
            }
            (Self::Pt, Trouble::Impossible) => {
                "Não foi possível abrir essa execução: suas configurações não combinam. A execução na tela não mudou."
                    .to_owned()
            }
            (Self::En, Trouble::Stored) => {
                "The run of your last visit could not be read, so this is a new one.".to_owned()
            }
            (Self::Pt, Trouble::Stored) => {
                "A execução da sua última visita não pôde ser lida, por isso esta é nova.".to_owned()
            }
            (Self::En, Trouble::Unkept(Unkept::Refused)) => {
                "The browser has no room for your run or forbids to keep it: a reload will lose it. Share makes a link or a file of it."
                    .to_owned()
            }
            (Self::Pt, Trouble::Unkept(Unkept::Refused)) => {
                "O navegador não tem espaço para sua execução ou proíbe guardá-la: ao recarregar ela se perde. Em Compartilhar há um link e um arquivo dela."
                    .to_owned()
            }
            (Self::En, Trouble::Unkept(Unkept::TooLong)) => {
                "Your run has become too long to be kept over a reload. Share saves it as a file.".to_owned()
            }
            (Self::Pt, Trouble::Unkept(Unkept::TooLong)) => {
                "Sua execução ficou longa demais para sobreviver a uma recarga. Em Compartilhar você a salva em arquivo."
                    .to_owned()
            }
        }
    }

    fn link_error(self, error: LinkError) -> String {
        let text = match error {
            LinkError::Mangled => self.pick(
                "The link can't be opened: a part of it is missing or was changed. Copy the whole link again.",
                "Não foi possível abrir o link: uma parte falta ou foi alterada. Copie o link inteiro de novo.",
            ),
            LinkError::NotARun => self.pick(
                "The link can't be opened: what follows “#” is no run. Copy the whole link again.",
                "Não foi possível abrir o link: o que vem depois de “#” não é uma execução. Copie o link inteiro de novo.",
            ),
            LinkError::TooLong => self.pick(
                "The link can't be opened: it is longer than any link of this page. Ask for the run as a scenario file.",
                "Não foi possível abrir o link: é mais longo que qualquer link desta página. Peça a execução como arquivo de cenário.",
            ),
            LinkError::NewerVersion(_) => self.pick(
                "The link was made by a newer version of this page. Reload the page, or open the link where it was made.",
                "O link foi feito por uma versão mais nova desta página. Recarregue a página ou abra o link onde ele foi feito.",
            ),
            LinkError::Impossible => self.pick(
                "The link can't be opened: it describes a run that can't be, such as a server that the cluster does not have.",
                "Não foi possível abrir o link: ele descreve uma execução impossível, como um servidor que o cluster não tem.",
            ),
        };
        text.to_owned()
    }

    /// What a line should have been, and what it is.
    fn line_error(self, error: &FileError) -> String {
        let (line, expected, found) = (error.line, self.expected(error.expected), &error.found);
        match (self, error.expected) {
            (_, Expected::OlderVersion | Expected::Shorter | Expected::Header) => expected,
            (Self::En, _) => format!("Line {line}, “{found}”: expected {expected}."),
            (Self::Pt, _) => format!("Linha {line}, “{found}”: esperava-se {expected}."),
        }
    }

    fn expected(self, expected: Expected) -> String {
        let text = match expected {
            Expected::Header => self.pick(
                "It is no scenario file: its first line would be “raft-playground 1”.",
                "Não é um arquivo de cenário: sua primeira linha seria “raft-playground 1”.",
            ),
            Expected::OlderVersion => self.pick(
                "It was made by a newer version of this page. Reload the page and try again.",
                "Foi feito por uma versão mais nova desta página. Recarregue a página e tente de novo.",
            ),
            Expected::Shorter => self.pick(
                "It has more than a million bytes, which no scenario file has.",
                "Tem mais de um milhão de bytes, o que nenhum arquivo de cenário tem.",
            ),
            Expected::Keyword => self.pick(
                "a setting such as “seed”, or “at”, “branch”, “do” or “visit”",
                "uma configuração como “seed”, ou “at”, “branch”, “do” ou “visit”",
            ),
            Expected::Once => self.pick(
                "a setting that is not given twice",
                "uma configuração que não se repete",
            ),
            Expected::Number => self.pick("a whole number", "um número inteiro"),
            Expected::Size => self.pick(
                "1 to 9 servers, before any server is named",
                "1 a 9 servidores, antes de nomear qualquer servidor",
            ),
            Expected::Server => self.pick("a server of the cluster, as “S3”", "um servidor do cluster, como “S3”"),
            Expected::Link => self.pick(
                "a link between two servers, as “S3>S4”",
                "uma conexão entre dois servidores, como “S3>S4”",
            ),
            Expected::Message => self.pick("a message, as “S3>S4#12”", "uma mensagem, como “S3>S4#12”"),
            Expected::Time => self.pick(
                "a time with its unit, as “150 ms” or “1.204 s”",
                "um tempo com unidade, como “150 ms” ou “1.204 s”",
            ),
            Expected::EarlyEnough => self.pick("a time of at most 1000000000 s", "um tempo de no máximo 1000000000 s"),
            Expected::Percent => self.pick("a share, as “2.5 %”", "uma fração, como “2.5 %”"),
            Expected::Rule => self.pick(
                "the name of a rule, as “persist-vote”",
                "o nome de uma regra, como “persist-vote”",
            ),
            Expected::OnOff => self.pick("“on” or “off”", "“on” ou “off”"),
            Expected::Action => self.pick("what is done, as “kill S2”", "o que se faz, como “kill S2”"),
            Expected::Branch => self.pick("a line “branch” before it", "uma linha “branch” antes dela"),
            Expected::HigherBranch => self.pick(
                "a branch number that is higher than those above",
                "um número de ramo maior que os de cima",
            ),
            Expected::Place => self.pick(
                "the place of one of the “at” lines, counted from 1, in order",
                "a posição de uma das linhas “at”, contada a partir de 1, em ordem",
            ),
            Expected::KnownBranch => self.pick("the number of a branch above", "o número de um ramo acima"),
            Expected::FewerBranches => self.pick("fewer branches", "menos ramos"),
            Expected::FewerActions => self.pick(
                "fewer actions in all branches together",
                "menos ações em todos os ramos juntos",
            ),
            Expected::Later => self.pick(
                "a time that is not before the line above",
                "um tempo que não vem antes da linha acima",
            ),
            Expected::End => self.pick("nothing more in this line", "nada mais nesta linha"),
            Expected::ShortText => self.pick("a text of at most 2000 bytes", "um texto de no máximo 2000 bytes"),
            Expected::Valid(error) => self.valid(error),
            Expected::Word(word) => return format!("“{word}”"),
        };
        text.to_owned()
    }

    const fn valid(self, error: ConfigError) -> &'static str {
        match error {
            ConfigError::Size => self.pick("1 to 9 servers", "1 a 9 servidores"),
            ConfigError::Links => self.pick("links that the cluster has", "conexões que o cluster tem"),
            ConfigError::Running => self.pick("servers that the cluster has", "servidores que o cluster tem"),
            ConfigError::Span => self.pick("a time of 0.001 ms to 1 hour", "um tempo de 0,001 ms a 1 hora"),
            ConfigError::Range => self.pick(
                "a range whose end is not before its start",
                "um intervalo cujo fim não vem antes do início",
            ),
            ConfigError::Share => self.pick("a share of 0 to 100 %", "uma porcentagem de 0 a 100 %"),
        }
    }
}
