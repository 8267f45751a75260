//! The diagram as a file.

use crate::{
    raft::Role,
    sim::{History, Micros},
    ui::{
        run::{player::Player, view::Extras},
        svg::{
            caption::{Caption, caption},
            diagram::{
                axis::{Axis, Scale},
                index::Index,
                scene::{Columns, Plan, Scene},
            },
            drawing::{CROSS, HEXAGON, Look, Piece},
            legend::message_legend,
            point::point,
            sheet::Sheet,
        },
        text::Lang,
    },
};

/// Instants that a file shows at most.
pub const MOST_ROWS: usize = 1500;
/// The highest drawing in a file, in pixels.
const HIGHEST: u64 = 24_000;

/// The whole run up to the instant shown as a picture that stands alone, with a row for each instant.
#[must_use]
pub fn picture(player: &Player, lang: Lang) -> String {
    let mut index = Index::new(false);
    index.sync(player.history(), player.trace_epoch());
    let range = (Micros::ZERO, player.history().now());
    part(&index, player.history(), Scale::EVEN, range, &caption(player, lang))
}

/// The diagram from one instant to another, as a file that stands alone. Of too many instants the newest are shown, and the
/// file says so; to scale, time is pressed together as far as it has to be.
#[must_use]
pub fn part(index: &Index, history: &History, mut scale: Scale, range: (Micros, Micros), caption: &Caption) -> String {
    let to = range.1.min(history.now());
    let rows = index.rows();
    let (first, end) = (
        rows.partition_point(|row| *row < range.0),
        rows.partition_point(|row| *row <= to),
    );
    let bounded = end.saturating_sub(first) > MOST_ROWS;
    let from = if bounded { rows[end - MOST_ROWS] } else { range.0 };
    while matches!(scale, Scale::Real(pixel) if (to - from).0 / pixel.0 > HIGHEST) && scale.zoomed(false) != scale {
        scale = scale.zoomed(false);
    }
    let axis = Axis::new(index, scale, from, to).starting_at(from);
    let columns = columns(history);
    let plan = Plan {
        index,
        history,
        axis,
        columns,
        selected: None,
        lit: &[],
        lang: caption.lang,
    };
    let bottom = axis.y(to) + Axis::PAD;
    let scene = Scene::draw_all(&plan, 0.0, bottom);
    let caption = Caption {
        seen: caption.lang.told_between(history, (from, to)),
        ..caption.clone()
    };
    let mut sheet = Sheet::new(columns.width, &caption);
    if bounded {
        sheet.line_of_text(Look::Small, caption.lang.diagram_text().bounded.to_owned());
    }
    let names = columns.names(12.0);
    sheet.drawing(-4.0, 18.0, names);
    sheet.drawing(0.0, bottom, scene.groups.into_iter().flat_map(|group| group.pieces));
    let lines = line_legend(caption.lang).into_iter();
    sheet.legend(lines.chain(message_legend(Extras::of(history), caption.lang)));
    sheet.finish()
}

#[expect(clippy::cast_precision_loss, reason = "at most nine")]
fn columns(history: &History) -> Columns {
    let size = history.world().servers().len();
    let width = (size as f64 * 110.0 + 70.0).max(460.0);
    Columns { width, size }
}

/// The lines and dots with their meanings.
fn line_legend(lang: Lang) -> [(Vec<Piece>, &'static str); 6] {
    let text = lang.text();
    let middle = point(0.0, 0.0);
    let line = |look, x: f64| Piece::line(look, point(x, -8.0), point(x, 8.0));
    let path = |look, size, path| vec![Piece::path(look, middle, size, path)];
    [
        (vec![line(Look::Follower, 0.0)], lang.role(Role::Follower)),
        (vec![line(Look::Candidate, 0.0)], lang.role(Role::Candidate)),
        (
            vec![line(Look::Leader, -2.5), line(Look::Leader, 2.5)],
            lang.role(Role::Leader),
        ),
        (vec![line(Look::Paused, 0.0)], text.paused),
        (path(Look::ActedLines, 0.9, CROSS), text.crashed),
        (path(Look::VoteMark, 0.8, HEXAGON), "election timeout"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::Rule,
        sim::{Action, EventId, EventKind, Network},
        ui::{
            run::player::Player,
            svg::{caption::caption, diagram::index::is_routine},
        },
    };

    fn rough(millis: u64) -> Player {
        let mut player = Player::default();
        let network = Network {
            loss_permille: 200,
            duplication_permille: 100,
            ..player.history().world().config().network
        };
        player.act(Action::set_network(network)).unwrap();
        player.seek(Micros::from_millis(millis));
        player
    }

    fn picture(player: &Player, scale: Scale) -> String {
        let mut index = Index::new(false);
        index.sync(player.history(), 0);
        let range = (Micros::ZERO, Micros::NEVER);
        part(&index, player.history(), scale, range, &caption(player, Lang::En))
    }

    /// Paths by what they look like: those of the legend included.
    fn paths(svg: &str, look: Look) -> usize {
        svg.matches(look.attributes()).count()
    }

    #[test]
    fn a_file_is_well_formed_to_scale_and_evenly() {
        let player = rough(900);
        for scale in [Scale::Real(Micros(300)), Scale::EVEN] {
            let svg = picture(&player, scale);
            roxmltree::Document::parse(&svg).unwrap_or_else(|error| panic!("{error}"));
        }
    }

    #[test]
    fn a_message_is_an_arrow_and_a_lost_one_ends_in_a_cross() {
        let player = rough(900);
        let history = player.history();
        let events = || history.trace().range(EventId(0), history.world().next_event());
        let count = |wanted: fn(&EventKind) -> bool| events().filter(|event| wanted(&event.kind)).count();
        let svg = picture(&player, Scale::Real(Micros(300)));
        let lost = count(|kind| matches!(kind, EventKind::Lost { .. }));
        assert!(lost > 5);
        assert_eq!(paths(&svg, Look::Lost), lost + 1, "and one in the legend");
        let beats = count(|kind| match kind {
            EventKind::Sent { message, .. } | EventKind::Duplicated { message, .. } => {
                is_routine(*message) && matches!(message, crate::raft::Message::AppendEntries { .. })
            }
            _ => false,
        });
        assert!(beats > 5);
        assert_eq!(paths(&svg, Look::Beat), beats);
    }

    #[test]
    fn a_title_with_markup_is_no_markup() {
        let player = rough(100);
        let mut caption = caption(&player, Lang::Pt);
        caption.title = "<script>&\"".to_owned();
        let mut index = Index::new(false);
        index.sync(player.history(), 0);
        let range = (Micros::ZERO, Micros::NEVER);
        let svg = part(&index, player.history(), Scale::EVEN, range, &caption);
        let document = roxmltree::Document::parse(&svg).unwrap();
        assert!(document.descendants().all(|node| !node.has_tag_name("script")));
        assert!(document.descendants().any(|node| node.text() == Some("<script>&\"")));
    }

    #[test]
    fn modified_rules_and_where_it_comes_from_are_said() {
        let mut player = rough(100);
        assert!(!picture(&player, Scale::EVEN).contains("modified rules"));
        let mut rules = player.rules();
        rules.set(Rule::OneVotePerTerm, false);
        player.act(Action::set_rules(rules)).unwrap();
        let svg = picture(&player, Scale::EVEN);
        assert!(svg.contains("modified rules"));
        assert!(svg.contains(&format!("Seed {} · Branch 1", player.scenario().seed)));
    }

    #[test]
    fn of_a_long_run_the_newest_part_is_shown_and_said_to_be() {
        let player = rough(120_000);
        for scale in [Scale::Real(Micros(300)), Scale::EVEN] {
            let svg = picture(&player, scale);
            assert!(svg.contains(Lang::En.diagram_text().bounded));
            assert!(svg.len() < 4_000_000, "{} bytes", svg.len());
            roxmltree::Document::parse(&svg).unwrap_or_else(|error| panic!("{error}"));
        }
    }
}
