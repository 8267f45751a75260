//! What is said about the space-time diagram.

use crate::{
    sim::Micros,
    ui::text::{Lang, catalogue},
};

catalogue! {
    /// The sentences about the space-time diagram.
    DiagramText, diagram_text;

    title: "Space-time", "Espaço-tempo";
    about: "Every message as an arrow through time. The arrow keys walk along them.",
        "Cada mensagem como uma seta no tempo. As setas do teclado andam por elas.";
    zoom_in: "Zoom in", "Aproximar";
    zoom_out: "Zoom out", "Afastar";
    even: "Equal spacing", "Espaço igual";
    even_hint: "One row for each instant at which something happens, instead of time to scale",
        "Uma linha para cada instante em que algo acontece, em vez do tempo em escala";
    elections: "Elections only", "Só eleições";
    elections_hint: "Hides heartbeats, except those that changed a term or a role",
        "Oculta heartbeats, exceto os que mudaram um term ou um papel";
    svg_part: "SVG of this view", "SVG da vista";
    svg_all: "SVG of all", "SVG de tudo";
    svg_hint: "Download as a picture, for slides or papers", "Baixar como figura, para slides ou artigos";
    hint: "Select a dot or an arrow, or use the arrow keys. Press a time to go there.",
        "Selecione um ponto ou uma seta, também pelo teclado. Pressione um tempo para ir até lá.";
    why: "Why?", "Por quê?";
    go_there: "Go there", "Ir até lá";
    follow: "Follow now", "Seguir o agora";
    earlier: "Earlier events: go back in time.", "Eventos anteriores: volte no tempo.";
    thinned: "Zoom in to see heartbeats.", "Aproxime para ver os heartbeats.";
    bounded: "Only the newest part is shown: the whole is too large.", "Só a parte mais nova é mostrada: o todo é grande demais.";
    nothing: "Nothing has happened yet. Press Play.", "Nada aconteceu ainda. Pressione Reproduzir.";
    not_delivered: "in flight", "em trânsito";

    summary_of_diagram(size: usize, from: &str, to: &str):
        "Space-time diagram: messages between {size} servers, time downward, {from} to {to} seconds. Up and Down select along a server, Left and Right along a message or across servers, Enter asks why.",
        "Diagrama espaço-tempo: mensagens entre {size} servidores, tempo para baixo, de {from} a {to} segundos. Acima e abaixo selecionam em um servidor, esquerda e direita ao longo de uma mensagem ou entre servidores, Enter pergunta por quê.";
    /// Since when a message that arrived was in flight.
    sent_at(at: Micros): ", sent at {at}", ", enviada aos {at}";
}

impl Lang {
    /// What the diagram shows, for those who don't see it.
    #[must_use]
    pub fn diagram_summary(self, size: usize, from: Micros, to: Micros) -> String {
        self.summary_of_diagram(size, &self.instant(from), &self.instant(to))
    }
}
