//! What is said about sharing, files, storage and embedding.

use super::Lang;
use crate::{
    scenario::{file::Expected, link::LinkError},
    sim::{ConfigError, Micros},
    ui::{
        share::{Export, Message, Trouble},
        storage::Unkept,
    },
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
    set_aside: "Your earlier run is kept: Share can bring it back.",
        "Sua execução anterior foi guardada: Compartilhar pode trazê-la de volta.";
}

impl Lang {
    /// The instant that a link leads to.
    #[must_use]
    pub fn shared_instant(self, at: Micros) -> String {
        format!("{} {at} s", self.pick("It opens at", "Abre em"))
    }

    /// How long a text is.
    #[must_use]
    pub fn characters(self, count: usize) -> String {
        let count = self.grouped(count);
        format!("{count} {}", self.pick("characters", "caracteres"))
    }

    /// A number with its thousands apart.
    fn grouped(self, number: usize) -> String {
        let digits = number.to_string();
        let mut grouped = String::new();
        for (index, digit) in digits.char_indices() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push(self.pick(',', '.'));
            }
            grouped.push(digit);
        }
        grouped
    }

    /// What can be saved.
    #[must_use]
    pub const fn export(self, export: Export) -> &'static str {
        match export {
            Export::Scenario => self.pick("Scenario file", "Arquivo de cenário"),
            Export::LabLog => self.pick("labRaft log", "Log do labRaft"),
            Export::Ring => self.pick("Ring (SVG)", "Anel (SVG)"),
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
            (_, Trouble::Link(error)) => self.link_error(*error).to_owned(),
            (Self::En, Trouble::Line { name, error }) => format!(
                "“{name}” can't be opened. Line {}: expected {}; found “{}”.",
                error.line,
                self.expected(error.expected),
                error.found
            ),
            (Self::Pt, Trouble::Line { name, error }) => format!(
                "Não foi possível abrir “{name}”. Linha {}: esperava-se {}; encontrou-se “{}”.",
                error.line,
                self.expected(error.expected),
                error.found
            ),
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

    const fn link_error(self, error: LinkError) -> &'static str {
        match error {
            LinkError::NotARun => self.pick(
                "The address leads to no run: what follows its # was not made by Share. Copy the whole link again.",
                "O endereço não leva a uma execução: o que vem depois do # não foi feito por Compartilhar. Copie o link inteiro de novo.",
            ),
            LinkError::TooLong => self.pick(
                "The link can't be opened: it is too long to be from this page. Ask for the scenario file instead.",
                "Não foi possível abrir o link: é longo demais para ser desta página. Peça o arquivo de cenário.",
            ),
            LinkError::NewerVersion(_) => self.pick(
                "The link was made by a newer version of this page. Reload to get that version, or open the link where it was made.",
                "O link foi feito por uma versão mais nova desta página. Recarregue para obtê-la ou abra o link onde ele foi feito.",
            ),
            LinkError::Mangled => self.pick(
                "The link can't be opened: a part of it is missing or was changed. Copy the whole link again.",
                "Não foi possível abrir o link: uma parte falta ou foi alterada. Copie o link inteiro de novo.",
            ),
            LinkError::Impossible => self.pick(
                "The link can't be opened: it is whole, but describes a run that can't be. The run on screen is unchanged.",
                "Não foi possível abrir o link: está inteiro, mas descreve uma execução impossível. A execução na tela não mudou.",
            ),
        }
    }

    /// What a line of a file should have been, after "expected".
    const fn expected(self, expected: Expected) -> &'static str {
        match expected {
            Expected::Header => self.pick(
                "the first line “raft-playground 1”",
                "a primeira linha “raft-playground 1”",
            ),
            Expected::OlderVersion => self.pick(
                "a file of version 1; this one is newer: reload the page",
                "um arquivo da versão 1; este é mais novo: recarregue a página",
            ),
            Expected::Shorter => self.pick("a file of at most 1 MB", "um arquivo de no máximo 1 MB"),
            Expected::Keyword => self.pick(
                "a setting, “at”, “branch”, “do” or “visit”",
                "uma configuração, “at”, “branch”, “do” ou “visit”",
            ),
            Expected::Once => self.pick(
                "a setting that is not given twice",
                "uma configuração que não se repete",
            ),
            Expected::Number => self.pick("a whole number", "um número inteiro"),
            Expected::Size => self.pick("1 to 9 servers", "1 a 9 servidores"),
            Expected::Server => self.pick("a server of the cluster, as “S3”", "um servidor do cluster, como “S3”"),
            Expected::Link => self.pick("a link, as “S3>S4”", "uma conexão, como “S3>S4”"),
            Expected::Message => self.pick("a message, as “S3>S4#12”", "uma mensagem, como “S3>S4#12”"),
            Expected::Time => self.pick(
                "a time, as “150 ms” or “1.204 s”",
                "um tempo, como “150 ms” ou “1.204 s”",
            ),
            Expected::Percent => self.pick("a share, as “2.5 %”", "uma porcentagem, como “2.5 %”"),
            Expected::To => self.pick("“to” and a time", "“to” e um tempo"),
            Expected::Word(word) => word,
            Expected::Rule => self.pick("the name of a rule", "o nome de uma regra"),
            Expected::OnOff => self.pick("“on” or “off”", "“on” ou “off”"),
            Expected::Action => self.pick("an action, as “kill S2”", "uma ação, como “kill S2”"),
            Expected::Branch => self.pick(
                "a “branch” before what is done in it",
                "um “branch” antes do que se faz nele",
            ),
            Expected::HigherBranch => self.pick(
                "a higher number than the branches above",
                "um número maior que o dos ramos acima",
            ),
            Expected::KnownBranch => self.pick("the number of a branch above", "o número de um ramo acima"),
            Expected::Later => self.pick(
                "a time that is not before the one above",
                "um tempo que não é anterior ao de cima",
            ),
            Expected::End => self.pick("the end of the line", "o fim da linha"),
            Expected::Valid(error) => self.valid(error),
            Expected::ShortText => self.pick("a text of at most 2000 bytes", "um texto de no máximo 2000 bytes"),
        }
    }

    const fn valid(self, error: ConfigError) -> &'static str {
        match error {
            ConfigError::Size => self.expected(Expected::Size),
            ConfigError::Running => self.pick("servers that the cluster has", "servidores que o cluster tem"),
            ConfigError::Span => self.pick("a time of 0.001 ms to 1 hour", "um tempo de 0.001 ms a 1 hora"),
            ConfigError::Range => self.pick(
                "a range whose end is not before its start",
                "um intervalo cujo fim não vem antes do início",
            ),
            ConfigError::Share => self.pick("a share of 0 to 100 %", "uma porcentagem de 0 a 100 %"),
        }
    }
}
