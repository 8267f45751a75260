//! What the reader did at the instant that is shown, confirmed: what was done, and how things stand now. It follows from the run alone,
//! so it is said whenever the reader is there, and it is a value, so that a test can hold it against the cluster.

use crate::{
    raft::{MAX_SERVERS, NodeId, NodeSet},
    sim::{Action, ClusterAction, Effect, History, LinkAction, Micros, Network, Process, ServerAction},
    ui::{
        explain::{
            headline::Lack,
            narration::{Apart, Moment, Next},
        },
        run::view::{ClusterView, ServerView},
        text::{Lang, capitalised, catalogue},
    },
};

catalogue! {
    /// What was done to several servers at once, and what follows.
    ConfirmationText, confirmation_text;

    these_crashed(servers: NodeSet): "{servers} crashed", "{servers} {servers:caiu|caíram}";
    these_started(servers: NodeSet): "{servers} started", "{servers} {servers:iniciou|iniciaram}";
    these_restarted(servers: NodeSet): "{servers} restarted", "{servers} {servers:reiniciou|reiniciaram}";
    these_were_paused(servers: NodeSet): "{servers} {servers:was|were} paused", "{servers} {servers:foi pausado|foram pausados}";
    these_were_resumed(servers: NodeSet): "{servers} {servers:was|were} resumed",
        "{servers} {servers:foi retomado|foram retomados}";
    changes(count: usize): "{count} changes", "{count} mudanças";
    some_cut: "Several links were cut", "Várias conexões foram cortadas";
    some_restored: "Several links were restored", "Várias conexões foram restauradas";
    network_reset: "the network was reset", "a rede voltou ao que era";
    these_wait(waiting: NodeSet, next: NodeId, at: Micros):
        "{waiting} {waiting:waits|wait}: {next}'s election timer is set to expire next, at {at}.",
        "{waiting} {waiting:aguarda|aguardam}: o próximo election timer previsto para se esgotar é o de {next}, aos {at}.";
}

/// So many things are told one by one; of more, only their number: the sentence below it must have room.
const CLAUSES: usize = 3;

/// What was done, and how things stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// These crashed.
    pub crashed: NodeSet,
    /// These started.
    pub started: NodeSet,
    /// Those of them that had run before.
    pub restarted: NodeSet,
    /// These were paused.
    pub paused: NodeSet,
    /// These were resumed.
    pub resumed: NodeSet,
    /// The network was made what it was at the start.
    pub network_reset: bool,
    /// All else that was done.
    pub others: Vec<Action>,
    /// How things stand.
    pub then: Then,
}

/// How things stand after something was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    /// Nobody leads, and all that run wait for the first of their timers.
    Wait {
        /// Who waits.
        waiting: NodeSet,
        /// Whose timer is the first.
        next: NodeId,
        /// When it expires.
        at: Micros,
    },
    /// Anything else.
    Moment(Moment),
}

impl Confirmation {
    /// That of what was done to a cluster that is now this, and whose network was this at the start; none if it is nothing to confirm:
    /// values say themselves what they are.
    #[must_use]
    pub fn of(done: &[Action], normal: Network, view: &ClusterView) -> Option<Self> {
        let network = done.iter().rev().find_map(|action| match action {
            Action::Cluster(ClusterAction::SetNetwork(network)) => Some(*network),
            _ => None,
        });
        // That messages of a crashed leader are lost, too, is a detail of what was done.
        let is_detail = |action: &Action| done.len() > 1 && matches!(action, Action::Message(..));
        let mut all = Self {
            crashed: NodeSet::EMPTY,
            started: NodeSet::EMPTY,
            restarted: NodeSet::EMPTY,
            paused: NodeSet::EMPTY,
            resumed: NodeSet::EMPTY,
            network_reset: network == Some(normal),
            others: Vec::new(),
            then: Then::Moment(Moment::of(view)),
        };
        for action in done.iter().filter(|action| !is_detail(action) && !is_value(action)) {
            all.add(*action);
        }
        let Self {
            crashed,
            started,
            paused,
            resumed,
            network_reset,
            ref others,
            ..
        } = all;
        let to_servers = [crashed, started, paused, resumed].iter().any(|set| !set.is_empty());
        (to_servers || network_reset || !others.is_empty()).then(|| {
            all.restarted = started.and(view.those(|server| server.boots > 1));
            all.then = all.then(view);
            all
        })
    }

    /// Adds what was done last. Of what was done to a server's process, one after the other at one instant, only the last is so still.
    fn add(&mut self, action: Action) {
        let Action::Server(
            server,
            ServerAction::Kill
            | ServerAction::Start
            | ServerAction::Pause
            | ServerAction::Resume
            | ServerAction::WipeDisk,
        ) = action
        else {
            self.others.retain(|other| !undoes(action, *other));
            return self.others.push(action);
        };
        for set in [
            &mut self.crashed,
            &mut self.started,
            &mut self.paused,
            &mut self.resumed,
        ] {
            set.remove(server);
        }
        self.others.retain(|other| *other != Action::wipe_disk(server));
        let set = match action {
            Action::Server(_, ServerAction::Kill) => &mut self.crashed,
            Action::Server(_, ServerAction::Start) => &mut self.started,
            Action::Server(_, ServerAction::Pause) => &mut self.paused,
            Action::Server(_, ServerAction::Resume) => &mut self.resumed,
            _ => return self.others.push(action),
        };
        set.insert(server);
    }

    /// How things stand, without what was just said of those who crashed or were paused, if these are all that are.
    fn then(&self, view: &ClusterView) -> Then {
        match Moment::of(view) {
            Moment::Waits {
                next: Some(Next::Timer(first, at)),
                lack: Lack::Waiting,
                paused,
            } if paused.without(self.paused).is_empty() && first.len() == 1 => {
                let runs = |server: &&ServerView| server.process == Process::Running;
                let waiting: NodeSet = view.servers.iter().filter(runs).map(|server| server.id).collect();
                match first.iter().next() {
                    Some(next) => Then::Wait { waiting, next, at },
                    None => Then::Moment(Moment::of(view)),
                }
            }
            Moment::Leads {
                leader,
                term,
                is_steady,
                apart,
                yields,
            } => {
                let rest = Apart {
                    down: unless_said(apart.down, self.crashed),
                    paused: unless_said(apart.paused, self.paused),
                    ..apart
                };
                // That all others follow is not so.
                let all_follow = rest == Apart::default() && !is_steady;
                Then::Moment(Moment::Leads {
                    leader,
                    term,
                    is_steady,
                    apart: if all_follow { apart } else { rest },
                    yields,
                })
            }
            Moment::Waits { next, lack, paused } => Then::Moment(Moment::Waits {
                next,
                lack,
                paused: unless_said(paused, self.paused),
            }),
            moment => Then::Moment(moment),
        }
    }
}

/// These, unless it was just said of them all.
fn unless_said(all: NodeSet, said: NodeSet) -> NodeSet {
    if all.without(said).is_empty() {
        NodeSet::EMPTY
    } else {
        all
    }
}

/// What the reader did at an instant of the branch shown, in order, as far as it had an effect.
#[must_use]
pub fn done_at(history: &History, at: Micros) -> Vec<Action> {
    let branch = history.current();
    let journal = history.journal(branch);
    let from = journal.partition_point(|entry| entry.at < at);
    let to = journal.partition_point(|entry| entry.at <= at);
    let places = (from..to).filter(|place| !journal[*place].scripted && history.refusal(branch, *place).is_none());
    places.flat_map(|place| history.meant(branch, place)).collect()
}

/// Whether nothing of what was done to links before is so still, after this was done.
fn undoes(action: Action, before: Action) -> bool {
    match before {
        _ if !is_cut_or_mended(action) || !is_cut_or_mended(before) => false,
        Action::Link(from, to, _) => action.is_about_link(from, to),
        _ => matches!(action, Action::Cluster(ClusterAction::HealAll)),
    }
}

/// Links of one server that were all cut in both directions, or all restored: of which, with whom, and whether they work now.
fn star(others: &[Action]) -> Option<(NodeId, NodeSet, bool)> {
    let (mut to, mut all) = ([NodeSet::EMPTY; MAX_SERVERS], None);
    for action in others {
        if let Action::Link(from, other, done) = *action {
            if all.is_some_and(|before| before != done) {
                return None;
            }
            all = Some(done);
            to[from.index()].insert(other);
        } else if is_cut_or_mended(*action) {
            // The order matters.
            return None;
        }
    }
    let done = all?;
    let is_hub = |hub: &NodeId| {
        let with = to[hub.index()];
        let of = |other: NodeId| {
            if with.contains(other) {
                NodeSet::only(*hub)
            } else {
                NodeSet::EMPTY
            }
        };
        !with.is_empty() && NodeId::all(MAX_SERVERS).all(|other| other == *hub || to[other.index()] == of(other))
    };
    let hub = NodeId::all(MAX_SERVERS).find(is_hub)?;
    Some((hub, to[hub.index()], done == LinkAction::Heal))
}

const fn is_cut_or_mended(action: Action) -> bool {
    matches!(action.effect(), Effect::Cut | Effect::Mend)
}

const fn is_link(action: &Action) -> bool {
    matches!(action, Action::Link(..))
}

/// Whether it sets a value, which whoever sets it hears from what it was set with.
const fn is_value(action: &Action) -> bool {
    matches!(
        action,
        Action::Server(
            _,
            ServerAction::SetLog(_) | ServerAction::SetElectionTimer(_) | ServerAction::Set(_)
        ) | Action::Link(.., LinkAction::Set(_))
            | Action::Cluster(ClusterAction::SetTiming(_) | ClusterAction::SetNetwork(_) | ClusterAction::SetRules(_))
    )
}

impl Lang {
    /// A confirmation in two sentences or three: `S2 crashed. S1 and S3 wait: S3's election timer is set to expire next, at 0.510 s.`
    #[must_use]
    pub fn confirm(self, confirmation: &Confirmation) -> String {
        let Confirmation {
            crashed,
            started,
            restarted,
            paused,
            resumed,
            network_reset,
            ref others,
            ref then,
        } = *confirmation;
        let said = [
            (crashed, self.these_crashed(crashed)),
            (
                started.without(restarted),
                self.these_started(started.without(restarted)),
            ),
            (restarted, self.these_restarted(restarted)),
            (paused, self.these_were_paused(paused)),
            (resumed, self.these_were_resumed(resumed)),
        ];
        let said = said.into_iter().filter(|(servers, _)| !servers.is_empty());
        let mut done: Vec<String> = said.map(|(_, words)| words).collect();
        let (count, star) = (done.len() + others.len(), star(others));
        if let Some((server, with, up)) = star {
            let said = if up {
                self.were_restored(server, with)
            } else {
                self.were_cut(server, with)
            };
            done.insert(0, said.trim_end_matches('.').to_owned());
        }
        let mut links = 0;
        for action in others {
            if is_link(action) {
                links += 1;
                if star.is_some() {
                    continue;
                }
            }
            done.push(self.action(*action));
        }
        if network_reset {
            done.push(self.confirmation_text().network_reset.to_owned());
        }
        if done.len() > CLAUSES || links > 1 && star.is_none() {
            let all = |effect| links == count && others.iter().all(|action| action.effect() == effect);
            let text = self.confirmation_text();
            done = vec![match network_reset {
                false if all(Effect::Cut) => text.some_cut.to_owned(),
                false if all(Effect::Mend) => text.some_restored.to_owned(),
                _ => self.changes(count + usize::from(network_reset)),
            }];
        }
        let then = match *then {
            Then::Wait { waiting, next, at } => self.these_wait(waiting, next, at),
            Then::Moment(ref moment) => self.narrate(moment),
        };
        format!("{}. {then}", capitalised(&done.join("; ")))
    }

    /// What the reader did at an instant, confirmed, where the cluster is now this; nothing if there is nothing to confirm.
    #[must_use]
    pub fn confirmed(self, history: &History, at: Micros, view: &ClusterView) -> Option<String> {
        let done = done_at(history, at);
        Confirmation::of(&done, history.started_with().network, view).map(|confirmation| self.confirm(&confirmation))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::run::player::Player;

    /// The free cluster at an instant, after these were done.
    fn after(millis: u64, done: &[Action], lang: Lang) -> String {
        let mut player = Player::default();
        player.seek(Micros::from_millis(millis));
        for action in done {
            player.act(*action).unwrap();
        }
        said(&player, lang)
    }

    /// What is said of what was done at the instant shown.
    fn said(player: &Player, lang: Lang) -> String {
        let (history, view) = (player.history(), ClusterView::of(player));
        lang.confirmed(history, history.now(), &view).unwrap_or_default()
    }

    #[test]
    fn what_was_done_is_said_first_and_then_how_things_stand() {
        let [s1, s2, s3, s4] = [0, 1, 2, 3].map(NodeId::new);
        let told = |done: &[Action]| after(300, done, Lang::En);
        assert_eq!(
            told(&[Action::kill(s2)]),
            "S2 crashed. S1, S3, S4 and S5 wait: S4's election timer is set to expire next, at 0.429 s."
        );
        assert_eq!(
            told(&[Action::kill(s4)]),
            "S4 crashed. S2 leads term 1; its heartbeats keep the others from starting an election."
        );
        assert_eq!(
            told(&[Action::pause(s4)]),
            "S4 was paused. S2 leads term 1; its heartbeats keep the others from starting an election."
        );
        // That it is paused is no second news.
        assert_eq!(
            told(&[Action::pause(s2)]),
            "S2 was paused. S1, S3, S4 and S5 wait: S4's election timer is set to expire next, at 0.429 s."
        );
        let told_of_second = |first: Action, second: Action| {
            let mut player = Player::default();
            for (millis, action) in [(300, first), (310, second)] {
                player.seek(Micros::from_millis(millis));
                player.act(action).unwrap();
            }
            said(&player, Lang::En)
        };
        let later = told_of_second(Action::pause(s2), Action::pause(s4));
        assert!(
            later.starts_with("S4 was paused. Nobody leads: S2 is paused. "),
            "{later}"
        );
        let both = told_of_second(Action::kill(s1), Action::kill(s4));
        assert!(
            both.starts_with("S4 crashed. ") && both.ends_with("S1 and S4 are not running."),
            "none is named as if it were the only one: {both:?}"
        );
        assert_eq!(
            told(&[Action::isolate(s2)]),
            "S2 was cut off from all others. S2 is still the leader of term 1, but can talk with no other server, and can commit nothing."
        );
        let few = [Action::kill(s1), Action::kill(s2), Action::kill(s3)];
        assert!(
            told(&few).starts_with("S1, S2 and S3 crashed. Nobody leads, and too few servers are running"),
            "{}",
            told(&few)
        );
    }

    #[test]
    fn it_is_said_in_portuguese() {
        let (s2, s4) = (NodeId::new(1), NodeId::new(3));
        assert_eq!(
            after(300, &[Action::kill(s2)], Lang::Pt),
            "S2 caiu. S1, S3, S4 e S5 aguardam: o próximo election timer previsto para se esgotar é o de S4, aos 0,429 s."
        );
        assert!(after(300, &[Action::pause(s2)], Lang::Pt).starts_with("S2 foi pausado. S1, S3, S4 e S5 aguardam: "));
        assert!(after(300, &[Action::kill(s4)], Lang::Pt).starts_with("S4 caiu. S2 lidera o term 1;"));
    }

    /// Time away and back, another branch and back, and a link: the run is the same, so what is said of it is.
    #[test]
    fn what_was_done_is_confirmed_whenever_the_reader_is_there() {
        let (s2, s4) = (NodeId::new(1), NodeId::new(3));
        let mut player = Player::default();
        player.seek(Micros::from_millis(300));
        player.act(Action::kill(s2)).unwrap();
        let live = said(&player, Lang::En);
        assert!(live.starts_with("S2 crashed. "), "{live}");
        player.step();
        assert_eq!(said(&player, Lang::En), "", "that is past");
        player.step_back();
        assert_eq!(said(&player, Lang::En), live);
        player.seek(Micros::from_millis(299));
        assert_eq!(said(&player, Lang::En), "", "that is to come");
        player.step();
        while player.history().now() < Micros::from_millis(300) {
            player.step();
        }
        assert_eq!(said(&player, Lang::En), live);
        let mut opened = Player::default();
        opened.open_run(&player.run()).unwrap();
        assert_eq!(said(&opened, Lang::En), live);
        player.act(Action::kill(s4)).unwrap();
        let both = said(&player, Lang::En);
        assert!(both.starts_with("S2 and S4 crashed. "), "{both}");
        player.undo();
        assert_eq!(said(&player, Lang::En), live);
    }

    #[test]
    fn of_what_was_done_to_one_server_at_one_instant_the_last_is_said() {
        let s2 = NodeId::new(1);
        let told = |done: &[Action]| after(300, done, Lang::En);
        let again = told(&[Action::kill(s2), Action::start(s2)]);
        assert!(again.starts_with("S2 restarted. "), "{again}");
        let wiped = told(&[Action::kill(s2), Action::wipe_disk(s2)]);
        assert!(wiped.starts_with("S2 crashed and its disk was wiped. "), "{wiped}");
        let started = told(&[Action::wipe_disk(s2), Action::start(s2)]);
        assert!(started.starts_with("S2 restarted. "), "{started}");
        let paused = told(&[Action::pause(s2), Action::kill(s2)]);
        assert!(paused.starts_with("S2 crashed. "), "{paused}");
    }

    #[test]
    fn a_value_says_itself_what_it_is() {
        let player = Player::default();
        let normal = player.history().world().config().network;
        let mut other = normal;
        other.loss_permille = 100;
        let of = |done: &[Action]| Confirmation::of(done, normal, &ClusterView::of(&player));
        assert_eq!(of(&[Action::set_network(other)]), None);
        let reset = of(&[Action::set_network(other), Action::set_network(normal)]);
        assert!(Lang::En.confirm(&reset.unwrap()).starts_with("The network was reset. "));
    }

    /// Links that are cut one after another while time stands are one thing, as long as they are those of one server.
    #[test]
    fn many_links_are_told_in_a_few_words() {
        let all = [0, 1, 2, 3, 4].map(NodeId::new);
        let [s1, s2, s3, s4, s5] = all;
        let both = |one: NodeId, others: &[NodeId]| -> Vec<Action> {
            let ways = |other: &NodeId| [Action::cut(one, *other), Action::cut(*other, one)];
            others.iter().flat_map(ways).collect()
        };
        let told = |done: &[Action], lang| {
            let said = after(300, done, lang);
            said.split_once(". ").unwrap().0.to_owned()
        };
        let mut done = both(s1, &[s3, s4, s5]);
        assert_eq!(told(&done, Lang::En), "S1's links with S3, S4 and S5 were cut");
        assert_eq!(
            told(&done, Lang::Pt),
            "As conexões de S1 com S3, S4 e S5 foram cortadas"
        );
        assert_eq!(told(&done[..2], Lang::En), "S1's link with S3 was cut");
        assert_eq!(told(&done[..1], Lang::En), "The link from S1 to S3 was cut");
        done.insert(0, Action::kill(s2));
        assert_eq!(
            told(&done, Lang::En),
            "S1's links with S3, S4 and S5 were cut; S2 crashed"
        );
        done.remove(0);
        done.extend(both(s2, &[s3, s4, s5]));
        assert_eq!(told(&done, Lang::En), "Several links were cut");
        assert_eq!(told(&done, Lang::Pt), "Várias conexões foram cortadas");
        done.push(Action::heal_all());
        assert_eq!(told(&done, Lang::En), "All links were restored");
        done.extend(both(s1, &[s3]));
        assert_eq!(told(&done, Lang::En), "3 changes");
        done.extend([Action::heal(s1, s3), Action::heal(s3, s1)]);
        assert_eq!(told(&done, Lang::En), "3 changes");
        let many = [
            Action::isolate(s1),
            Action::isolate(s3),
            Action::kill(s4),
            Action::pause(s5),
        ];
        assert_eq!(told(&many, Lang::En), "4 changes");
    }

    #[test]
    fn what_is_healed_is_said() {
        let s4 = NodeId::new(3);
        let mut player = Player::default();
        player.seek(Micros::from_millis(300));
        player.act(Action::kill(s4)).unwrap();
        player.act(Action::cut(NodeId::new(0), NodeId::new(1))).unwrap();
        player.seek(Micros::from_millis(400));
        for action in [Action::heal_all(), Action::start(s4)] {
            player.act(action).unwrap();
        }
        let healed = said(&player, Lang::En);
        assert!(
            healed.starts_with("S4 restarted; all links were restored. "),
            "{healed}"
        );
    }
}
