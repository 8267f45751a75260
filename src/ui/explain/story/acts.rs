//! What somebody did at one instant, in words.

use super::{Acts, Regained, Told, deeds::DeedWords};
use crate::{
    raft::{MAX_SERVERS, NodeId, NodeSet, Term},
    sim::{Action, ClusterAction, EventId, LinkAction, Micros, Network, OwnSetting, ServerAction},
    ui::text::{Lang, capitalised, catalogue},
};

catalogue! {
    /// What came of what was done.
    ActsText, acts_text;

    leads_term_again(leader: NodeId, term: Term): "{leader} leads term {term} again", "{leader} volta a liderar o term {term}";
    leads_term_now(leader: NodeId, term: Term): "{leader} leads term {term}", "{leader} lidera o term {term}";
    followed_again(leader: NodeId): "From then on, a majority followed {leader} again. It took no election.",
        "A partir daí, uma maioria voltou a seguir {leader}. Não foi preciso eleição.";
    followed_now(leader: NodeId): "From then on, a majority followed {leader}. It took no election.",
        "A partir daí, uma maioria seguia {leader}. Não foi preciso eleição.";
}

/// All these words.
pub static DEED_WORDS: DeedWords = DeedWords {
    acts: Lang::tell_acts,
    regained: Lang::tell_regained,
    action: Lang::action,
    had_no_effect: Lang::had_no_effect,
};

/// One thing that was done, as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ToldAct {
    One(Action),
    /// A server that had run before was started.
    Restart(NodeId),
    /// The network was made what it was as the run started.
    Reset,
    /// The links between a server and others, in both directions.
    Links(NodeId, NodeSet, ToLinks),
    /// Several links, or both directions of one, were given the same.
    Own(OwnSetting),
    /// Servers were given the same rule of their own.
    OwnRule(OwnSetting, NodeSet),
}

/// What becomes of links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ToLinks {
    Cut,
    Restored,
}

impl ToLinks {
    const fn of(action: LinkAction) -> Option<Self> {
        match action {
            LinkAction::Cut => Some(Self::Cut),
            LinkAction::Heal => Some(Self::Restored),
            LinkAction::Set(_) => None,
        }
    }
}

impl ToldAct {
    /// How many things somebody would count.
    fn count(self) -> usize {
        match self {
            Self::One(_) | Self::Restart(_) | Self::Reset | Self::Own(_) | Self::OwnRule(..) => 1,
            Self::Links(_, others, _) => others.len(),
        }
    }

    /// What became of links, if that is all.
    const fn to_links(self) -> Option<ToLinks> {
        match self {
            Self::One(Action::Link(_, _, action)) => ToLinks::of(action),
            Self::Links(_, _, done) => Some(done),
            Self::One(_) | Self::Restart(_) | Self::Reset | Self::Own(_) | Self::OwnRule(..) => None,
        }
    }

    /// Whether somebody was given something of their own.
    const fn is_own(self) -> bool {
        match self {
            Self::One(action) => action.is_own_setting(),
            Self::Own(_) | Self::OwnRule(..) => true,
            Self::Restart(_) | Self::Reset | Self::Links(..) => false,
        }
    }

    /// Whether it makes something whole again.
    const fn heals(self) -> bool {
        match self {
            Self::One(Action::Server(_, action)) => matches!(action, ServerAction::Start | ServerAction::Resume),
            Self::One(Action::Cluster(action)) => matches!(action, ClusterAction::HealAll),
            Self::Restart(_) | Self::Reset => true,
            Self::One(_) | Self::Own(_) | Self::OwnRule(..) | Self::Links(..) => false,
        }
    }
}

/// What was done, in order, and then links that were cut or restored in both directions: each is one thing, and a server's are told
/// together. That messages of a crashed leader are lost, too, is a detail of what was done.
fn deeds(acts: &Acts) -> Vec<ToldAct> {
    let is_message = |action: Action| matches!(action, Action::Message(..));
    let others = acts.done.iter().any(|(_, action)| !is_message(*action));
    let mut deeds = Vec::new();
    let mut links = [[NodeSet::EMPTY; MAX_SERVERS]; 2];
    for (_, action) in &acts.done {
        match *action {
            Action::Link(.., LinkAction::Set(setting)) if acts.given(setting).count() > 1 => {
                if !deeds.contains(&ToldAct::Own(setting)) {
                    deeds.push(ToldAct::Own(setting));
                }
            }
            Action::Link(from, to, done) if acts.done.iter().any(|(_, back)| *back == Action::Link(to, from, done)) => {
                links[usize::from(done == LinkAction::Heal)][from.min(to).index()].insert(from.max(to));
            }
            Action::Server(server, ServerAction::Set(setting)) if setting.about_rule().is_some() => {
                add_rule(&mut deeds, server, setting);
            }
            action if others && is_message(action) => {}
            Action::Server(server, ServerAction::Start) if acts.restarted.contains(server) => {
                deeds.push(ToldAct::Restart(server));
            }
            Action::Cluster(ClusterAction::SetNetwork(network)) if network == acts.normal => {
                deeds.push(ToldAct::Reset);
            }
            action => deeds.push(ToldAct::One(action)),
        }
    }
    for (links, done) in links.iter().zip([ToLinks::Cut, ToLinks::Restored]) {
        for (server, others) in NodeId::all(MAX_SERVERS)
            .zip(links)
            .filter(|(_, others)| !others.is_empty())
        {
            deeds.push(ToldAct::Links(server, *others, done));
        }
    }
    deeds
}

/// A rule of a server's own is told together with the same rule of others.
fn add_rule(deeds: &mut Vec<ToldAct>, server: NodeId, setting: OwnSetting) {
    let same = deeds.iter_mut().find_map(|deed| match deed {
        ToldAct::OwnRule(other, servers) if *other == setting => Some(servers),
        _ => None,
    });
    match same {
        Some(servers) => servers.extend(NodeSet::only(server)),
        None => deeds.push(ToldAct::OwnRule(setting, NodeSet::only(server))),
    }
}

/// Whether what was done makes whole again what was broken, and more than servers that run again.
fn heals(deeds: &[ToldAct]) -> bool {
    let is_of_all = |deed: &ToldAct| matches!(deed, ToldAct::Reset | ToldAct::One(Action::Cluster(_)));
    deeds.iter().all(|deed| deed.heals()) && deeds.iter().any(is_of_all)
}

impl Acts {
    /// The directions of links that were given this, in order.
    fn given(&self, setting: OwnSetting) -> impl Iterator<Item = (NodeId, NodeId)> {
        self.done.iter().filter_map(move |(_, action)| match *action {
            Action::Link(from, to, LinkAction::Set(given)) if given == setting => Some((from, to)),
            _ => None,
        })
    }

    /// Their names, those of both directions as one, and how many these are.
    fn names_of(&self, setting: OwnSetting) -> (String, usize) {
        let (mut names, mut count) = (String::new(), 0);
        for (place, (from, to)) in self.given(setting).enumerate() {
            let is_back = |way| way == (to, from);
            if self.given(setting).take(place).any(is_back) {
                continue;
            }
            let both = self.given(setting).any(is_back);
            let (one, between, other) = if both {
                (from.min(to), "–", from.max(to))
            } else {
                (from, "→", to)
            };
            if count > 0 {
                names += ", ";
            }
            names += &format!("{one}{between}{other}");
            count += 1;
        }
        (names, count)
    }
}

impl Lang {
    fn tell_acts(self, at: Micros, acts: &Acts) -> Told {
        const LISTED: usize = 5;
        let who = self.who_did(acts.scripted);
        let mut told = Told::default();
        let deeds = deeds(acts);
        let heals = heals(&deeds);
        match deeds[..] {
            [one] => told.title = self.did(who, &self.did_so(one, acts)),
            [one, other]
                if ![one, other]
                    .iter()
                    .any(|deed| matches!(deed, ToldAct::Links(..)) || deed.is_own())
                    && !heals =>
            {
                let both =
                    [self.did_so(one, acts), self.did_so(other, acts)].join(&format!(" {} ", { self.grammar().and }));
                told.title = self.did(who, &both);
            }
            _ => {
                let many = deeds.iter().map(|deed| deed.count()).sum();
                let all = |action| deeds.iter().all(|deed| deed.to_links() == Some(action));
                told.title = if all(ToLinks::Cut) {
                    self.cut_many(who, many)
                } else if all(ToLinks::Restored) {
                    self.restored_many(who, many)
                } else if heals {
                    self.healed(who)
                } else if deeds.iter().all(|deed| deed.is_own()) {
                    self.changed_own(who)
                } else {
                    self.did_many(who, many)
                };
                for deed in deeds.iter().take(LISTED) {
                    told.say(at, self.was_done(*deed, acts));
                }
                if deeds.len() > LISTED {
                    told.say(at, self.and_others(deeds.len() - LISTED));
                }
            }
        }
        told
    }

    fn tell_regained(self, at: Micros, regained: Regained) -> Told {
        let Regained {
            leader, term, again, ..
        } = regained;
        let (title, led) = if again {
            (self.leads_term_again(leader, term), self.followed_again(leader))
        } else {
            (self.leads_term_now(leader, term), self.followed_now(leader))
        };
        let mut told = Told {
            title,
            ..Told::default()
        };
        told.say(at, led);
        told
    }

    /// What was done with one press, as words that follow who did it: `crashed S2`. This is the network as it was at the start.
    #[must_use]
    pub fn deed_of(self, done: Vec<Action>, normal: Network) -> String {
        let acts = Acts {
            scripted: false,
            done: done.into_iter().map(|action| (EventId(0), action)).collect(),
            restarted: NodeSet::EMPTY,
            normal,
        };
        let deeds = deeds(&acts).into_iter();
        deeds
            .map(|deed| self.did_so(deed, &acts))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// As words that follow who did it.
    fn did_so(self, deed: ToldAct, acts: &Acts) -> String {
        match deed {
            ToldAct::One(action) => self.deed(action),
            ToldAct::Restart(server) => self.did_restart(server),
            ToldAct::Reset => self.story_text().did_reset.to_owned(),
            ToldAct::Links(server, others, ToLinks::Cut) => self.cut_with(server, others),
            ToldAct::Links(server, others, ToLinks::Restored) => self.restored_with(server, others),
            ToldAct::Own(setting) => {
                let (links, count) = acts.names_of(setting);
                self.changed_links(&links, count, &self.own_setting(setting))
            }
            ToldAct::OwnRule(setting, servers) => self.changed_rules_of(servers, &self.own_setting(setting)),
        }
    }

    /// As a sentence.
    fn was_done(self, deed: ToldAct, acts: &Acts) -> String {
        match deed {
            ToldAct::One(action) => capitalised(&self.action(action)) + ".",
            ToldAct::Restart(server) => self.has_restarted(server),
            ToldAct::Reset => self.story_text().was_reset.to_owned(),
            ToldAct::Links(server, others, ToLinks::Cut) => self.were_cut(server, others),
            ToldAct::Links(server, others, ToLinks::Restored) => self.were_restored(server, others),
            ToldAct::Own(setting) => {
                let (links, count) = acts.names_of(setting);
                self.links_were_changed(&links, count, &self.own_setting(setting))
            }
            ToldAct::OwnRule(setting, servers) => self.rules_of_were_changed(servers, &self.own_setting(setting)),
        }
    }
}
