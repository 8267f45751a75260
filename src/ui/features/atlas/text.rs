//! What the atlas says.

use super::networks::{AtlasEntry, EXTENSIONS, SeenStability};
use crate::{
    lab::atlas::{KnownNetwork, NetworkShape, Stability},
    raft::Rules,
    ui::text::{Lang, catalogue, words},
};

catalogue! {
    /// What can be chosen between in the laboratory.
    AtlasTitle, atlas_title;

    measure: "Measure elections", "Medir eleições";
    title: "Atlas of broken networks", "Atlas de redes com falhas";
}

catalogue! {
    /// The sentences of the atlas.
    AtlasText, atlas_text;

    about: "S1 leads five servers; then some links are cut for good. In which networks do the servers come to one leader again? Press a network to see it on the ring.",
        "S1 lidera cinco servidores; então algumas conexões são cortadas de vez. Em quais redes os servidores voltam a ter um só leader? Pressione uma rede para vê-la no anel.";
    rules: "The paper's rules, with", "As regras do artigo, com";
    paper: "the paper's rules", "as regras do artigo";
    by_paper: "The words at a network tell what happens there by the paper's rules.",
        "As palavras junto a uma rede contam o que acontece nela com as regras do artigo.";
    what: "What the networks come to", "O que acontece com as redes";
    all: "All", "Todas";
    shown_as: "Show as", "Mostrar como";
    pictures: "Pictures", "Figuras";
    numbers: "Table", "Tabela";
    known: "Networks with a name", "Redes com nome";
    others: "All other networks of five servers", "Todas as outras redes de cinco servidores";
    one_way: "Links in one direction", "Conexões em um só sentido";
    one_way_about: "An arrow is a link on which messages arrive in its direction only. Of a million such networks of five servers these are ten; they are not counted above.",
        "Uma seta é uma conexão em que mensagens chegam somente no sentido dela. De um milhão de redes assim com cinco servidores estas são dez; elas não são contadas acima.";
    /// The address names a rule that there is not.
    no_rule: "The address of the atlas names a rule that this page does not have. It knows pre-vote, leader-stickiness and check-quorum.",
        "O endereço do atlas nomeia uma regra que esta página não tem. Ela conhece pre-vote, leader-stickiness e check-quorum.";
    keys: "The arrow keys move from network to network, Enter opens one. ×12: twelve networks look like this under other names of the servers.",
        "As setas movem de rede em rede, Enter abre uma. ×12: doze redes são assim com outros nomes dos servidores.";
    none: "No network comes to this by these rules.", "Nenhuma rede chega a isso com estas regras.";
    seen: "Seen: in one run of 60 s for each seed, election timeouts of 150 to 300 ms, S1 leads, links cut at 0.5 s; another run may show something else. Proved: no server has links in both directions to enough others, so no order of events lets one win, whatever the timing.",
        "Visto: em uma execução de 60 s por semente, election timeouts de 150 a 300 ms, S1 lidera, conexões cortadas aos 0,5 s; outra execução pode mostrar outra coisa. Provado: nenhum servidor tem conexões nos dois sentidos com outros suficientes, então nenhuma ordem de eventos deixa um vencer, sejam quais forem os tempos.";
    seen_word: "seen", "visto";
    proved: "proved", "provado";
    not_yet: "Not tried yet", "Ainda não testada";
    luck: "Depends on luck", "Depende da sorte";
    no_links: "no links", "nenhuma conexão";

    cancel: "Cancel", "Cancelar";
    go_on: "Go on", "Continuar";
    progress: "Seeds that have been tried", "Sementes já testadas";
    failed: "The runs could not start, or have stopped: the connection may be gone, or the browser too old or out of memory. The rest of the page still works.",
        "As execuções não puderam começar, ou pararam: talvez não haja conexão, ou o navegador seja antigo ou falte memória. O resto da página continua funcionando.";
    link: "Link to this page of the atlas", "Link desta página do atlas";

    network: "Network", "Rede";
    networks: "Networks", "Redes";
    comes_to: "Comes to", "Resultado";
    of_three: "three servers, not counted", "três servidores, não contada";
    of_one_way: "one direction, not counted", "um só sentido, não contada";

    /// After a number of networks, for those who don't see the others.
    atlas_of_all(all: &str): "of {all} networks", "de {all} redes";
    atlas_settle(networks: &str, all: &str, seeds: usize): "{networks} of {all} networks settle, seen over {seeds} {seeds:seed|seeds}.",
        "{networks} de {all} redes estabilizam, visto em {seeds} {seeds:semente|sementes}.";
    atlas_progress(seeds: &str, all: &str): "{seeds} of {all} seeds", "{seeds} de {all} sementes";
    /// After "seen".
    atlas_runs(runs: usize): " in {runs} of {runs} {runs:run|runs}", " em {runs} de {runs} {runs:execução|execuções}";
    /// A picture in words.
    atlas_picture(links: &str): "S1 led; links: {links}.", "S1 liderava; conexões: {links}.";
    /// A picture of a network with a name in words.
    atlas_known_picture(name: &str, links: &str): "{name}: S1 led; links: {links}.", "{name}: S1 liderava; conexões: {links}.";
    atlas_networks(networks: usize): "{networks} {networks:network|networks}", "{networks} {networks:rede|redes}";
    atlas_cut(cut: usize, all: usize): "{cut} of {all} links cut", "{cut} de {all} conexões cortadas";
    atlas_run_title(name: &str, rules: &str): "{name}, {rules}", "{name}, {rules}";
    /// What opens with a network.
    atlas_told(name: &str, word: &str): "{name}. Seen in this run: {word}. Press Play.",
        "{name}. Visto nesta execução: {word}. Pressione Reproduzir.";
    atlas_told_proved(name: &str): "{name}. No server has a link in both directions to a majority, so nobody can win: this is proved, not tried. Press Play.",
        "{name}. Nenhum servidor tem conexão nos dois sentidos com uma maioria, então ninguém pode vencer: isso é provado, não tentado. Pressione Reproduzir.";
    atlas_told_untried(name: &str): "{name}. Press Play.", "{name}. Pressione Reproduzir.";
}

words! {
    /// What becomes of the leadership.
    atlas_stability: Stability;
    Settles: "Settles", "Estabiliza";
    NeverSettles: "Never settles", "Nunca estabiliza";
    Stuck: "Stuck", "Travada";
    NoMajority: "No majority", "Sem maioria";
}

words! {
    /// What was seen where that is so.
    atlas_stability_about: Stability;
    Settles: "In the last 10 s one server led one term, and a majority could follow it.",
        "Nos últimos 10 s um servidor liderou um term, e uma maioria podia segui-lo.";
    NeverSettles: "In the last 10 s leaders or terms still changed.", "Nos últimos 10 s leaders ou terms ainda mudavam.";
    Stuck: "In the last 10 s nothing changed and nobody led with a majority, although a server reaches one.",
        "Nos últimos 10 s nada mudou e ninguém liderou com uma maioria, embora um servidor alcance uma.";
    NoMajority: "No server has links in both directions to enough others: nobody can win an election by any of these rules. This is proved.",
        "Nenhum servidor tem conexões nos dois sentidos com outros suficientes: ninguém pode vencer uma eleição com nenhuma destas regras. Isso está provado.";
}

words! {
    /// What a network is called.
    known_network: KnownNetwork;
    QuorumLoss: "Quorum loss", "Perda de quórum";
    ConstrainedElection: "Constrained election", "Eleição restrita";
    Chain: "Chained", "Em cadeia";
    Cloudflare: "Cloudflare, 2020", "Cloudflare, 2020";
    DeafLeader: "Leader that hears nobody", "Leader que não ouve ninguém";
    HalfDeafLeader: "Leader that hears one server", "Leader que ouve um servidor";
    MuteLeader: "Leader that nobody hears", "Leader que ninguém ouve";
    DeafFollower: "Follower that hears nobody", "Follower que não ouve ninguém";
    MuteFollower: "Follower that nobody hears", "Follower que ninguém ouve";
    OneDirection: "One direction cut", "Um sentido cortado";
    Simplex: "Simplex partition", "Partição simplex";
    QuorumLossOneWay: "Quorum loss, one direction", "Perda de quórum em um sentido";
    Ring: "Ring of arrows", "Anel de setas";
    Tournament: "One arrow between any two", "Uma seta entre cada dois";
}

words! {
    /// What there is to say of it.
    known_network_about: KnownNetwork;
    QuorumLoss: "All servers reach one, and only that one; another one led and has lost its majority. Only the one in the middle could win, and it still hears the old leader.",
        "Todos os servidores alcançam um, e somente esse; outro liderava e perdeu sua maioria. Só o do meio poderia vencer, e ele ainda ouve o antigo leader.";
    ConstrainedElection: "The same, and the old leader is cut off: only the server in the middle can win. There its log was out of date, which makes it harder; here all logs are alike.",
        "A mesma, e o antigo leader está isolado: só o servidor do meio pode vencer. Na fonte o log dele estava desatualizado, o que dificulta; aqui todos os logs são iguais.";
    Chain: "Three servers in a row, and one at the end led. The ends don't hear each other, so each in turn deposes the other.",
        "Três servidores em fila, e um da ponta liderava. As pontas não se ouvem, então cada uma depõe a outra por sua vez.";
    Cloudflare: "Three servers reach each other, and two of them one more each. Whoever leads, a server that can't hear it deposes it: so the source explains an outage of six hours.",
        "Três servidores se alcançam, e dois deles alcançam mais um cada. Seja quem for o leader, um servidor que não o ouve o depõe: assim a fonte explica uma queda de seis horas.";
    DeafLeader: "All hear the leader, so nobody else stands for election. With check quorum alone it steps down, then stands again and again; with pre-vote or leader stickiness as well it disturbs nobody.",
        "Todos ouvem o leader, então mais ninguém se candidata. Só com a verificação de quórum ele renuncia, depois se candidata de novo e de novo; junto com pre-vote ou fidelidade ao leader não perturba ninguém.";
    HalfDeafLeader: "All hear the leader, and it hears one of them: too few to lead, but nobody else stands. Check quorum alone cures this: it is quiet once the one that S1 hears leads.",
        "Todos ouvem o leader, e ele ouve um deles: poucos para liderar, mas mais ninguém se candidata. A verificação de quórum sozinha resolve: há calma quando aquele que S1 ouve lidera.";
    MuteLeader: "The leader hears all, and nobody hears it. The others elect a leader; S1 hears the newer term and follows. No extension is needed.",
        "O leader ouve todos, e ninguém o ouve. Os outros elegem um leader; S1 ouve o term mais novo e o segue. Nenhuma extensão é necessária.";
    DeafFollower: "All hear one follower, and it hears nobody. It stands for election again and again, and each newer term deposes a leader. Pre-vote alone cures this, and so does leader stickiness.",
        "Todos ouvem um follower, e ele não ouve ninguém. Ele se candidata de novo e de novo, e cada term mais novo depõe um leader. Pre-vote sozinho resolve, e a fidelidade ao leader também.";
    MuteFollower: "One follower hears all, and nobody hears it. The heartbeats keep it a follower, and the leader has a majority without it.",
        "Um follower ouve todos, e ninguém o ouve. Os heartbeats o mantêm follower, e o leader tem maioria sem ele.";
    OneDirection: "The leader does not reach one follower; all else works. By the paper's rules that follower stands and wins, and all hear it. With that link cut in both directions elections never settle.",
        "O leader não alcança um follower; todo o resto funciona. Com as regras do artigo esse follower se candidata e vence, e todos o ouvem. Com essa conexão cortada nos dois sentidos as eleições nunca estabilizam.";
    Simplex: "Three servers hear the leader and one more, which don't hear them. The three could elect a leader, but follow the old one. It takes check quorum, and pre-vote or leader stickiness with it.",
        "Três servidores ouvem o leader e mais um, que não os ouvem. Os três poderiam eleger um leader, mas seguem o antigo. É preciso a verificação de quórum, e com ela pre-vote ou fidelidade ao leader.";
    QuorumLossOneWay: "As quorum loss, but the old leader hears nobody. The paper's rules settle, with any one extension alone they don't. Check quorum with pre-vote or leader stickiness settles.",
        "Como perda de quórum, mas o antigo leader não ouve ninguém. As regras do artigo estabilizam, com uma só extensão não. A verificação de quórum com pre-vote ou fidelidade ao leader estabiliza.";
    Ring: "Each server is heard by the next one only. It can be asked for its vote, but the vote can't come back.",
        "Cada servidor é ouvido somente pelo seguinte. Pode-se pedir o voto dele, mas o voto não tem como voltar.";
    Tournament: "Half of all messages arrive: one direction between any two servers. A vote needs both.",
        "Metade das mensagens chega: um sentido entre cada dois servidores. Um voto precisa dos dois.";
}

/// Where it is said, if a source says it.
pub const fn source(known: KnownNetwork) -> Option<(&'static str, &'static str)> {
    match known {
        KnownNetwork::QuorumLoss | KnownNetwork::ConstrainedElection | KnownNetwork::Chain => Some((
            "Ng, Haridi, Carbone 2023",
            "https://omnipaxos.com/blog/how-omnipaxos-handles-partial-connectivity-and-why-other-protocols-cant/",
        )),
        KnownNetwork::Cloudflare => Some((
            "Howard, Abraham 2020",
            "https://decentralizedthoughts.github.io/2020-12-12-raft-liveness-full-omission/",
        )),
        KnownNetwork::Simplex => Some((
            "Alquraan et al. 2018",
            "https://www.usenix.org/conference/osdi18/presentation/alquraan",
        )),
        _ => None,
    }
}

impl Lang {
    /// What a network came to, in a word or two.
    #[must_use]
    pub fn atlas_word(self, seen: Option<SeenStability>) -> &'static str {
        match seen {
            Some(SeenStability::Always(stability)) => self.atlas_stability(stability),
            Some(SeenStability::Luck) => self.atlas_text().luck,
            None => self.atlas_text().not_yet,
        }
    }

    /// Seen or proved, in one word.
    #[must_use]
    pub fn atlas_how(self, seen: SeenStability) -> &'static str {
        let text = self.atlas_text();
        if seen.is_proved() { text.proved } else { text.seen_word }
    }

    /// In how many of so many runs, where it was seen in all of them.
    #[must_use]
    pub fn atlas_how_often(self, seen: SeenStability, runs: Option<u64>) -> String {
        let in_all = !seen.is_proved() && seen != SeenStability::Luck;
        match runs.and_then(|runs| usize::try_from(runs).ok()) {
            Some(runs) if in_all && runs > 0 => self.atlas_runs(runs),
            _ => String::new(),
        }
    }

    /// What a network came to, and how that is known: `Settles, seen in 5 of 5 runs`.
    #[must_use]
    pub fn atlas_outcome(self, seen: Option<SeenStability>, runs: Option<u64>) -> String {
        let word = self.atlas_word(seen);
        match seen {
            Some(seen) => format!(
                "{word}, {}{}",
                { self.atlas_how(seen) },
                self.atlas_how_often(seen, runs)
            ),
            None => word.to_owned(),
        }
    }

    /// Which servers are linked, and which are heard by another that they don't hear.
    #[must_use]
    pub fn atlas_links(self, shape: NetworkShape) -> String {
        let both = shape.linked().map(|(one, other)| format!("{one}–{other}"));
        let one_way = shape.arrows().map(|(from, to)| format!("{from}→{to}"));
        let links: Vec<_> = both.chain(one_way).collect();
        if links.is_empty() {
            self.atlas_text().no_links.to_owned()
        } else {
            links.join(", ")
        }
    }

    /// What a network is called.
    #[must_use]
    pub fn atlas_name(self, entry: &AtlasEntry) -> String {
        let (all, cut) = entry.cut();
        match entry.known {
            Some(known) => self.known_network(known).to_owned(),
            None => self.atlas_cut(cut, all),
        }
    }

    /// Rules, by what they extend the paper's with.
    #[must_use]
    pub fn atlas_rules(self, rules: Rules) -> String {
        let extensions = EXTENSIONS.into_iter().filter(|rule| rules.get(*rule));
        let extensions: Vec<_> = extensions.map(|rule| self.rule_changed(rule)).collect();
        if extensions.is_empty() {
            self.atlas_text().paper.to_owned()
        } else {
            extensions.join(", ")
        }
    }
}
