//! What somebody did at one instant, in words.

use super::{Acts, Told};
use crate::{
    raft::{MAX_SERVERS, NodeId, NodeSet},
    sim::{Action, LinkAction, Micros, ServerAction},
    ui::text::{Lang, capitalised},
};

/// One thing that was done, as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ToldAct {
    One(Action),
    /// A server that had run before was started.
    Restart(NodeId),
    /// The links between a server and others, in both directions.
    Links(NodeId, NodeSet, LinkAction),
}

impl ToldAct {
    /// How many things somebody would count.
    fn count(self) -> usize {
        match self {
            Self::One(_) | Self::Restart(_) => 1,
            Self::Links(_, others, _) => others.len(),
        }
    }

    /// What was done to a link, if that is all.
    const fn to_links(self) -> Option<LinkAction> {
        match self {
            Self::One(Action::Link(_, _, action)) | Self::Links(_, _, action) => Some(action),
            Self::One(_) | Self::Restart(_) => None,
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
            Action::Link(from, to, done) if acts.done.iter().any(|(_, back)| *back == Action::Link(to, from, done)) => {
                links[usize::from(done == LinkAction::Heal)][from.min(to).index()].insert(from.max(to));
            }
            action if others && is_message(action) => {}
            Action::Server(server, ServerAction::Start) if acts.restarted.contains(server) => {
                deeds.push(ToldAct::Restart(server));
            }
            action => deeds.push(ToldAct::One(action)),
        }
    }
    for (links, done) in links.iter().zip([LinkAction::Cut, LinkAction::Heal]) {
        for (server, others) in NodeId::all(MAX_SERVERS)
            .zip(links)
            .filter(|(_, others)| !others.is_empty())
        {
            deeds.push(ToldAct::Links(server, *others, done));
        }
    }
    deeds
}

impl Lang {
    pub(super) fn tell_acts(self, at: Micros, acts: &Acts) -> Told {
        const LISTED: usize = 5;
        let text = self.story_text();
        let who = if acts.scripted { text.scenario } else { text.you };
        let mut told = Told::default();
        let deeds = deeds(acts);
        match deeds[..] {
            [one] => told.title = self.did(who, &self.did_so(one)),
            [one, other] if ![one, other].iter().any(|deed| matches!(deed, ToldAct::Links(..))) => {
                let both = [self.did_so(one), self.did_so(other)].join(&format!(" {} ", { self.grammar().and }));
                told.title = self.did(who, &both);
            }
            _ => {
                let many = deeds.iter().map(|deed| deed.count()).sum();
                let all = |action| deeds.iter().all(|deed| deed.to_links() == Some(action));
                told.title = if all(LinkAction::Cut) {
                    self.cut_many(who, many)
                } else if all(LinkAction::Heal) {
                    self.restored_many(who, many)
                } else {
                    self.did_many(who, many)
                };
                for deed in deeds.iter().take(LISTED) {
                    told.say(at, self.was_done(*deed));
                }
                if deeds.len() > LISTED {
                    told.say(at, self.and_others(deeds.len() - LISTED));
                }
            }
        }
        told
    }

    /// As words that follow who did it.
    fn did_so(self, deed: ToldAct) -> String {
        match deed {
            ToldAct::One(action) => self.deed(action),
            ToldAct::Restart(server) => self.did_restart(server),
            ToldAct::Links(server, others, LinkAction::Cut) => self.cut_with(server, others),
            ToldAct::Links(server, others, LinkAction::Heal) => self.restored_with(server, others),
        }
    }

    /// As a sentence.
    fn was_done(self, deed: ToldAct) -> String {
        match deed {
            ToldAct::One(action) => capitalised(&self.action(action)) + ".",
            ToldAct::Restart(server) => self.has_restarted(server),
            ToldAct::Links(server, others, LinkAction::Cut) => self.were_cut(server, others),
            ToldAct::Links(server, others, LinkAction::Heal) => self.were_restored(server, others),
        }
    }
}
