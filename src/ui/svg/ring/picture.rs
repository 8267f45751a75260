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
            drawing::{Anchor, LOST, Look, Piece, mark},
            legend::message_legend,
            message::{lost_at, progress},
            point::{Point, point},
            ring::{
                geometry::Geometry,
                links::{LinkPart, link, pairs},
                server::{Hull, ServerShape, term},
            },
            sheet::Sheet,
            stops::Stop,
        },
        text::Lang,
    },
};

/// The ring at the instant shown.
#[must_use]
pub fn picture(player: &Player, lang: Lang) -> String {
    let world = player.history().world();
    let view = ClusterView::of(player);
    let servers: Vec<String> = view.servers.iter().map(|server| lang.server_in_words(server)).collect();
    let caption = Caption {
        seen: servers.join("; "),
        ..caption(player, lang)
    };
    ring_svg(&view, &world.config().links, world.now(), &caption)
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

fn edges(view: &ClusterView, links: &Links, geometry: &Geometry, pieces: &mut Vec<Piece>) {
    for (a, b) in pairs(view.servers.len()) {
        let down = [a, b].iter().any(|server| !view.servers[server.index()].is_up());
        pieces.extend(link(geometry, links, a, b).into_iter().map(|part| match part {
            LinkPart::Whole(from, to) => Piece::line(if down { Look::Down } else { Look::Link }, from, to),
            LinkPart::Faded(from, to) => Piece::line(Look::Faded, from, to),
            LinkPart::Open(from, to) => Piece::line(Look::Open, from, to),
            LinkPart::Cut(from, to) => Piece::line(Look::Cut, from, to),
            LinkPart::Bar(from, to) => Piece::line(Look::Bar, from, to),
            LinkPart::Head(corners) | LinkPart::Stopped(corners) => Piece::polygon(Look::ActedMark, corners.to_vec()),
        }));
    }
}

fn server_pieces(server: &ServerView, geometry: &Geometry, lang: Lang, pieces: &mut Vec<Piece>) {
    let (at, radius) = (geometry.server(server.id), geometry.server_radius());
    let label = geometry.label(server.id);
    body(server, at, radius, pieces);
    let mut say = |look, x: f64, y: f64, anchor, words| {
        pieces.push(Piece::text(look, point(at.x + x, at.y + y), anchor, words));
    };
    say(Look::Title, 0.0, radius * 0.04, Anchor::Middle, server.id.to_string());
    let (term, down) = term(server.term, geometry);
    say(Look::Small, 0.0, radius * down, Anchor::Middle, term);
    let [standing, detail, _] = label.lines;
    say(
        Look::Name,
        label.x,
        standing,
        label.anchor,
        lang.standing(server).to_owned(),
    );
    let words = match server.process {
        Process::Running => lang.detail(server),
        Process::Paused => lang.text().paused.to_owned(),
        Process::Down => return,
    };
    say(Look::Small, label.x, detail, label.anchor, words);
}

fn body(server: &ServerView, at: Point, radius: f64, pieces: &mut Vec<Piece>) {
    let shape = ServerShape::of(server, radius);
    if let Some(radius) = shape.second_ring {
        let look = if server.is_stale() {
            Look::StaleBody
        } else {
            Look::LeaderOutline
        };
        pieces.push(Piece::circle(look, at, radius));
    }
    let look = match (server.process, server.role) {
        (Process::Down, _) => Look::Crashed,
        (_, Role::Candidate) => Look::CandidateBody,
        (_, Role::PreCandidate) => Look::VoteOutline,
        _ if server.is_unsafe => Look::UnsafeBody,
        _ if server.is_stale() => Look::StaleBody,
        (_, Role::Leader) => Look::LeaderBody,
        (Process::Paused, _) => Look::PausedBody,
        (Process::Running, Role::Follower) => Look::FollowerBody,
    };
    pieces.push(match shape.hull {
        Hull::Circle(radius) => Piece::circle(look, at, radius),
        Hull::Hexagon(corners) => Piece::polygon(look, corners.map(|c| point(at.x + c.x, at.y + c.y)).to_vec()),
    });
    if let Some(symbol) = shape.symbol {
        let look = match symbol.stop {
            None if server.is_stale() => Look::Lost,
            None => Look::LeaderMark,
            Some(Stop::Pause) => Look::ActedMark,
            Some(Stop::Crash | Stop::Wipe) => Look::Lost,
        };
        let place = point(at.x, at.y + symbol.y);
        pieces.push(Piece::path(look, place, symbol.size, symbol.path()));
    }
}

fn cross(lost: &LostView, geometry: &Geometry) -> Piece {
    let way = geometry.way(lost.from, lost.to);
    let place = way.start.toward(way.end, lost_at(lost.place));
    Piece::path(Look::Lost, place, 1.0, LOST)
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
            seen: String::new(),
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
