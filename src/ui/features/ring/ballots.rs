//! A candidate's votes as they come in: a slot for each server, from the left those that vote for it, from the right those that
//! refuse, and between them a line at the majority.

use yew::prelude::*;

use crate::{
    raft::NodeId,
    ui::{
        features::ring::server::side,
        run::view::{Refusal, ServerView},
        svg::{
            drawing::Anchor,
            number::{fixed, hundredths},
            ring::geometry::{Geometry, Label},
        },
        text::Lang,
    },
};

/// What is in a slot.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Slot {
    Granted(NodeId),
    Open,
    Refused(Refusal),
}

const fn is_refusal(slot: &&Slot) -> bool {
    matches!(slot, Slot::Refused(_))
}

/// The slots of a candidate, from left to right: its own vote first, and what it was refused at the end.
fn slots(server: &ServerView) -> Vec<Slot> {
    let own = server.votes.contains(server.id).then_some(server.id);
    let others = server.votes.iter().filter(|voter| *voter != server.id);
    let granted: Vec<_> = own.into_iter().chain(others).map(Slot::Granted).collect();
    // Who answered twice counts once.
    let mut refused: Vec<Slot> = Vec::new();
    for refusal in &server.refusals {
        let is_known = |slot: &Slot| matches!(slot, Slot::Refused(known) if known.by == refusal.by);
        if !refused.iter().any(is_known) && !server.votes.contains(refusal.by) {
            refused.insert(0, Slot::Refused(*refusal));
        }
    }
    let open = server.size.saturating_sub(granted.len() + refused.len());
    granted
        .into_iter()
        .chain(std::iter::repeat_n(Slot::Open, open))
        .chain(refused)
        .collect()
}

/// The size of a slot and of what is in it: a number where there is no room for a name.
struct Sizes {
    width: f64,
    height: f64,
    /// How far it reaches below the foot of the line in whose place it is.
    below: f64,
    is_named: bool,
}

impl Sizes {
    const GAP: f64 = 2.0;

    const fn of(geometry: &Geometry, servers: usize) -> Self {
        // Beside a lesson the ring may be drawn at half its size, and has room beside its servers.
        if geometry.projected {
            return Self {
                width: 29.0,
                height: 22.0,
                below: 7.0,
                is_named: true,
            };
        }
        let (width, height, is_named) = match (geometry.compact, servers) {
            (false, ..=5) => (27.0, 18.0, true),
            (false, ..=7) => (20.0, 18.0, false),
            (false, _) => (16.0, 18.0, false),
            (true, ..=5) => (21.0, 14.0, true),
            (true, _) => (12.0, 14.0, false),
        };
        Self {
            width,
            height,
            below: 4.0,
            is_named,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "at most nine")]
    fn place(&self, slots: usize) -> f64 {
        slots as f64 * (self.width + Self::GAP)
    }
}

/// What is drawn over a server and belongs to no button, as it is no part of its name: a candidate's tally, where a log ends, and a hint.
pub(super) fn over_server(
    server: &ServerView,
    geometry: &Geometry,
    shows_log: bool,
    is_hinted: bool,
    lang: Lang,
) -> Html {
    let place = geometry.server(server.id);
    html! {
        <g
            key={format!("tally-{}", server.id)} class="tally" data-server={server.id.number().to_string()} aria-hidden="true"
            transform={format!("translate({} {})", fixed(place.x), fixed(place.y))}
        >
            if server.runs_for_leader() && !geometry.crowded() {
                { ballots(server, geometry, lang) }
            }
            if is_hinted && !geometry.crowded() {
                { hint(server, geometry, lang) }
            }
            if shows_log {
                { log_end(server, geometry.server_radius()) }
            }
        </g>
    }
}

/// In the place of a leader's votes, to somebody who has never crashed a server.
fn hint(server: &ServerView, geometry: &Geometry, lang: Lang) -> Html {
    let label = geometry.label(server.id);
    let text = lang.ring_text();
    let by = |by: &'static str, says: &'static str| {
        let class = classes!("label", "hint", side(label.anchor), by);
        html! { <text {class} x={fixed(label.x)} y={fixed(label.lines[1])}>{ says }</text> }
    };
    html! { <>{ by("by-mouse", text.crash_it) }{ by("by-touch", text.tap_it) }</> }
}

/// Where its log ends, as two small boxes: the term and the index of its last entry.
fn log_end(server: &ServerView, radius: f64) -> Html {
    let end = server.disk.last_log;
    html! {
        <g class="log-end" transform={format!("translate(0 {}) scale({})", fixed(radius * 0.68), hundredths(radius / 46.0))}>
            <path d="M-19 -8H19V8H-19ZM0 -8V8" />
            <text x="-9.500" y="5">{ end.last_term.to_string() }</text>
            <text x="9.500" y="5">{ end.last_index.to_string() }</text>
        </g>
    }
}

/// The tally of a candidate in the place of its second line, and why it was refused in words beside it.
fn ballots(server: &ServerView, geometry: &Geometry, lang: Lang) -> Html {
    let slots = slots(server);
    let (label, sizes) = (geometry.label(server.id), Sizes::of(geometry, server.size));
    let half = (sizes.place(slots.len()) - Sizes::GAP) / 2.0;
    let middle = middle(&label, half) + geometry.shift_into_sight(server.id, middle(&label, half), half);
    let left = middle - half;
    let top = label.lines[1] - sizes.height + sizes.below;
    let majority = left + sizes.place(usize::from(server.quorum)) - Sizes::GAP / 2.0;
    html! {
        <>
            <g class={classes!("ballots", geometry.projected.then_some("large"))} transform={format!("translate({} {})", fixed(left), fixed(top))}>
                { for slots.iter().enumerate().map(|(index, slot)| view_slot(*slot, sizes.place(index), &sizes, lang)) }
                <path class="majority" d={format!("M{} -3V{}", fixed(majority - left), fixed(sizes.height + 3.0))} />
            </g>
            if let Some(Slot::Refused(refusal)) = slots.iter().find(is_refusal) {
                { view_why(server, *refusal, slots.iter().filter(is_refusal).count(), geometry, &label, lang) }
            }
        </>
    }
}

/// Where the middle of something stands that is as wide as this to both sides.
fn middle(label: &Label, half: f64) -> f64 {
    match label.anchor {
        Anchor::Start => label.x + half,
        Anchor::Middle => 0.0,
        Anchor::End => label.x - half,
    }
}

fn view_slot(slot: Slot, x: f64, sizes: &Sizes, lang: Lang) -> Html {
    let name = |server: NodeId| {
        if sizes.is_named {
            server.to_string()
        } else {
            server.number().to_string()
        }
    };
    let (class, name, why) = match slot {
        Slot::Granted(voter) => ("ballot-yes", name(voter), None),
        Slot::Open => ("ballot-open", String::new(), None),
        Slot::Refused(refusal) => ("ballot-no", name(refusal.by), Some(lang.short_refusal(refusal, false))),
    };
    html! {
        <g class={classes!("ballot", class)} transform={format!("translate({} 0)", fixed(x))}>
            if let Some(why) = why {
                <title>{ why }</title>
            }
            <rect width={fixed(sizes.width)} height={fixed(sizes.height)} rx="3" />
            if !name.is_empty() {
                <text class="ballot-name" x={fixed(sizes.width / 2.0)} y={fixed(sizes.height * 0.76)}>{ name }</text>
            }
            if class == "ballot-no" {
                <path class="ballot-strike" d={format!("M1 {}L{} 1", fixed(sizes.height - 1.0), fixed(sizes.width - 1.0))} />
            }
        </g>
    }
}

/// Why the only one refused; or how many did, and whether all for their logs or for the vote that they had given.
fn why(server: &ServerView, refusal: Refusal, refused: usize, is_short: bool, lang: Lang) -> String {
    if refused == 1 {
        lang.short_refusal(refusal, is_short)
    } else if server.refusals.iter().all(Refusal::is_for_log) {
        lang.have_newer_logs(refused)
    } else if server.refusals.iter().all(Refusal::is_for_vote) && !is_short {
        lang.have_voted(refused)
    } else {
        lang.gave_none_of(refused)
    }
}

fn view_why(
    server: &ServerView,
    refusal: Refusal,
    refused: usize,
    geometry: &Geometry,
    label: &Label,
    lang: Lang,
) -> Html {
    let why = why(server, refusal, refused, geometry.compact, lang);
    // About half as wide as high, which is enough to keep it in sight.
    #[expect(clippy::cast_precision_loss, reason = "a few words")]
    let half = why.chars().count() as f64 * if geometry.compact { 3.6 } else { 4.6 };
    let middle = middle(label, half);
    let x = middle + geometry.shift_into_sight(server.id, middle, half);
    // Below the line of the majority, too.
    let down = if geometry.compact && label.lines[2] > label.lines[1] {
        2.0
    } else {
        0.0
    };
    html! { <text class="label ballot-why" x={fixed(x)} y={fixed(label.lines[2] + down)}>{ why }</text> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::{DeniedVote, Role, Term},
        sim::Action,
        ui::run::{player::Player, view::ClusterView},
    };

    fn server(view: &ClusterView, number: u8) -> &ServerView {
        &view.servers[usize::from(number - 1)]
    }

    /// Steps until a candidate is as asked for.
    fn candidate(player: &mut Player, wanted: impl Fn(&ServerView) -> bool) -> ServerView {
        loop {
            let view = ClusterView::of(player);
            if let Some(server) = view
                .servers
                .iter()
                .find(|server| server.role == Role::Candidate && wanted(server))
            {
                return server.clone();
            }
            player.step();
        }
    }

    #[test]
    fn votes_land_from_the_left_its_own_first() {
        let mut player = Player::default();
        let candidate = candidate(&mut player, |server| server.votes.len() == 2);
        let slots = slots(&candidate);
        assert_eq!(slots.len(), 5);
        assert_eq!(slots[0], Slot::Granted(candidate.id));
        assert!(matches!(slots[1], Slot::Granted(_)) && slots[2..].iter().all(|slot| *slot == Slot::Open));
    }

    #[test]
    fn refusals_land_from_the_right_with_their_reason() {
        let mut player = Player::default();
        player.act(Action::align_timers()).unwrap();
        let candidate = candidate(&mut player, |server| server.refusals.len() == 4);
        let slots = slots(&candidate);
        assert_eq!(slots[0], Slot::Granted(candidate.id));
        for slot in &slots[1..] {
            let Slot::Refused(refusal) = slot else {
                panic!("{slots:?}")
            };
            assert_eq!(refusal.why, Some(DeniedVote::AlreadyVotedFor(refusal.by)));
        }
        let newest = candidate.refusals[3].by;
        assert!(
            matches!(slots[1], Slot::Refused(refusal) if refusal.by == newest),
            "the newest stands first"
        );
        let view = ClusterView::of(&player);
        assert!(
            server(&view, 1)
                .refusals
                .iter()
                .all(|refusal| refusal.by != server(&view, 1).id)
        );
    }

    /// One who is named alone would seem to be the only one who refused.
    #[test]
    fn of_several_who_refused_it_is_said_how_many() {
        let mut player = Player::default();
        player.act(Action::align_timers()).unwrap();
        let said = |server: &ServerView, lang: Lang, is_short| {
            why(server, server.refusals[0], server.refusals.len(), is_short, lang)
        };
        let one = candidate(&mut player, |server| server.refusals.len() == 1);
        let by = one.refusals[0].by;
        assert_eq!(said(&one, Lang::En, false), format!("{by} refused: voted for itself"));
        let all = candidate(&mut player, |server| server.refusals.len() == 3);
        assert_eq!(said(&all, Lang::En, false), "3 refused: had voted");
        assert_eq!(said(&all, Lang::Pt, true), "3 negaram");
        let mut mixed = all.clone();
        mixed.refusals[0].why = None;
        assert_eq!(said(&mixed, Lang::En, false), "3 refused");
        assert_eq!(said(&mixed, Lang::Pt, true), "3 negaram");
    }

    #[test]
    fn a_new_term_begins_with_open_slots() {
        let mut player = Player::default();
        player.act(Action::align_timers()).unwrap();
        candidate(&mut player, |server| server.refusals.len() == 4);
        let again = candidate(&mut player, |server| {
            server.term == Term(2) && server.refusals.is_empty()
        });
        assert_eq!(slots(&again)[1..], [Slot::Open; 4]);
    }
}
