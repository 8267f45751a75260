//! What is said about notes.

use crate::{sim::Micros, ui::text::catalogue};

catalogue! {
    /// The sentences about notes.
    NotesText, notes_text;

    title: "Notes", "Notas";
    about: "Short texts at moments of this run. Whoever opens its link or its file sees them there.",
        "Textos curtos em momentos desta execução. Quem abre o link ou o arquivo dela os vê ali.";
    /// The heading of a card, and what the list holds.
    note: "Note", "Nota";
    list: "Notes of this run", "Notas desta execução";
    note_at(at: Micros): "Note at {at}", "Nota aos {at}";
    /// The name of a pin on the time axis.
    pin(at: Micros, text: &str): "Note at {at}: {text}", "Nota aos {at}: {text}";
    go_to_note(at: Micros): "Go to the note at {at}", "Ir à nota aos {at}";
    longest(most: usize): "{most} characters at most. Time stands still while you write.",
        "No máximo {most} caracteres. O tempo fica parado enquanto você escreve.";
    add: "Add note", "Adicionar nota";
    change: "Change note", "Alterar nota";
    delete: "Delete note", "Excluir nota";
    put_back: "Undo deletion", "Desfazer exclusão";
    change_of(number: usize): "Change note {number}", "Alterar nota {number}";
    delete_of(number: usize): "Delete note {number}", "Excluir nota {number}";
    note_of(at: Micros, number: usize, count: usize): "Note at {at}, {number} of {count}", "Nota aos {at}, {number} de {count}";
    elsewhere(count: usize): "{count} more {count:note is|notes are} in other branches, about what was done there.",
        "Mais {count} {count:nota está|notas estão} em outros ramos, sobre o que foi feito lá.";
    full(most: usize): "A run has {most} notes at most.", "Uma execução tem no máximo {most} notas.";
    in_lesson: "Notes belong to runs. Close the lesson to write one.",
        "Notas pertencem a execuções. Feche a lição para escrever uma.";
    noted(at: Micros): "Noted at {at}.", "Anotado aos {at}.";
    deleted(at: Micros): "The note at {at} is deleted.", "A nota aos {at} foi excluída.";
    empty: "Write something first.", "Escreva algo primeiro.";
}
