//! What the row of faults below the ring says.

use crate::ui::text::catalogue;

catalogue! {
    /// The sentences of the kill row.
    ToolbarText, toolbar_text;

    title: "Faults", "Falhas";
    kill: "Kill", "Derrubar";
    crash_leader: "Crash leader", "Derrubar leader";
    crash_leader_hint: "Crashes the server that leads. The others elect another.",
        "Derruba o servidor que lidera. Os outros elegem outro.";
    no_leader: "No server leads now.", "Nenhum servidor lidera agora.";
    split_vote: "Split vote", "Dividir votos";
    split_vote_hint: "All election timers run out at the same moment. A leader crashes first, or its heartbeats would prevent that.",
        "Todos os election timers se esgotam no mesmo instante. Antes, o leader cai: seus heartbeats impediriam isso.";
    no_split: "Votes are split between at least two servers that wait for a leader.",
        "Os votos só se dividem entre ao menos dois servidores à espera de um leader.";
    cut_off: "Cut off…", "Isolar…";
    cut_off_hint: "Cuts or restores all links of a server.", "Corta ou restaura todas as conexões de um servidor.";
    cut_off_one: "Cut off", "Isolar";
    restore_one: "Restore links of", "Restaurar conexões de";
    slow_network: "Slow network", "Rede lenta";
    slow_network_hint: "Messages take eight times as long. A second press ends it.",
        "As mensagens demoram oito vezes mais. Pressione de novo para encerrar.";
    heal_all: "Heal all", "Restaurar tudo";
    heal_all_hint: "Restores all links and resumes all paused servers. Crashed servers stay down.",
        "Restaura todas as conexões e retoma os servidores pausados. Os derrubados continuam parados.";
    all_well: "No link is cut, and no server is paused.", "Nenhuma conexão está cortada, e nenhum servidor está pausado.";
    undo: "Undo", "Desfazer";
    undo_hint: "Takes back the last thing that you did (Ctrl+Z). The run with it is kept as a branch.",
        "Desfaz a última coisa que você fez (Ctrl+Z). A execução com ela é mantida em um ramo.";
    nothing_to_undo: "Up to this moment you have done nothing.", "Até este momento você não fez nada.";

    /// What was taken back.
    undone(what: &str): "Undone: you {what}.", "Desfeito: você {what}.";
}
