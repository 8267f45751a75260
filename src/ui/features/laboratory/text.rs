//! What the laboratory says.

use crate::{
    lab::{
        Experiment, ExperimentError, InitialLogs, Opening, PaperHalf, PredictionGap, Published, Quantity, TrialEnding,
        Variable,
        file::{LabError, LabExpected},
    },
    raft::NodeId,
    scenario::file::FileError,
    sim::Micros,
    ui::text::{Lang, catalogue, words},
};

catalogue! {
    /// The name of the panel, which the page begins with.
    LabTitle, lab_title;

    title: "Laboratory", "Laboratório";
}

catalogue! {
    /// The sentences of the laboratory.
    LabText, lab_text;

    about: "Runs an election a thousand times and measures it: the paper's Figure 16, or your own cluster. Every point opens its run.",
        "Executa uma eleição mil vezes e a mede: a Figura 16 do artigo, ou o seu próprio cluster. Cada ponto abre sua execução.";
    what: "What to try", "O que medir";
    own: "Your cluster", "Seu cluster";
    own_about: "The settings of the cluster on the ring, those of single servers and links included. What you change here changes nothing there.",
        "As configurações do cluster no anel, inclusive as de servidores e conexões individuais. O que você muda aqui não muda nada lá.";
    take: "Take the ring's settings again", "Retomar as configurações do anel";
    alike: "All election timeouts have the same length, so several servers stand at nearly the same time, and votes may split again and again.",
        "Todos os election timeouts têm a mesma duração, então vários servidores se candidatam quase ao mesmo tempo, e os votos podem se dividir repetidas vezes.";
    rare: "A heartbeat may come later than the shortest election timeout, so followers may stand for election although a leader runs.",
        "Um heartbeat pode chegar depois do menor election timeout, então followers podem se candidatar embora haja um leader.";
    few: "With fewer than 100 trials, the numbers for 95 % and the worst are those of single trials: chance decides them.",
        "Com menos de 100 ensaios, os números de 95 % e o pior são de ensaios isolados: o acaso os decide.";
    pre_vote_helps: "A crash shows only what pre-vote costs. It helps when a server that was cut off comes back: it asks first, and the leader stays.",
        "Uma queda só mostra o que o pre-vote custa. Ele ajuda quando um servidor que estava isolado volta: ele pergunta antes, e o leader continua.";
    not_seen: "A trial ends with the first leader, so whether one lasts is not seen.",
        "Um ensaio termina com o primeiro leader, então não se vê se algum dura.";
    go_on: "Count all time without a leader", "Contar todo o tempo sem leader";
    cancel: "Cancel", "Cancelar";
    progress: "Trials that have run", "Ensaios já executados";
    cancelled: "Cancelled. What had not finished is not shown.", "Cancelado. O que não terminou não é mostrado.";
    failed: "The trials could not start, or have stopped: the connection may be gone, or the browser too old or out of memory. The rest of the page still works.",
        "Os ensaios não puderam começar, ou pararam: talvez não haja conexão, ou o navegador seja antigo ou falte memória. O resto da página continua funcionando.";
    with_without: "With and without pre-vote", "Com e sem pre-vote";
    with_without_hint: "Runs your cluster twice, with the same random choices: once with pre-vote and once without.",
        "Executa seu cluster duas vezes, com as mesmas escolhas aleatórias: uma com pre-vote e outra sem.";

    measure: "Measure", "Medida";
    shown_as: "Show as", "Mostrar como";
    cumulative: "Cumulative", "Cumulativa";
    histogram: "Histogram", "Histograma";
    point: "Point of the plot", "Ponto do gráfico";
    large: "Large view", "Ampliar";
    large_hint: "The plot and the names of its lines fill the window, for a class. Escape leaves.",
        "O gráfico e os nomes das linhas ocupam a janela, para uma turma. Esc sai.";
    plot_keys: "Arrow keys move along a line and between lines, Enter opens the run.",
        "As setas movem ao longo de uma linha e entre linhas, Enter abre a execução.";
    plot_empty: "Press Run: the plot is drawn here.", "Pressione Executar: o gráfico aparece aqui.";
    share_of_trials: "% of the trials", "% dos ensaios";
    per_bar: "trials per bar", "ensaios por barra";
    of_paper: "Published in the paper", "Publicado no artigo";
    band: "The line is the median; nine tenths of the trials lie in the shaded band", "A linha é a mediana; nove décimos dos ensaios ficam na faixa sombreada";

    table: "What was measured", "O que foi medido";
    line: "Line", "Linha";
    low: "5 %", "5 %";
    median: "Median", "Mediana";
    mean: "Average", "Média";
    high: "95 %", "95 %";
    worst: "Worst", "Pior";
    greatest: "Greatest", "Maior";
    paper: "The paper", "O artigo";
    network: "Messages take 2 to 4 ms here; the paper says only that a broadcast and its answers took roughly 15 ms. Logs differ in length, so two of the four servers left can win.",
        "As mensagens levam de 2 a 4 ms aqui; o artigo diz apenas que uma difusão e suas respostas levavam cerca de 15 ms. Os logs têm comprimentos diferentes, então dois dos quatro servidores restantes podem vencer.";

    splits: "Trials with split votes", "Ensaios com votos divididos";
    splits_about: "Split votes beside a short calculation. It knows the servers, the spread of the election timeout and the delay: another server stands too if its timeout expires before the first request reaches it.",
        "Votos divididos ao lado de um cálculo curto. Ele conhece os servidores, a amplitude do election timeout e o atraso: outro servidor também se candidata se o timeout dele expira antes que o primeiro pedido o alcance.";
    measured: "Measured", "Medido";
    calculated: "Calculated", "Calculado";
    left_out: "Left out of the calculation", "Fora do cálculo";
    nothing: "nothing", "nada";

    servers: "Servers", "Servidores";
    timeout: "Election timeout", "Election timeout";
    timeout_from: "Shortest election timeout", "Menor election timeout";
    timeout_to: "Longest election timeout", "Maior election timeout";
    heartbeat: "Heartbeat interval", "Intervalo de heartbeat";
    delay: "Delay of a message, one way", "Atraso de uma mensagem, só ida";
    delay_from: "Shortest delay", "Menor atraso";
    delay_to: "Longest delay", "Maior atraso";
    to: "to", "a";
    loss: "Messages lost", "Mensagens perdidas";
    begin: "A trial begins", "Um ensaio começa";
    logs: "Logs", "Logs";
    script_about: "Random choices are drawn anew in each trial, so later elections may have other winners. Time is measured from the last action on.",
        "As escolhas aleatórias são sorteadas de novo em cada ensaio, então eleições posteriores podem ter outros vencedores. O tempo é medido a partir da última ação.";
    script_none: "Nothing is done in the run on the ring: crash a server there, or cut a link, and take the run again.",
        "Nada é feito na execução do anel: derrube um servidor lá, ou corte uma conexão, e retome a execução.";
    script_again: "Take the run on the ring again", "Retomar a execução do anel";
    ending: "A trial ends", "Um ensaio termina";
    limit: "At the latest after", "No máximo após";
    trials: "Trials", "Ensaios";
    seed: "Seed", "Semente";
    rules: "Rules", "Regras";
    compare: "Compare", "Comparar";
    compare_none: "nothing", "nada";
    vary: "Vary", "Variar";
    vary_none: "nothing", "nada";
    vary_from: "Vary from", "Variar de";
    vary_to: "Vary up to", "Variar até";
    too_many: "These are more trials than the page can keep. Choose fewer trials.",
        "São mais ensaios do que a página consegue guardar. Escolha menos ensaios.";

    save: "Save", "Salvar";
    csv: "Trials (CSV)", "Ensaios (CSV)";
    svg: "Plot (SVG)", "Gráfico (SVG)";
    file: "Experiment (.lab)", "Experimento (.lab)";
    link: "Link to this experiment", "Link deste experimento";
    not_named: "The address names an experiment that this page does not have.",
        "O endereço nomeia um experimento que esta página não tem.";
    link_impossible: "The link can't be opened: it is whole, but this page does not understand the experiment in it. Ask for its file.",
        "Não foi possível abrir o link: está inteiro, mas esta página não entende o experimento nele. Peça o arquivo.";

    lab_run(trials: &str): "Run {trials} trials", "Executar {trials} ensaios";
    lab_progress(done: &str, all: &str, name: &str): "{done} of {all} trials: {name}", "{done} de {all} ensaios: {name}";
    lab_done(all: &str, time: &str): "{all} trials in {time}.", "{all} ensaios em {time}.";
    lab_rule_on(rule: &str): "{rule}: on", "{rule}: sim";
    lab_rule_off(rule: &str): "{rule}: off", "{rule}: não";
    lab_compare_rule(rule: &str): "{rule} on and off", "{rule}: sim e não";
    lab_trials(trials: &str): "{trials} trials", "{trials} ensaios";

    lab_within(name: &str, share: &str, value: &str): "{name}: {share} of the trials have a leader within {value}",
        "{name}: {share} dos ensaios têm um leader em até {value}";
    lab_at_most(name: &str, share: &str, value: &str, what: &str): "{name}, {what}: at most {value} in {share} of the trials",
        "{name}, {what}: no máximo {value} em {share} dos ensaios";
    lab_longer(name: &str, share: &str, value: &str): "{name}: {share} of the trials have no leader after {value}",
        "{name}: {share} dos ensaios não têm leader após {value}";
    lab_bar(name: &str, count: usize, from: &str, below: &str): "{name}: {count} {count:trial|trials} from {from} to below {below}",
        "{name}: {count} {count:ensaio|ensaios} de {from} a menos de {below}";
    lab_bar_of_one(name: &str, count: usize, value: &str): "{name}: {count} {count:trial|trials} with {value}",
        "{name}: {count} {count:ensaio|ensaios} com {value}";
    /// Trials that no bar stands for.
    lab_beyond(count: usize, limit: &str): "{count} longer than {limit}", "{count} com mais de {limit}";
    lab_band(name: &str, setting: &str, median: &str, low: &str, high: &str): "{name}, {setting}: median {median}, 5 % {low}, 95 % {high}",
        "{name}, {setting}: mediana {median}, 5 % {low}, 95 % {high}";
    lab_open(trial: u32): "Open trial {trial}", "Abrir o ensaio {trial}";
    lab_cell(value: &str, trial: u32): "{value}, open trial {trial}", "{value}, abrir o ensaio {trial}";
    lab_run_title(name: &str, trial: u32): "{name}, trial {trial}", "{name}, ensaio {trial}";

    /// What a rule changes, seen in the median.
    lab_longer_with(rule: &str, time: &str): "With {rule} the median is {time} longer than without.", "Com {rule} a mediana é {time} maior do que sem.";
    lab_shorter_with(rule: &str, time: &str): "With {rule} the median is {time} shorter than without.", "Com {rule} a mediana é {time} menor do que sem.";
    /// Of trials that a median says nothing about.
    lab_endless(with: usize, without: usize, limit: &str): "Trials that have no leader after {limit}: {with} with it, {without} without.",
        "Ensaios sem leader após {limit}: {with} com ela, {without} sem.";
    lab_same_with(rule: &str): "With {rule} the median is the same as without.", "Com {rule} a mediana é a mesma que sem.";

    lab_told_crash(trial: u32, at: Micros, elected: Micros, time: &str): "Trial {trial}: S1 crashes at {at}; a leader is elected at {elected}, {time} later. Press Play.",
        "Ensaio {trial}: S1 cai aos {at}; um leader é eleito aos {elected}, {time} depois. Pressione Reproduzir.";
    lab_told_cut(trial: u32, at: Micros, elected: Micros, time: &str): "Trial {trial}: S1 is cut off at {at}; a leader is elected at {elected}, {time} later. Press Play.",
        "Ensaio {trial}: S1 é isolado aos {at}; um leader é eleito aos {elected}, {time} depois. Pressione Reproduzir.";
    lab_told_start(trial: u32, elected: Micros): "Trial {trial}: the servers start at 0 s; a leader is elected at {elected}. Press Play.",
        "Ensaio {trial}: os servidores iniciam aos 0 s; um leader é eleito aos {elected}. Pressione Reproduzir.";
    lab_script(actions: usize, at: Micros, last: &str): "Begins with {actions} {actions:action|actions}; the last, at {at}: {last}.",
        "Começa com {actions} {actions:ação|ações}; a última, aos {at}: {last}.";
    lab_led(share: &str): "In {share} of the trials there was a leader as the time began.", "Em {share} dos ensaios havia um leader quando o tempo começou.";
    lab_own(settings: usize): "{settings} {settings:setting|settings} of single servers or links {settings:holds|hold} from the start.",
        "{settings} {settings:ajuste|ajustes} de servidores ou conexões isolados {settings:vale|valem} desde o início.";
    lab_script_leader(leader: NodeId): "In each trial {leader} times out first, to lead as on the ring.",
        "Em cada ensaio {leader} é o primeiro a expirar, para liderar como no anel.";
    lab_told_script(trial: u32, at: Micros, elected: Micros, time: &str): "Trial {trial}: the last action is done at {at}; a leader is elected at {elected}, {time} later. Press Play.",
        "Ensaio {trial}: a última ação é feita aos {at}; um leader é eleito aos {elected}, {time} depois. Pressione Reproduzir.";
    lab_told_script_led(trial: u32, at: Micros): "Trial {trial}: as the last action is done, at {at}, a leader leads that a majority can follow.",
        "Ensaio {trial}: quando a última ação é feita, aos {at}, há um leader que uma maioria pode seguir.";
    lab_told_led(trial: u32): "Trial {trial}: another server was elected before S1 failed. Press Play.",
        "Ensaio {trial}: outro servidor foi eleito antes da falha de S1. Pressione Reproduzir.";
    lab_told_never(trial: u32, time: &str): "Trial {trial}: no leader within {time}. Press Play.",
        "Ensaio {trial}: nenhum leader em {time}. Pressione Reproduzir.";

    lab_told_whole(trial: u32, at: Micros, time: &str, whole: &str): "Trial {trial}, measured from {at} on: of {whole}, {time} are without a leader that a majority can follow. Press Play.",
        "Ensaio {trial}, medido a partir de {at}: de {whole}, {time} são sem leader que uma maioria possa seguir. Pressione Reproduzir.";

    lab_refused(name: &str, why: &str): "“{name}” can't be opened. {why}", "Não foi possível abrir “{name}”. {why}";
    lab_line_differs(line: usize, found: &str, expected: &str): "Line {line}, “{found}”: expected {expected}.",
        "Linha {line}, “{found}”: esperava-se {expected}.";
    lab_not_possible(why: &str): "This can't be tried. Needed: {why}.", "Isto não pode ser medido. É preciso: {why}.";
    lab_paper_median(millis: u64): "median {millis} ms", "mediana {millis} ms";
    lab_paper_mean(millis: u64): "average {millis} ms", "média {millis} ms";
    lab_paper_worst(millis: u64): "worst {millis} ms", "pior {millis} ms";
}

words! {
    /// A half of Figure 16.
    paper_half: PaperHalf;
    Randomness: "Figure 16, randomness", "Figura 16, aleatoriedade";
    Timeout: "Figure 16, timeouts", "Figura 16, timeouts";
}

words! {
    /// What a half of Figure 16 shows.
    paper_half_about: PaperHalf;
    Randomness: "The leader crashes. Each line draws its election timeouts from a wider range than the one before: the wider it is, the fewer votes split.",
        "O leader cai. Cada linha sorteia os election timeouts de um intervalo mais amplo que a anterior: quanto mais amplo, menos votos se dividem.";
    Timeout: "The leader crashes. Each line has longer election timeouts than the one before: short ones find a new leader sooner, as long as messages arrive in time. At 12–24 ms the average is a seventh below the paper's; delays of 1.6 to 5.5 ms give its 35 ms.",
        "O leader cai. Cada linha tem election timeouts mais longos que a anterior: os curtos encontram antes um novo leader, desde que as mensagens cheguem a tempo. Em 12–24 ms, a média fica um sétimo abaixo da do artigo; atrasos de 1,6 a 5,5 ms dão os 35 ms dele.";
}

words! {
    /// What is measured.
    quantity: Quantity;
    WithoutLeader: "time without a leader", "tempo sem leader";
    Terms: "terms", "terms";
    Elections: "candidacies", "candidaturas";
    SplitVotes: "split votes", "votos divididos";
    Messages: "messages", "mensagens";
    Elected: "leaders elected", "leaders eleitos";
}

words! {
    /// What an experiment has that the calculation of split votes leaves out.
    prediction_gap: PredictionGap;
    Logs: "logs differ", "logs diferem";
    Loss: "messages lost or reordered", "mensagens perdidas ou reordenadas";
    Links: "links cut", "conexões cortadas";
    SlowLinks: "a timeout may be shorter than three messages take", "um timeout pode ser menor que o tempo de três mensagens";
    RareHeartbeats: "timeouts may expire between heartbeats", "timeouts podem se esgotar entre heartbeats";
    Arrival: "the last heartbeat arrives unevenly", "o último heartbeat chega de forma desigual";
    OwnSettings: "settings of single servers or links", "ajustes de servidores ou conexões isolados";
    PreVote: "pre-votes with uneven delays", "pre-votes com atrasos desiguais";
    LaterElections: "trials go on after an election", "os ensaios continuam após uma eleição";
    Rules: "rules other than the paper's", "regras que não são as do artigo";
}

words! {
    /// How a trial begins.
    lab_opening: Opening;
    LeaderCrash: "the leader crashes", "o leader cai";
    LeaderCutOff: "the leader is cut off", "o leader é isolado";
    ColdStart: "all servers start", "todos os servidores iniciam";
    Script: "as the run on the ring", "como a execução no anel";
}

words! {
    /// When a trial ends.
    lab_ending: TrialEnding;
    WithLeader: "with the next leader", "com o próximo leader";
    AtLimit: "only when its time is up", "só ao fim do tempo";
}

words! {
    /// Where the logs end.
    lab_logs: InitialLogs;
    AsGiven: "as on the ring", "como no anel";
    Different: "of different lengths", "de comprimentos diferentes";
}

words! {
    /// A setting that can be varied.
    lab_variable: Variable;
    Spread: "spread of the election timeout", "amplitude do election timeout";
    Timeout: "election timeout (to twice that)", "election timeout (até o dobro)";
    HeartbeatInterval: "heartbeat interval", "intervalo de heartbeat";
    Delay: "delay of a message", "atraso de uma mensagem";
    Loss: "messages lost", "mensagens perdidas";
}

words! {
    /// Why an experiment can't be made.
    lab_impossible: ExperimentError;
    Config: "settings that fit together", "configurações que combinem";
    ShortTimeout: "election timeouts of at least 2 ms", "election timeouts de pelo menos 2 ms";
    NoLeader: "a cluster in which S1 can lead at the start", "um cluster em que S1 possa liderar no início";
    Limit: "a limit of 1 ms to 1 hour", "um limite de 1 ms a 1 hora";
    Script: "1 to 200 actions, the last within an hour", "1 a 200 ações, a última em até uma hora";
    Trials: "1 to 1,000,000 trials", "1 a 1.000.000 de ensaios";
}

words! {
    /// What a line of an experiment's file should have been.
    lab_expected: LabExpected;
    Header: "the first line “raft-lab 1”, with a version up to 4", "a primeira linha “raft-lab 1”, com uma versão até 4";
    OlderVersion: "a file of version 1 to 4; this one is newer, reload the page", "um arquivo da versão 1 a 4; este é mais novo, recarregue a página";
    Keyword: "“begin”, “at”, “logs”, “limit”, “end”, “trials”, “compare”, “vary” or a setting of the cluster",
        "“begin”, “at”, “logs”, “limit”, “end”, “trials”, “compare”, “vary” ou uma configuração do cluster";
    Once: "what is not given twice", "o que não se repete";
    Opening: "“leader-crash”, “leader-cut-off”, “cold-start” or “script”", "“leader-crash”, “leader-cut-off”, “cold-start” ou “script”";
    Ending: "“with-leader” or “at-limit”", "“with-leader” ou “at-limit”";
    BeginScript: "“begin script” beside lines with “at”", "“begin script” junto a linhas com “at”";
    Logs: "“different” or “as-given”", "“different” ou “as-given”";
    NoLog: "“logs as-given” beside the log of a server", "“logs as-given” junto ao log de um servidor";
    RuleName: "the name of a rule, as “pre-vote”", "o nome de uma regra, como “pre-vote”";
    Variable: "“spread”, “timeout”, “heartbeat-interval”, “delay” or “loss”", "“spread”, “timeout”, “heartbeat-interval”, “delay” ou “loss”";
    Possible: "", "";
    Run: "", "";
}

impl Lang {
    /// What is wrong with an experiment's file.
    #[must_use]
    pub fn lab_error(self, error: &LabError) -> String {
        let expected = match error.expected {
            LabExpected::Possible(why) => self.lab_impossible(why),
            LabExpected::Run(expected) => {
                let (line, found) = (error.line, error.found.clone());
                return self.line_error(&FileError { line, expected, found });
            }
            expected => self.lab_expected(expected),
        };
        self.lab_line_differs(error.line, &error.found, expected)
    }

    /// What the paper says of a line.
    #[must_use]
    pub fn lab_published(self, published: Published) -> String {
        match published {
            Published::LongerThan(millis) => format!("> {}", self.lab_time(millis * 1000)),
            Published::Median(millis) => self.lab_paper_median(millis),
            Published::Mean(millis) => self.lab_paper_mean(millis),
            Published::Worst(millis) => self.lab_paper_worst(millis),
        }
    }

    /// An instant or a span at an axis.
    #[must_use]
    pub fn lab_tick(self, micros: u64) -> String {
        if micros >= 1_000_000 && micros.is_multiple_of(1_000_000) {
            format!("{} s", micros / 1_000_000)
        } else {
            format!("{} ms", self.exact_millis(Micros(micros)))
        }
    }

    /// A value of a setting that is varied.
    #[must_use]
    pub fn lab_setting(self, variable: Variable, value: u64) -> String {
        match variable {
            Variable::Loss => self.per_cent(u16::try_from(value).unwrap_or(u16::MAX)),
            _ => self.lab_time(value),
        }
    }

    /// The same at an axis.
    #[must_use]
    pub fn lab_setting_at_axis(self, variable: Variable, value: u64) -> String {
        match variable {
            Variable::Loss => self.per_cent(u16::try_from(value).unwrap_or(u16::MAX)),
            _ => self.lab_tick(value),
        }
    }

    /// What opens with a trial that took so long.
    #[must_use]
    pub fn lab_told(self, experiment: &Experiment, trial: u32, time: Option<Micros>) -> String {
        let (at, limit) = (experiment.begins_at(trial), self.lab_time(experiment.limit.0));
        match (time, experiment.opening) {
            (None, _) => self.lab_told_never(trial, &limit),
            (Some(time), _) if experiment.ending == TrialEnding::AtLimit => {
                self.lab_told_whole(trial, at, &self.lab_time(time.0), &limit)
            }
            (Some(time), Opening::ColdStart) => self.lab_told_start(trial, at + time),
            (Some(Micros::ZERO), Opening::Script) => self.lab_told_script_led(trial, at),
            (Some(time), Opening::Script) => self.lab_told_script(trial, at, at + time, &self.lab_time(time.0)),
            (Some(Micros::ZERO), Opening::LeaderCrash | Opening::LeaderCutOff) => self.lab_told_led(trial),
            (Some(time), Opening::LeaderCrash) => self.lab_told_crash(trial, at, at + time, &self.lab_time(time.0)),
            (Some(time), Opening::LeaderCutOff) => self.lab_told_cut(trial, at, at + time, &self.lab_time(time.0)),
        }
    }
}
