//! What the panel is called.

use crate::ui::text::catalogue;

catalogue! {
    /// What the panel is called.
    PracticeText, practice_text;

    title: "Practice", "Prática";
    about: "“Quiz me” asks what will happen next. Be a server yourself. Challenges: bring something about with few actions.",
        "“Pergunte-me” pergunta o que vai acontecer. Seja você um servidor. Desafios: consiga algo com poucas ações.";
    duties: "Be the server", "Seja o servidor";
    duties_intro: "You are S3, and see what S3 knows: its state and its messages. Decide what it does. In the end the curtain opens on the whole run.",
        "Você é S3 e vê o que S3 sabe: seu estado e suas mensagens. Decida o que ele faz. No fim a cortina se abre e mostra a execução inteira.";
    play: "Play S3", "Jogar com S3";
}
