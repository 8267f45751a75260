//! What is to be brought about, judged by what a run keeps of itself.

use std::iter;

use crate::{
    raft::{Decision, NodeId, NodeSet, Role, SteppedDown},
    safety::Property,
    sim::{EventId, EventKind, History, Leadership, MarkKind, Micros, RoleTimeline, Standing, Stretch},
};

/// What is to be brought about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChallengeAim {
    /// This server leads.
    Leads(NodeId),
    /// The votes of a term are split.
    VoteSplits,
    /// For so long nobody leads whom a majority can follow, after somebody did.
    Leaderless(Micros),
    /// Two servers that run believe that they lead, in different terms.
    TwoLeaders,
    /// This server, which had been a leader whom no majority can follow, steps down for a newer term.
    StepsDown(NodeId),
    /// As things are, this server can win no election; it runs, and another one leads.
    NeverWins(NodeId),
    /// A safety property is broken.
    Breaks(Property),
    /// One server has led for so long since the reader last did something, and nobody stood against it.
    Calm(Micros),
}

impl ChallengeAim {
    /// When it was first reached up to the instant that is visited, and the event before which all of it had happened. What holds
    /// at an instant only is asked about that instant.
    pub(super) fn reached(self, history: &History) -> Option<(Micros, EventId)> {
        let (now, next) = (history.now(), history.world().next_event());
        let at = |at: Micros| (at, next);
        match self {
            Self::Leads(server) => lane(history, server).find(leads).map(|stretch| at(stretch.from)),
            Self::VoteSplits => {
                let mut marks = history.roles().marks().take_while(|mark| mark.at <= now);
                marks
                    .find(|mark| matches!(mark.kind, MarkKind::Split(_)))
                    .map(|mark| (mark.at, mark.event))
            }
            Self::Leaderless(span) => leaderless(history, span).map(at),
            Self::TwoLeaders => two_leaders(history).map(at),
            Self::StepsDown(server) => {
                let why = EventKind::Decided(Decision::SteppedDown(SteppedDown::NewerTerm));
                let mut happened = history.happened();
                let event = happened.find(|event| {
                    let is_it = (event.server, event.role, event.kind) == (Some(server), Role::Leader, why);
                    is_it && was_stale(history.roles(), server, event.at)
                })?;
                Some((event.at, event.id))
            }
            Self::NeverWins(server) => never_wins(history, server).then_some((now, next)),
            Self::Breaks(property) => {
                let mut incidents = history.incidents().iter();
                let incident = incidents.find(|incident| incident.violation.property == property)?;
                Some((incident.at, incident.event))
            }
            Self::Calm(span) => is_calm(history, span).then_some((now, next)),
        }
    }
}

/// What a server was, up to now.
fn lane(history: &History, server: NodeId) -> impl Iterator<Item = &Stretch> {
    let now = history.now();
    history
        .roles()
        .lane(server)
        .take_while(move |stretch| stretch.from <= now)
}

fn leads(stretch: &&Stretch) -> bool {
    matches!(stretch.standing, Standing::Runs(Role::Leader) | Standing::Unsafe)
}

/// Whether it runs and believes that it leads, for what that is worth.
pub(super) fn believes(stretch: &&Stretch) -> bool {
    leads(stretch) || stretch.standing == Standing::Stale
}

/// The instants from one on, up to now, at which some server became something else, in order; the one itself is the first.
fn turns(history: &History, from: Micros) -> impl Iterator<Item = Micros> {
    let servers = history.world().servers().len();
    let (roles, now) = (history.roles(), history.now());
    let after = move |at: &Micros| {
        let changes = NodeId::all(servers).filter_map(|server| {
            let mut stretches = roles.lane_since(server, *at).map(|stretch| stretch.from);
            stretches.find(|from| from > at)
        });
        changes.min().filter(|next| *next <= now)
    };
    iter::successors(Some(from), after)
}

/// When so long a time without a leader was full, after there had been one.
fn leaderless(history: &History, span: Micros) -> Option<Micros> {
    let roles = history.roles();
    let mut since: Option<Micros> = None;
    let mut was_led = false;
    for at in turns(history, Micros::ZERO).chain([history.now()]) {
        if let Some(full) = since.map(|since| since + span).filter(|full| *full <= at) {
            return Some(full);
        }
        if roles.leaders_at(at).is_some() {
            (was_led, since) = (true, None);
        } else if was_led {
            since = since.or(Some(at));
        }
    }
    None
}

/// When two servers first believed in different terms that they lead.
fn two_leaders(history: &History) -> Option<Micros> {
    let size = history.world().servers().len();
    turns(history, Micros::ZERO).find(|at| {
        let mut terms: Vec<_> = NodeId::all(size)
            .filter_map(|server| belief(history.roles(), server, *at))
            .collect();
        terms.dedup();
        terms.len() > 1
    })
}

/// The term that a server that runs believes to lead at an instant.
fn belief(roles: &RoleTimeline, server: NodeId, at: Micros) -> Option<crate::raft::Term> {
    let stretch = roles
        .lane_since(server, at)
        .next()
        .filter(|stretch| stretch.from <= at)?;
    believes(&stretch).then_some(stretch.term)
}

/// Whether a server was a stale leader just before an instant. Each leader that is deposed is outdated for the moment in which the
/// request with the newer term is on its way to it: one whom nobody has replaced counts only if it was stale before that term began.
fn was_stale(roles: &RoleTimeline, server: NodeId, at: Micros) -> bool {
    let before = roles.lane(server).take_while(|stretch| stretch.from < at).last();
    let Some(stale) = before.filter(|stretch| stretch.standing == Standing::Stale) else {
        return false;
    };
    let newer = roles.terms().find(|start| start.term > stale.term);
    newer.is_some_and(|newer| stale.from < newer.at) || roles.leaders_at(at).is_some()
}

/// Whether a server that runs can win no election as things are, while another one leads.
fn never_wins(history: &History, server: NodeId) -> bool {
    let world = history.world();
    let leadership = Leadership::of(world);
    let log = |id: NodeId| world.server(id).node().hard_state().last_log;
    let possible: NodeSet = leadership
        .reach(server)
        .iter()
        .filter(|voter| log(*voter) <= log(server))
        .collect();
    let waits = world.server(server).node().role() == Role::Follower && leadership.running.contains(server);
    waits && possible.len() < leadership.quorum && !leadership.leaders().is_empty()
}

/// Whether one server has led for so long, and nobody stood for election meanwhile.
fn is_calm(history: &History, span: Micros) -> bool {
    let now = history.now();
    let last_act = history.actions().last().map_or(Micros::ZERO, |(at, _)| at);
    let Some(begin) = now.0.checked_sub(span.0).map(Micros).filter(|begin| *begin >= last_act) else {
        return false;
    };
    let one = history.roles().leaders_at(begin);
    let leads_on = one.is_some() && turns(history, begin).all(|at| history.roles().leaders_at(at) == one);
    let mut marks = history.roles().marks_since(begin).filter(|mark| mark.at <= now);
    leads_on && !marks.any(|mark| matches!(mark.kind, MarkKind::Ran(..)))
}
