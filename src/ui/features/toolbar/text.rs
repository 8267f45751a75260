//! What the row of faults below the ring says.

use crate::{
    raft::{NodeId, NodeSet},
    ui::text::catalogue,
};

catalogue! {
    /// The sentences of the kill row.
    ToolbarText, toolbar_text;

    title: "Faults", "Falhas";
    kill: "Kill", "Derrubar";
    crash_leader: "Crash leader", "Derrubar leader";
    crash_leader_hint: "Crashes the leader. The other servers elect a new one.",
        "Derruba o leader. Os outros servidores elegem um novo.";
    crash_stale_hint(leader: NodeId): "Crashes {leader}, which acts as leader without a majority.",
        "Derruba {leader}, que age como leader sem maioria.";
    no_leader: "No server acts as leader now.", "Nenhum servidor age como leader agora.";
    split_vote: "Split vote", "Dividir votos";
    split_vote_hint: "All election timers expire at the same moment. If there is a leader, it crashes first, because its heartbeats would prevent that.",
        "Todos os election timers se esgotam no mesmo instante. Se há um leader, ele cai antes, pois seus heartbeats impediriam isso.";
    no_split: "A split vote needs at least two servers that wait for a leader.",
        "Para dividir os votos são precisos ao menos dois servidores à espera de um leader.";
    election_runs: "An election is running. Votes can be split once it has ended.",
        "Há uma eleição em andamento. Os votos podem ser divididos quando ela terminar.";
    /// Told as it happens, since nobody asked for the crash.
    split_crashes(leaders: NodeSet): "You crashed {leaders}: a leader's heartbeats prevent split votes.",
        "Você derrubou {leaders}: os heartbeats de um leader impedem a divisão dos votos.";
    cut_off: "Cut off…", "Isolar…";
    cut_off_hint: "Cuts or restores all links of a server.", "Corta ou restaura todas as conexões de um servidor.";
    cut_off_one: "Cut off", "Isolar";
    restore_one: "Restore links of", "Restaurar conexões de";
    slow_network: "Slow network", "Rede lenta";
    slow_network_hint: "Messages take eight times as long. A second press ends it.",
        "As mensagens demoram oito vezes mais. Pressione de novo para encerrar.";
    heal_all: "Heal all", "Restaurar tudo";
    heal_all_hint: "Restores all links, restarts crashed servers, resumes paused ones, and resets the network.",
        "Restaura todas as conexões, reinicia os servidores caídos, retoma os pausados e devolve a rede ao que era.";
    all_well: "No link is cut, no server is crashed or paused, and the network is as it was at the start.",
        "Nenhuma conexão está cortada, nenhum servidor está caído ou pausado, e a rede está como no início.";
    undo: "Undo", "Desfazer";
    undo_hint: "Undoes your last action (Ctrl+Z): at the same instant, the run is as it would be without it. The one with it is kept as a branch.",
        "Desfaz sua última ação (Ctrl+Z): no mesmo instante, a execução fica como seria sem ela. A que a tem é mantida em um ramo.";
    nothing_to_undo: "You have no action to undo.", "Você não tem nenhuma ação a desfazer.";
    redo: "Redo", "Refazer";
    redo_hint: "Redoes the action that you undid last (Ctrl+Y): you go back to its branch.",
        "Refaz a última ação desfeita (Ctrl+Y): você volta ao ramo dela.";
    redone: "Redone: you are back in the branch with that action.", "Refeito: você voltou ao ramo com essa ação.";
    nothing_to_redo: "There is nothing to redo.", "Não há nada a refazer.";

    /// What was taken back.
    undone(what: &str): "You undid: “{what}”. The run with it is kept in Branches.",
        "Você desfez: “{what}”. A execução com isso continua em Ramos.";
}
