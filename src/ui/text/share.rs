//! What is said about sharing, files, storage and embedding.

use super::Lang;
use crate::{
    scenario::{file::Expected, link::LinkError},
    sim::Micros,
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
            (Self::En, Trouble::Line { name, error }) => {
                format!("“{name}” can't be opened. Line {}: {}", error.line, self.expected(error.expected))
            }
            (Self::Pt, Trouble::Line { name, error }) => {
                format!("Não foi possível abrir “{name}”. Linha {}: {}", error.line, self.expected(error.expected))
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

    const fn link_error(self, error: LinkError) -> &'static str {
        match error {
            LinkError::Mangled => self.pick(
                "The link can't be opened: a part of it is missing or was changed. Copy the whole link again.",
                "Não foi possível abrir o link: uma parte falta ou foi alterada. Copie o link inteiro de novo.",
            ),
        }
    }

    const fn expected(self, expected: Expected) -> &'static str {
        match expected {
            Expected::Header => self.pick(
                "expected the first line of a scenario file.",
                "esperava-se a primeira linha de um arquivo de cenário.",
            ),
        }
    }
}
