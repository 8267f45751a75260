//! What the lanes show, in words: who led which term from when to when, and how that ended. For whoever cannot look at them.

use crate::{
    raft::{NodeId, Role, Term},
    sim::{History, MarkKind, Micros, Standing},
    ui::text::{Lang, catalogue},
};

catalogue! {
    /// The lanes in words.
    ToldText, told_text;

    terms: "Who led when", "Quem liderou quando";
    nobody_led: "Nobody has led yet.", "Ninguém liderou ainda.";
    nobody_led_then: "Nobody led.", "Ninguém liderou.";
    leads_since(term: Term, leader: NodeId, from: Micros): "Term {term}: {leader} leads since {from}.",
        "Term {term}: {leader} lidera desde {from}.";
    led_until(term: Term, leader: NodeId, from: Micros, to: Micros, end: &str):
        "Term {term}: {leader} led from {from} to {to}{end}.", "Term {term}: {leader} liderou de {from} a {to}{end}.";
    split_at(term: Term, at: Micros): "Term {term}: the votes were split; the next timeout, at {at}, ended it.",
        "Term {term}: os votos se dividiram; o timeout seguinte, aos {at}, o encerrou.";

    then_crashed: ", then crashed", ", depois caiu";
    then_paused: ", then was paused", ", depois foi pausado";
    then_stepped_down: ", then stepped down", ", depois renunciou";
    then_without_majority: ", then was a leader without a majority", ", depois foi leader sem maioria";
    then_unsafe: ", then two led the same term", ", depois dois lideraram o mesmo term";
}

/// Something that the lanes show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaneFact {
    /// A server led a term.
    Led {
        /// Who.
        leader: NodeId,
        /// Which term.
        term: Term,
        /// Since when.
        from: Micros,
        /// Until when, and what the server was then; nothing if it still leads.
        end: Option<(Micros, Standing)>,
    },
    /// The votes of a term were split.
    Split(Term, Micros),
}

impl LaneFact {
    const fn at(self) -> Micros {
        match self {
            Self::Led { from, .. } => from,
            Self::Split(_, at) => at,
        }
    }
}

/// A leader without a majority for less than this is not called one: the message that ends it is on its way.
const BRIEF: Micros = Micros::from_millis(10);
/// How much of a lane is looked at: what is older is long past.
const STRETCHES: usize = 2000;

/// What happened between two instants, the oldest first; of more than so many, the newest.
#[must_use]
pub fn told(history: &History, (from, to): (Micros, Micros), most: usize) -> Vec<LaneFact> {
    let roles = history.roles();
    let mut all: Vec<LaneFact> = Vec::new();
    for leader in NodeId::all(usize::from(history.started_with().size)) {
        let (mut end, mut found) = (None, 0);
        for stretch in roles.lane(leader).rev().take(STRETCHES) {
            if matches!(stretch.standing, Standing::Runs(Role::Leader) | Standing::Unsafe) && stretch.from <= to {
                let (from, term) = (stretch.from, stretch.term);
                all.push(LaneFact::Led {
                    leader,
                    term,
                    from,
                    end,
                });
                found += 1;
            }
            if stretch.from < from || found == most {
                break;
            }
            let standing = match end {
                // It steps down as soon as the news of a newer term is there.
                Some((to, after)) if stretch.standing == Standing::Stale && to.since(stretch.from) < BRIEF => after,
                _ => stretch.standing,
            };
            end = Some((stretch.from, standing));
        }
    }
    let splits = roles.marks_since(from).rev().filter_map(|mark| match mark.kind {
        MarkKind::Split(term) if mark.at <= to => Some(LaneFact::Split(term, mark.at)),
        _ => None,
    });
    all.extend(splits.take(most));
    all.sort_by_key(|told| told.at());
    all.split_off(all.len().saturating_sub(most))
}

impl Lang {
    /// Something that the lanes show, in a sentence.
    #[must_use]
    pub fn told(self, told: LaneFact) -> String {
        let text = self.told_text();
        match told {
            LaneFact::Split(term, at) => self.split_at(term, at),
            LaneFact::Led {
                leader,
                term,
                from,
                end: None,
            } => self.leads_since(term, leader, from),
            LaneFact::Led {
                leader,
                term,
                from,
                end: Some((to, standing)),
            } => {
                let end = match standing {
                    Standing::Down => text.then_crashed,
                    Standing::Paused => text.then_paused,
                    Standing::Stale => text.then_without_majority,
                    Standing::Unsafe => text.then_unsafe,
                    Standing::Runs(Role::Leader) => "",
                    Standing::Runs(_) => text.then_stepped_down,
                };
                self.led_until(term, leader, from, to, end)
            }
        }
    }

    /// What happened between two instants, as one text: the description of a picture.
    #[must_use]
    pub fn told_between(self, history: &History, range: (Micros, Micros)) -> String {
        const MOST: usize = 100;
        let all: Vec<String> = told(history, range, MOST)
            .into_iter()
            .map(|told| self.told(told))
            .collect();
        if all.is_empty() {
            return self.told_text().nobody_led_then.to_owned();
        }
        all.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{sim::Action, ui::run::player::Player};

    fn all(player: &Player, lang: Lang) -> Vec<String> {
        let history = player.history();
        let told = told(history, (Micros::ZERO, history.end()), 30);
        told.into_iter().map(|told| lang.told(told)).collect()
    }

    fn crashed_at(millis: u64) -> Player {
        let mut player = Player::default();
        player.seek(Micros::from_millis(millis));
        let leader = player.history().world().leader().unwrap();
        player.act(Action::kill(leader)).unwrap();
        player
    }

    #[test]
    fn who_led_when_is_told_and_how_it_ended() {
        let mut player = crashed_at(402);
        player.seek(Micros::from_millis(1000));
        assert_eq!(
            all(&player, Lang::En),
            [
                "Term 1: S2 led from 0.165 s to 0.402 s, then crashed.",
                "Term 2: S3 leads since 0.612 s."
            ]
        );
        assert_eq!(
            all(&player, Lang::Pt)[0],
            "Term 1: S2 liderou de 0,165 s a 0,402 s, depois caiu."
        );
        let early = player.history();
        assert_eq!(
            Lang::En.told_between(early, (Micros::ZERO, Micros::from_millis(100))),
            "Nobody led."
        );
    }

    #[test]
    fn a_leader_that_loses_its_majority_or_yields_ends_so() {
        let mut player = Player::default();
        player.seek(Micros::from_millis(300));
        let leader = player.history().world().leader().unwrap();
        player.act(Action::isolate(leader)).unwrap();
        player.seek(Micros::from_millis(1000));
        let told = all(&player, Lang::En);
        assert!(
            told[0].ends_with("to 0.300 s, then was a leader without a majority."),
            "{told:?}"
        );
        assert_eq!(told.len(), 2, "{told:?}");
    }

    /// What is told is what the lanes show at every instant.
    #[test]
    fn at_every_instant_those_lead_of_whom_it_is_told() {
        let history = crate::ui::svg::timeline::fixtures::stormy(20);
        let told = told(&history, (Micros::ZERO, history.end()), usize::MAX);
        for millis in (0..20_000).step_by(37) {
            let at = Micros::from_millis(millis);
            let leads = |told: &&LaneFact| match **told {
                LaneFact::Led { from, end, .. } => from <= at && end.is_none_or(|(end, _)| at < end),
                LaneFact::Split(..) => false,
            };
            let leading: Vec<NodeId> = told
                .iter()
                .filter(leads)
                .filter_map(|told| match told {
                    LaneFact::Led { leader, .. } => Some(*leader),
                    LaneFact::Split(..) => None,
                })
                .collect();
            let shown = history
                .roles()
                .leaders_at(at)
                .map(|(leaders, _)| leaders)
                .unwrap_or_default();
            assert!(
                shown.iter().all(|leader| leading.contains(&leader)),
                "{at:?}: {leading:?}, {shown:?}"
            );
            assert_eq!(shown.is_empty(), leading.is_empty());
        }
        assert!(told.iter().any(|told| matches!(told, LaneFact::Split(..))));
    }
}
