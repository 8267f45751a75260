//! The ring at an instant, as a file: servers, messages at their place, links that are cut.

use crate::{
    raft::Role,
    sim::{InFlight, Links, Micros, Process},
    ui::{
        run::{
            player::Player,
            view::{ClusterView, LostView, ServerView},
        },
        svg::{
            caption::{Caption, caption},
            drawing::{Anchor, BARS, CROSS, CROWN, HEXAGON, Look, Piece, mark},
            legend::message_legend,
            message::{lost_at, progress},
            point::{Point, point},
            ring::geometry::Geometry,
            sheet::Sheet,
        },
        text::Lang,
    },
};

/// The ring at the instant shown.
#[must_use]
pub fn picture(player: &Player, lang: Lang) -> String {
    let world = player.history().world();
    let caption = caption(player, lang);
    ring_svg(&ClusterView::of(player), &world.config().links, world.now(), &caption)
}

fn ring_svg(view: &ClusterView, links: &Links, now: Micros, caption: &Caption) -> String {
    let geometry = Geometry::new(view.servers.len(), false);
    let (width, height) = geometry.size();
    let mut pieces = Vec::new();
    edges(view, links, &geometry, &mut pieces);
    for server in &view.servers {
        server_pieces(server, &geometry, caption.lang, &mut pieces);
    }
    for lost in &view.lost {
        pieces.push(cross(lost, &geometry));
    }
    for flight in &view.flights {
        flight_pieces(flight, now, &geometry, &mut pieces);
    }
    let mut sheet = Sheet::new(width, caption);
    sheet.drawing(0.0, height, pieces);
    sheet.legend(message_legend(view.extras, caption.lang));
    sheet.finish()
}

/// A line between every two servers. A cut one is dashed and crossed out nearer to the end that hears nothing.
fn edges(view: &ClusterView, links: &Links, geometry: &Geometry, pieces: &mut Vec<Piece>) {
    let servers = || view.servers.iter().map(|server| server.id);
    for (a, b) in servers().flat_map(|a| servers().filter(move |b| *b > a).map(move |b| (a, b))) {
        let (from, to) = (geometry.server(a), geometry.server(b));
        let (there, back) = (links.is_up(a, b), links.is_up(b, a));
        let look = if there && back { Look::Grid } else { Look::Cut };
        pieces.push(Piece::line(look, from, to));
        let cuts = [(there, 0.62), (back, 0.38)];
        for (_, share) in cuts.into_iter().filter(|(up, _)| !up) {
            pieces.push(Piece::path(Look::Lost, from.toward(to, share), 0.8, CROSS));
        }
    }
}

fn server_pieces(server: &ServerView, geometry: &Geometry, lang: Lang, pieces: &mut Vec<Piece>) {
    let (at, radius) = (geometry.server(server.id), geometry.server_radius());
    let below = |y: f64| point(at.x, at.y + y);
    body(server, at, radius, pieces);
    let mut say = |look, y, words| pieces.push(Piece::text(look, below(y), Anchor::Middle, words));
    let label = geometry.label(server.id);
    say(Look::Title, radius * 0.04, server.id.to_string());
    say(Look::Small, radius * 0.42, format!("term {}", server.term));
    say(Look::Name, label.y, lang.standing(server).to_owned());
    if server.process == Process::Running {
        say(Look::Small, label.y + geometry.line(), lang.detail(server));
    } else if server.process == Process::Paused {
        say(Look::Small, label.y + geometry.line(), lang.text().paused.to_owned());
    }
}

/// Followers are round, candidates hexagonal, leaders have a second ring and a crown; who is down is an outline.
fn body(server: &ServerView, at: Point, radius: f64, pieces: &mut Vec<Piece>) {
    let sign = point(at.x, at.y - radius * 0.6);
    match (server.process, server.role) {
        (Process::Down, _) => {
            pieces.push(Piece::circle(Look::Crashed, at, radius));
            if server.boots > 0 {
                pieces.push(Piece::path(Look::Lost, sign, 0.8, CROSS));
            }
        }
        (_, Role::Candidate) => {
            pieces.push(Piece::path(Look::CandidateBody, at, (radius + 3.0) / 10.0, HEXAGON));
        }
        (_, Role::PreCandidate) => {
            pieces.push(Piece::path(Look::VoteOutline, at, (radius + 3.0) / 10.0, HEXAGON));
        }
        (_, Role::Leader) => {
            pieces.push(Piece::circle(Look::LeaderOutline, at, radius + 7.0));
            pieces.push(Piece::circle(Look::LeaderBody, at, radius));
            pieces.push(Piece::path(Look::LeaderMark, sign, 1.0, CROWN));
        }
        (Process::Paused, _) => pieces.push(Piece::circle(Look::PausedBody, at, radius)),
        (Process::Running, Role::Follower) => pieces.push(Piece::circle(Look::FollowerBody, at, radius)),
    }
    if server.process == Process::Paused {
        let sign = if server.role == Role::Leader {
            point(at.x + 18.0, sign.y)
        } else {
            sign
        };
        pieces.push(Piece::path(Look::ActedMark, sign, 1.0, BARS));
    }
}

fn cross(lost: &LostView, geometry: &Geometry) -> Piece {
    let way = geometry.way(lost.from, lost.to);
    let place = way.start.toward(way.end, lost_at(lost.place));
    Piece::path(Look::Lost, place, 1.0, CROSS)
}

fn flight_pieces(flight: &InFlight, now: Micros, geometry: &Geometry, pieces: &mut Vec<Piece>) {
    let way = geometry.way(flight.from(), flight.to());
    let at = way.start.toward(way.end, progress(flight, now));
    mark(flight.message, at, 1.0, way.direction, pieces);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::{NodeId, Rules},
        sim::Action,
        ui::run::{player::Player, view::RulesMark},
    };

    fn caption(title: &str) -> Caption {
        Caption {
            title: title.to_owned(),
            about: "seed 7".to_owned(),
            rules: RulesMark::of(Player::default().history()),
            lang: Lang::En,
        }
    }

    fn picture(player: &Player, title: &str) -> String {
        let view = ClusterView::of(player);
        let world = player.history().world();
        ring_svg(&view, &world.config().links, world.now(), &caption(title))
    }

    fn count(svg: &str, look: Look) -> usize {
        svg.matches(look.attributes()).count()
    }

    #[test]
    fn a_ring_is_well_formed_at_every_instant_of_an_election() {
        let mut player = Player::default();
        for millis in (0..600).step_by(7) {
            player.seek(Micros::from_millis(millis));
            let svg = picture(&player, "an election");
            roxmltree::Document::parse(&svg).unwrap_or_else(|error| panic!("at {millis} ms: {error}"));
        }
    }

    #[test]
    fn markup_in_a_title_is_no_markup() {
        let svg = picture(&Player::default(), "</title><script>alert(1)</script> & \"more\"");
        let document = roxmltree::Document::parse(&svg).unwrap();
        assert!(document.descendants().all(|node| !node.has_tag_name("script")));
        let title = document
            .descendants()
            .find(|node| node.tag_name().name() == "title")
            .unwrap();
        assert_eq!(title.text(), Some("</title><script>alert(1)</script> & \"more\""));
    }

    #[test]
    fn a_leader_a_crash_and_a_cut_link_are_told_apart() {
        let mut player = Player::default();
        player.seek(Micros::from_millis(600));
        let leader = player.history().world().leader().unwrap();
        assert_eq!(count(&picture(&player, ""), Look::LeaderBody), 1);
        player.act(Action::kill(leader)).unwrap();
        let others: Vec<_> = NodeId::all(5).filter(|server| *server != leader).collect();
        player.act(Action::cut(others[0], others[1])).unwrap();
        let svg = picture(&player, "");
        assert_eq!(count(&svg, Look::LeaderBody), 0);
        assert_eq!((count(&svg, Look::Crashed), count(&svg, Look::Cut)), (1, 1));
    }

    #[test]
    fn modified_rules_are_said() {
        let view = ClusterView::of(&Player::default());
        let mut caption = caption("run");
        let svg = |caption: &Caption| ring_svg(&view, &Links::ALL_UP, Micros::ZERO, caption);
        assert!(!svg(&caption).contains("modified rules"));
        caption.rules.now.persist_vote = false;
        caption.rules.run = caption.rules.now.conformity();
        let modified = svg(&caption);
        assert!(modified.contains(">modified rules<") && modified.contains("Modified: the vote is not persisted."));
        caption.rules.now = Rules::PAPER;
        let earlier = svg(&caption);
        assert!(earlier.contains(">modified rules<") && earlier.contains("Earlier in this run"));
        caption.rules.now.pre_vote = true;
        caption.rules.run = caption.rules.now.conformity();
        let extended = svg(&caption);
        assert!(extended.contains(">extended rules<") && extended.contains("Extended: pre-vote."));
        assert!(!extended.contains("modified"));
    }
}
