//! The timeline as a file.

use crate::{
    raft::{NodeId, Role},
    sim::{History, Micros, RoleTimeline, Standing},
    ui::{
        run::player::Player,
        svg::{
            caption::{Caption, caption},
            drawing::{Anchor, Look, Piece},
            point::{Point, point},
            sheet::Sheet,
            timeline::{
                marks::Shape,
                scene::{self, Bar},
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
    svg(player.history(), window, &caption(player, lang))
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
        for bar in scene::bars(roles, server, window) {
            let to = bar.to.min(end);
            if bar.from < to {
                stretch(Bar { to, ..bar }, lane(server.index()), &mut pieces);
            }
        }
    }
    for spot in scene::spots(roles, window, 110) {
        let Shape { path, size, look, .. } = Shape::of(spot.mark.kind);
        pieces.push(Piece::path(look, point(x(spot.at), TOP - 22.0), size, path));
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

/// Followers are a thin line, candidates a wide one, leaders two; where a server is down there is nothing.
fn stretch(bar: Bar, y: f64, pieces: &mut Vec<Piece>) {
    line(bar.standing, point(x(bar.from), y), point(x(bar.to), y), pieces);
}

/// Where the two lines of who believes that it leads are.
const TWICE: &[f64] = &[-2.5, 2.5];

fn line(standing: Standing, from: Point, to: Point, pieces: &mut Vec<Piece>) {
    let mut draw = |look, offsets: &[f64]| {
        let at = |place: Point, dy: &f64| point(place.x, place.y + dy);
        pieces.extend(offsets.iter().map(|dy| Piece::line(look, at(from, dy), at(to, dy))));
    };
    match standing {
        Standing::Down => {}
        Standing::Paused => draw(Look::Paused, &[0.0]),
        Standing::Runs(Role::Follower) => draw(Look::Follower, &[0.0]),
        Standing::Runs(Role::PreCandidate | Role::Candidate) => draw(Look::Candidate, &[0.0]),
        Standing::Stale => draw(Look::Stale, TWICE),
        Standing::Runs(Role::Leader) => draw(Look::Leader, TWICE),
        Standing::Unsafe => draw(Look::Unsafe, TWICE),
    }
}

/// Round instants below the lanes.
fn axis(window: Window, bottom: f64, lang: Lang, pieces: &mut Vec<Piece>) {
    let step = round_step(window.span);
    let mut at = Micros(window.from.0.div_ceil(step.0) * step.0);
    while at <= window.end() {
        let place = x(window.place(at));
        pieces.push(Piece::line(
            Look::Grid,
            point(place, bottom),
            point(place, bottom + 6.0),
        ));
        let words = lang.seconds(at);
        pieces.push(Piece::text(
            Look::Small,
            point(place, bottom + 18.0),
            Anchor::Middle,
            words,
        ));
        at = at + step;
    }
}

/// A round span of which three to ten fit.
fn round_step(span: Micros) -> Micros {
    let mut unit = 1;
    loop {
        let fits = [1, 2, 5]
            .into_iter()
            .map(|times| times * unit)
            .find(|step| span.0 / step <= 10);
        match fits {
            Some(step) => return Micros(step),
            None => unit *= 10,
        }
    }
}

fn legend(lang: Lang) -> Vec<(Vec<Piece>, &'static str)> {
    use crate::{
        raft::Term,
        sim::{Action, Landmark, MarkKind},
    };
    let (text, timeline) = (lang.text(), lang.timeline_text());
    let server = NodeId::new(0);
    let standing = |standing| {
        let mut pieces = Vec::new();
        line(standing, point(-9.0, 0.0), point(9.0, 0.0), &mut pieces);
        pieces
    };
    let mark = |kind| {
        let Shape { path, size, look, .. } = Shape::of(kind);
        vec![Piece::path(look, point(0.0, 0.0), size, path)]
    };
    vec![
        (standing(Standing::Runs(Role::Follower)), lang.role(Role::Follower)),
        (standing(Standing::Runs(Role::Candidate)), lang.role(Role::Candidate)),
        (standing(Standing::Runs(Role::Leader)), lang.role(Role::Leader)),
        (standing(Standing::Paused), text.paused),
        (
            mark(MarkKind::Elected(server, Term::ZERO)),
            lang.landmark(Landmark::LeaderChange),
        ),
        (mark(MarkKind::Split(Term::ZERO)), lang.landmark(Landmark::SplitVote)),
        (mark(MarkKind::Acted(Action::kill(server))), text.crashed),
        (mark(MarkKind::Acted(Action::start(server))), text.start),
        (mark(MarkKind::Acted(Action::heal_all())), timeline.link_mended),
        (mark(MarkKind::Acted(Action::isolate(server))), timeline.link_cut),
        (
            mark(MarkKind::Acted(Action::align_timers())),
            lang.landmark(Landmark::Fault),
        ),
    ]
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
        for wanted in ["a <run> & more", "seed 7", "S5", "term 1", "10.000 s", "leader change"] {
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
    fn of_an_axis_a_few_instants_are_round() {
        for span in [1, 999, 20_000_000, 3_600_000_000] {
            let fit = span / round_step(Micros(span)).0;
            assert!((1..=10).contains(&fit), "{span}: {fit}");
        }
    }

    #[test]
    fn an_hour_is_no_larger_than_a_minute_could_be() {
        let mut player = Player::default();
        player.seek(Micros::from_secs(3600));
        let svg = picture(&player);
        assert!(svg.len() < 600_000, "{} bytes", svg.len());
    }
}
