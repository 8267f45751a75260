//! What is said while the run is presented.

use crate::ui::text::catalogue;

catalogue! {
    /// The sentences around presenting.
    PresentText, present_text;

    title: "Presentation", "Apresentação";
    previous: "Previous key moment", "Momento-chave anterior";
    next: "Next key moment", "Próximo momento-chave";
    previous_step: "Previous step", "Passo anterior";
    next_step: "Next step", "Próximo passo";
    blank: "Black screen", "Tela preta";
    is_blank: "The screen is black. B or a click brings it back.", "A tela está preta. B ou um clique a traz de volta.";
    pointer_on: "Pointer: on", "Apontador: ligado";
    pointer_off: "Pointer: off", "Apontador: desligado";
    code: "QR code", "Código QR";
    leave: "Leave", "Sair";
    no_next: "No more key moments come by themselves. Click a server, or right-click it for more, and go on.",
        "Não há mais momentos-chave por vir sozinhos. Clique em um servidor, ou com o botão direito para mais, e continue.";
    heal_all: "Heal all", "Restaurar tudo";
    no_previous: "This is the start of the run.", "Este é o início da execução.";
    code_of_run: "QR code of this run at this instant", "Código QR desta execução neste instante";
    code_of_lesson: "QR code of this lesson", "Código QR desta lição";
}
