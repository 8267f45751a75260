//! How everything stands, for somebody who cannot look: who leads, what each server is, which links are cut, which timer is next.
//! A value, so that a test can hold it against the cluster.

use crate::{
    raft::{NodeId, NodeSet, Timer},
    sim::Micros,
    ui::{
        explain::{groups::partition, headline::Headline},
        run::view::{ClusterView, ServerView},
        text::{Lang, catalogue, timer_name},
    },
};

catalogue! {
    /// How everything stands.
    OverviewText, overview_text;

    stands_at(at: Micros, who: &str): "At {at}: {who}.", "Aos {at}: {who}.";
    these_are(servers: NodeSet, what: &str): "{servers}: {what}.", "{servers}: {what}.";
    no_links_cut: "All links are up.", "Todas as conexões estão ativas.";
    talk_within(groups: &str): "Links work only within these groups: {groups}.", "As conexões só funcionam dentro destes grupos: {groups}.";
    cannot_send(from: NodeId, to: NodeSet): "{from} cannot send to {to}.", "{from} não consegue enviar a {to}.";
    nothing_arrives: "No message arrives.", "Nenhuma mensagem chega.";
    next_timer(server: NodeId, timer: &str, at: Micros): "Next: {server}'s {timer} timer is set to expire at {at}.",
        "A seguir: o {timer} timer de {server} está previsto para se esgotar aos {at}.";
    no_timer: "No timer is running.", "Nenhum timer está correndo.";
}

/// How everything stands at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// When.
    pub at: Micros,
    /// Who leads.
    pub headline: Headline,
    /// All servers, together where nothing but their names differs.
    pub alike: Vec<Vec<ServerView>>,
    /// Which links are cut.
    pub cuts: Cuts,
    /// Whose timer expires next, if one runs: which, and when.
    pub next: Option<(NodeId, Timer, Micros)>,
}

/// Which links are cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cuts {
    /// None.
    None,
    /// All between these groups, and none within them.
    Between(Vec<NodeSet>),
    /// From these servers to those.
    From(Vec<(NodeId, NodeSet)>),
    /// The network loses every message.
    Silent,
}

impl Overview {
    /// That of a cluster at an instant, in which servers are alike that are described alike.
    #[must_use]
    pub fn of(view: &ClusterView, at: Micros) -> Self {
        let mut alike: Vec<Vec<ServerView>> = Vec::new();
        for server in &view.servers {
            let described = Lang::En.described(server);
            match alike
                .iter_mut()
                .find(|others| Lang::En.described(&others[0]) == described)
            {
                Some(others) => others.push(server.clone()),
                None => alike.push(vec![server.clone()]),
            }
        }
        // Who leads is what everybody wants to know first.
        alike.sort_by_key(|servers| servers[0].claim.is_none());
        Self {
            at,
            headline: Headline::of(view),
            alike,
            cuts: Cuts::of(view),
            next: next(view),
        }
    }
}

impl Cuts {
    fn of(view: &ClusterView) -> Self {
        let size = view.servers.len();
        let groups = partition(&view.links, size);
        let hears_any = |server: NodeId| NodeId::all(size).any(|other| other != server && view.hears(server, other));
        let is_silent = size > 1 && !NodeId::all(size).any(hears_any);
        if is_silent && groups.is_empty() {
            Self::Silent
        } else if view.links.all_up() {
            Self::None
        } else if groups.is_empty() {
            let deaf = |from: NodeId| {
                NodeId::all(size)
                    .filter(move |to| *to != from && !view.links.is_up(from, *to))
                    .collect()
            };
            let from = NodeId::all(size).map(|from| (from, deaf(from)));
            Self::From(from.filter(|(_, to): &(NodeId, NodeSet)| !to.is_empty()).collect())
        } else {
            Self::Between(groups)
        }
    }
}

fn next(view: &ClusterView) -> Option<(NodeId, Timer, Micros)> {
    let running = view.servers.iter().filter(|server| server.runs());
    let timers = running.flat_map(|server| {
        let of = |timer, armed: Option<crate::sim::Armed>| armed.map(|armed| (armed.fires_at, server.id, timer));
        [
            of(Timer::Election, server.election),
            of(Timer::Heartbeat, server.heartbeat),
        ]
    });
    let first = timers.flatten().min_by_key(|(at, server, _)| (*at, *server));
    first.map(|(at, server, timer)| (server, timer, at))
}

impl Lang {
    /// What a server is, without its name: `follower, term 4, voted for S2`.
    fn described(self, server: &ServerView) -> String {
        let words = self.server_in_words(server);
        words
            .split_once(", ")
            .map(|(_, what)| what.to_owned())
            .unwrap_or_default()
    }

    /// How everything stands, in sentences.
    #[must_use]
    pub fn overview(self, overview: &Overview) -> String {
        let text = self.overview_text();
        let (who, rest) = self.headline(&overview.headline);
        let who = match overview.headline {
            Headline::Led { .. } => self.stands_at(overview.at, &format!("{who} {rest}")),
            _ => format!("{} {rest}", self.stands_at(overview.at, &who)),
        };
        let mut said = vec![who];
        said.extend(overview.alike.iter().map(|servers| {
            let all = servers.iter().map(|server| server.id).collect();
            self.these_are(all, &self.described(&servers[0]))
        }));
        match &overview.cuts {
            Cuts::None => said.push(text.no_links_cut.to_owned()),
            Cuts::Silent => said.push(text.nothing_arrives.to_owned()),
            Cuts::Between(groups) => {
                let groups: Vec<_> = groups.iter().map(|group| self.and(*group)).collect();
                said.push(self.talk_within(&groups.join("; ")));
            }
            Cuts::From(from) => said.extend(from.iter().map(|(from, to)| self.cannot_send(*from, *to))),
        }
        said.push(match overview.next {
            Some((server, timer, at)) => self.next_timer(server, timer_name(timer), at),
            None => text.no_timer.to_owned(),
        });
        said.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{sim::Action, ui::run::player::Player};

    fn told(millis: u64, done: &[Action], lang: Lang) -> String {
        let mut player = Player::default();
        player.seek(Micros::from_millis(millis));
        for action in done {
            player.act(*action).unwrap();
        }
        lang.overview(&Overview::of(&ClusterView::of(&player), player.history().now()))
    }

    #[test]
    fn all_that_is_seen_is_said() {
        let [s1, s2, s3, s4] = [0, 1, 2, 3].map(NodeId::new);
        assert_eq!(
            told(300, &[], Lang::En),
            "At 0.300 s: S2 leads term 1 with the votes of S2, S4, S5. S2: leader, term 1, votes: S2 S4 S5. \
             S1, S3, S4 and S5: follower, term 1, voted for S2. All links are up. \
             Next: S2's heartbeat timer is set to expire at 0.315 s."
        );
        assert_eq!(
            told(
                300,
                &[Action::kill(s2), Action::partition([s3, s4].into_iter().collect())],
                Lang::En
            ),
            "At 0.300 s: No leader. No server reaches a majority. S1, S3, S4 and S5: follower, term 1, voted for S2. \
             S2: crashed, term 1. Links work only within these groups: S1, S2 and S5; S3 and S4. \
             Next: S4's election timer is set to expire at 0.429 s."
        );
        let cut = told(300, &[Action::cut(s1, s2), Action::cut(s1, s3)], Lang::En);
        assert!(cut.contains(" S1 cannot send to S2 and S3. Next:"), "{cut}");
    }

    #[test]
    fn it_is_said_in_portuguese() {
        assert_eq!(
            told(300, &[], Lang::Pt),
            "Aos 0,300 s: S2 lidera o term 1 com os votos de S2, S4, S5. S2: leader, term 1, votos: S2 S4 S5. \
             S1, S3, S4 e S5: follower, term 1, votou em S2. Todas as conexões estão ativas. \
             A seguir: o heartbeat timer de S2 está previsto para se esgotar aos 0,315 s."
        );
    }
}
