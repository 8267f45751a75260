//! The timeline as a file.

use crate::{
    raft::NodeId,
    sim::{History, Micros, RoleTimeline},
    ui::{
        run::player::Player,
        svg::{
            caption::{Caption, caption},
            drawing::{Anchor, Look, Piece},
            point::point,
            sheet::Sheet,
            timeline::{
                axis,
                lanes::{self, Rows, Tone},
                marks::Shape,
                scene,
                window::{Place, Window},
            },
        },
        text::Lang,
    },
};

const WIDTH: f64 = 1040.0;
/// Where the lanes begin, with their names before them, and how much is left beside them.
const LEFT: f64 = 48.0;
const RIGHT: f64 = 24.0;
const LANE: f64 = 18.0;
/// Where the first lane is; terms and marks are above it.
const TOP: f64 = 48.0;

/// The current branch as far as the timeline goes.
#[must_use]
pub fn picture(player: &Player, lang: Lang) -> String {
    let window = Window::whole(player.window());
    let history = player.history();
    let caption = Caption {
        seen: lang.told_between(history, (Micros::ZERO, history.end())),
        ..caption(player, lang)
    };
    svg(history, window, &caption)
}

/// A part of the current branch as a file that stands alone: lanes, terms, marks, and an axis of seconds below. Nothing is
/// drawn after the end of the branch.
fn svg(history: &History, window: Window, caption: &Caption) -> String {
    let size = history.world().servers().len();
    let roles = history.roles();
    let mut pieces = Vec::new();
    let bottom = lane(size) - LANE / 2.0;
    starts(roles, window, bottom, &mut pieces);
    for server in NodeId::all(size) {
        let at = point(LEFT - 10.0, lane(server.index()) + 4.0);
        pieces.push(Piece::text(Look::Name, at, Anchor::End, server.to_string()));
        let end = window.place(history.end());
        for strip in lanes::strips(roles, server, window, Rows { lane: LANE }) {
            let to = strip.to.min(end);
            if strip.from < to {
                let corner = point(x(strip.from), TOP - LANE / 2.0 + strip.y);
                pieces.push(Piece::rect(strip.look, corner, x(to) - corner.x, strip.height));
            }
        }
    }
    for spot in scene::spots(roles, window, 110) {
        pieces.push(Shape::of(spot.mark.kind).at(point(x(spot.at), TOP - 22.0)));
    }
    let now = x(window.place(history.now()));
    if window.contains(history.now()) {
        pieces.push(Piece::line(Look::Now, point(now, TOP - 12.0), point(now, bottom)));
    }
    axis(window, bottom, caption.lang, &mut pieces);
    let mut sheet = Sheet::new(WIDTH, caption);
    sheet.drawing(0.0, bottom + 28.0, pieces);
    sheet.legend(legend(caption.lang));
    sheet.finish()
}

#[expect(clippy::cast_precision_loss, reason = "at most nine")]
fn lane(index: usize) -> f64 {
    TOP + LANE * index as f64
}

fn x(place: Place) -> f64 {
    LEFT + (WIDTH - LEFT - RIGHT) * f64::from(place) / f64::from(Window::WIDTH)
}

fn starts(roles: &RoleTimeline, window: Window, bottom: f64, pieces: &mut Vec<Piece>) {
    for start in scene::starts(roles, window, 650) {
        let at = x(start.at);
        pieces.push(Piece::line(Look::Grid, point(at, TOP - 32.0), point(at, bottom)));
        if start.labelled {
            let words = format!("term {}", start.term);
            pieces.push(Piece::text(Look::Small, point(at, 12.0), Anchor::Start, words));
        }
    }
}

/// Round instants below the lanes.
fn axis(window: Window, bottom: f64, lang: Lang, pieces: &mut Vec<Piece>) {
    for tick in axis::ticks(window, 10, lang).filter(|tick| tick.place <= Window::WIDTH) {
        let at = x(tick.place);
        pieces.push(Piece::line(Look::Grid, point(at, bottom), point(at, bottom + 6.0)));
        let label = point(at, bottom + 18.0);
        pieces.push(Piece::text(Look::Small, label, Anchor::Middle, tick.label));
    }
}

fn legend(lang: Lang) -> Vec<(Vec<Piece>, &'static str)> {
    use crate::{
        raft::Term,
        sim::{Action, Landmark, MarkKind},
    };
    let (text, timeline) = (lang.text(), lang.timeline_text());
    let server = NodeId::new(0);
    let mark = |kind| vec![Shape::of(kind).at(point(0.0, 0.0))];
    let tones = [
        Tone::Follower,
        Tone::Candidate,
        Tone::Leader,
        Tone::Stale,
        Tone::Paused,
        Tone::Unsafe,
    ];
    let lanes = tones.map(|tone| (tone.sample(), tone.word(lang)));
    let marks = [
        (
            mark(MarkKind::Elected(server, Term::ZERO)),
            lang.landmark(Landmark::LeaderChange),
        ),
        (mark(MarkKind::Deposed(server, Term::ZERO)), timeline.steps_down),
        (mark(MarkKind::Split(Term::ZERO)), lang.landmark(Landmark::SplitVote)),
        (mark(MarkKind::Acted(Action::kill(server))), text.crashed),
        (mark(MarkKind::Acted(Action::start(server))), text.start),
        (mark(MarkKind::Acted(Action::heal_all())), timeline.link_restored),
        (mark(MarkKind::Acted(Action::isolate(server))), timeline.link_cut),
        (
            mark(MarkKind::Acted(Action::align_timers())),
            lang.landmark(Landmark::Fault),
        ),
    ];
    lanes.into_iter().chain(marks).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::Rule,
        sim::Action,
        ui::run::{player::Player, view::RulesMark},
    };

    fn picture(player: &Player) -> String {
        let caption = Caption {
            title: "a <run> & more".to_owned(),
            about: "seed 7".to_owned(),
            seen: String::new(),
            rules: RulesMark::of(player.history()),
            lang: Lang::En,
        };
        let window = Window {
            from: Micros::ZERO,
            span: player.window(),
        };
        svg(player.history(), window, &caption)
    }

    fn count(svg: &str, look: Look) -> usize {
        svg.matches(look.attributes()).count()
    }

    #[test]
    fn a_file_is_well_formed_and_says_what_it_is() {
        let mut player = Player::default();
        player.seek(Micros::from_secs(30));
        let mut rules = player.rules();
        rules.set(Rule::OneVotePerTerm, false);
        player.act(Action::set_rules(rules)).unwrap();
        let svg = picture(&player);
        let document = roxmltree::Document::parse(&svg).unwrap();
        let words: Vec<_> = document.descendants().filter_map(|node| node.text()).collect();
        for wanted in ["a <run> & more", "seed 7", "S5", "term 1", "10 s", "leader change"] {
            assert!(words.contains(&wanted), "{wanted}");
        }
        assert!(svg.contains("modified rules"));
        assert!(!picture(&Player::default()).contains("modified rules"));
    }

    #[test]
    fn a_crash_is_a_cross_and_an_election_a_crown() {
        let mut player = Player::default();
        player.seek(Micros::from_millis(500));
        let before = picture(&player);
        let leader = player.history().world().leader().unwrap();
        player.act(Action::kill(leader)).unwrap();
        player.seek(Micros::from_secs(2));
        let after = picture(&player);
        assert_eq!(count(&after, Look::ActedLines), count(&before, Look::ActedLines) + 1);
        assert_eq!(count(&after, Look::LeaderMark), count(&before, Look::LeaderMark) + 1);
    }

    #[test]
    fn an_hour_is_no_larger_than_a_minute_could_be() {
        let mut player = Player::default();
        player.seek(Micros::from_secs(3600));
        let svg = picture(&player);
        assert!(svg.len() < 600_000, "{} bytes", svg.len());
    }
}
