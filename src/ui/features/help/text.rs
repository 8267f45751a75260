//! The help sheet: all that the page can do, in short.

use crate::ui::{
    intent::Talk,
    text::{catalogue, words},
};

catalogue! {
    /// The sentences of the help sheet.
    HelpText, help_text;

    title: "How to use the playground", "Como usar o playground";
    intro: "A cluster of servers runs the leader election of the Raft algorithm here, in your browser. Crash some and see what the others do.",
        "Um cluster de servidores executa aqui, no seu navegador, a eleição de leader do algoritmo Raft. Derrube alguns e veja o que os outros fazem.";
    lessons: "New to Raft? Lessons explain elections step by step: you watch, answer and try. They are also in the menu \u{201c}More\u{201d} and in the list of scenarios.",
        "É novo no Raft? Lições explicam as eleições passo a passo: você observa, responde e experimenta. Estão também no menu \u{201c}Mais\u{201d} e na lista de cenários.";

    ring: "On the ring", "No anel";
    timer: "The arc around a server is its election timer: when it expires, the server asks for votes. The boldest arc is the next to expire. A heartbeat of the leader restarts it, and so does giving a vote. Drag the dot at its end to set it.",
        "O arco em volta de um servidor é seu election timer: quando se esgota, o servidor pede votos. O arco mais forte é o próximo a se esgotar. Um heartbeat do leader o reinicia, e dar um voto também. Arraste o ponto em sua ponta para ajustá-lo.";
    press: "Click or tap a server to crash it, and again to restart it.",
        "Clique ou toque em um servidor para derrubá-lo e de novo para reiniciá-lo.";
    menu: "A right click, a long press or Shift+F10 opens its menu: pause, election timeout now, cut off, wipe the disk, why. A leader can also hand over or send heartbeats at once.",
        "Um clique direito, um toque longo ou Shift+F10 abre seu menu: pausar, election timeout agora, isolar, apagar o disco, por quê. Um leader também pode passar a liderança ou enviar heartbeats já.";
    stale: "A grey crown in outline: this server acts as leader, but no majority can follow it. Once a newer term has begun it is called a stale leader, and steps down as soon as it hears of that term.",
        "Uma coroa cinza só de contorno: este servidor age como leader, mas nenhuma maioria pode segui-lo. Quando começa um term mais novo, ele se chama leader obsoleto, e renuncia assim que souber desse term.";
    links: "Press a line to cut that link one way, the other or both, and to restore it. Press a message in flight to read it, and to drop, duplicate, delay or deliver it.",
        "Pressione uma linha para cortar essa conexão em um sentido, no outro ou nos dois, e para restaurá-la. Pressione uma mensagem em trânsito para lê-la e para descartá-la, duplicá-la, atrasá-la ou entregá-la.";

    time: "Time", "Tempo";
    time_intro: "Time is virtual: slow motion while votes fly, faster when nothing happens. Step from event to event, drag along the timeline, and jump to elections, faults or violations.",
        "O tempo é virtual: câmera lenta enquanto os votos viajam, mais rápido quando nada acontece. Vá de evento em evento, arraste ao longo da linha do tempo e salte para eleições, falhas ou violações.";
    zoom: "Zoom the timeline with Ctrl and the mouse wheel, or with two fingers. Hold Shift and drag to move it.",
        "Amplie a linha do tempo com Ctrl e a roda do mouse, ou com dois dedos. Segure Shift e arraste para movê-la.";
    past: "Acting in the past starts a new branch; no branch is lost. The same seed and the same actions give the same run, on every machine.",
        "Agir no passado inicia um novo ramo; nenhum ramo se perde. A mesma semente e as mesmas ações dão a mesma execução em qualquer máquina.";

    panels: "The panels", "Os painéis";
    share: "Share, at the top, makes a link, a file, a frame for your slides or a picture of the whole run. Nothing is uploaded. Your last run is kept in this browser.",
        "Compartilhar, no topo, faz da execução inteira um link, um arquivo, um quadro para seus slides ou uma imagem. Nada é enviado. Sua última execução fica guardada neste navegador.";

    keyboard: "Keyboard", "Teclado";
    space_bar: "Space", "Espaço";
    key_play: "play or pause; on what you reached with Tab: press it", "reproduzir ou pausar; no que você alcançou com Tab: pressionar";
    key_step: "to the previous event, to the next one; on what you reached with Tab: move in it", "ao evento anterior, ao próximo; no que você alcançou com Tab: mover-se nele";
    key_reset: "reset", "recomeçar";
    key_servers: "crash or restart S1 to S9", "derrubar ou reiniciar S1 a S9";
    key_speed: "slower, faster", "mais devagar, mais rápido";
    key_pace: "pace: auto", "ritmo: automático";
    key_zoom: "on the timeline: zoom out, in", "na linha do tempo: afastar, aproximar";
    key_ends: "on the timeline and in the log: to the start, to the end", "na linha do tempo e no log: ao início, ao fim";
    key_pages: "in the log: ten lines up, ten lines down", "no log: dez linhas para cima, dez para baixo";
    key_panels: "next panel", "próximo painel";
    key_undo: "undo the last action; with Shift: do it again", "desfazer a última ação; com Shift: refazê-la";
    key_why: "why: who leads, or why nobody does", "por quê: quem lidera, ou por que ninguém lidera";
    key_state: "say how everything stands, for screen readers", "dizer como tudo está, para leitores de tela";
    key_present: "present the run to a class: full screen, twice the size; again or Esc: back",
        "apresentar a execução à turma: tela cheia, o dobro do tamanho; de novo ou Esc: voltar";
    key_moments: "while presenting, as a clicker sends them: back to the key moment before, on to the next; in a lesson: its steps",
        "na apresentação, como os envia um controle remoto: de volta ao momento-chave anterior, adiante até o próximo; em uma lição: seus passos";
    key_presenting: "while presenting: black screen, pointer that students see, QR code of the run",
        "na apresentação: tela preta, apontador que os alunos veem, código QR da execução";
    key_help: "this help", "esta ajuda";
    key_enter: "on a server: crash or restart it; on a line of the log: why", "em um servidor: derrubar ou reiniciar; em uma linha do log: por quê";
    key_menu: "on a server: its menu", "em um servidor: seu menu";
    key_lines: "in the log: the previous line, the next one", "no log: a linha anterior, a próxima";
    key_escape: "close a menu or a dialog", "fechar um menu ou um diálogo";
    shortcuts_on: "Single-key shortcuts are on", "Atalhos de uma tecla ativados";
    talk: "Screen readers announce", "Leitores de tela anunciam";
    sound: "Sound for timers and votes", "Som para timers e votos";
    sound_means: "Each server has its own pitch. A knock: its election timer expired. A note: it votes. A rough one: it refuses. A chord: it won. A falling one: it crashed or stepped down. Heard while time plays, until you leave the page.",
        "Cada servidor tem sua própria altura. Uma batida: seu election timer se esgotou. Uma nota: ele vota. Uma nota áspera: ele nega. Um acorde: ele venceu. Uma nota que desce: ele caiu ou renunciou. Ouve-se enquanto o tempo passa, até você sair da página.";
    paper: "The rules are those of \u{201c}In Search of an Understandable Consensus Algorithm\u{201d} (Ongaro and Ousterhout), Figure 2, without log replication. One thing is simpler: a request or a vote that is lost is not sent again. Raft's servers send a request again until it is answered (§5.1).",
        "As regras são as de \u{201c}In Search of an Understandable Consensus Algorithm\u{201d} (Ongaro e Ousterhout), Figura 2, sem replicação de log. Uma coisa é mais simples: um pedido ou voto que se perde não é enviado de novo. Os servidores do Raft reenviam um pedido até que seja respondido (§5.1).";
}

words! {
    /// How much a screen reader is told by itself.
    talk: Talk;
    Everything: "everything", "tudo";
    Important: "only what matters", "só o que importa";
    Off: "nothing", "nada";
}
