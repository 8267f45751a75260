//! What the panel is called.

use crate::ui::text::catalogue;

catalogue! {
    /// What the panel is called.
    PracticeText, practice_text;

    title: "Practice", "Prática";
    about: "“Quiz me” asks what will happen next and then plays it. Challenges: bring something about with few actions.",
        "“Pergunte-me” pergunta o que vai acontecer e depois mostra. Desafios: consiga algo com poucas ações.";
}
