use super::*;
use crate::ui::svg::diagram::axis::Scale;
use crate::{
    scenario::Scenario,
    sim::{Action, EventKind},
};

fn scene(history: &History, selected: Option<EventId>, lit: &[EventId]) -> Scene {
    let mut index = Index::new(false);
    index.sync(history, 0);
    let axis = Axis::new(&index, Scale::Real(Micros(300)), Micros::ZERO, history.now());
    let plan = Plan {
        index: &index,
        history,
        axis,
        columns: Columns { width: 600.0, size: 5 },
        selected,
        lit,
        lang: Lang::En,
    };
    Scene::draw(&plan, 0.0, axis.y(history.now()))
}

fn run(millis: u64) -> History {
    let mut history = Scenario::free(5, 7).start();
    history.seek(Micros::from_millis(millis));
    history
}

fn looks(scene: &Scene, look: Look) -> usize {
    let pieces = scene.groups.iter().flat_map(|group| &group.pieces);
    pieces.filter(|piece| piece.look == look).count()
}

#[test]
fn a_dot_or_an_arrow_is_found_where_it_is_drawn() {
    let history = run(400);
    let scene = scene(&history, None, &[]);
    assert!(!scene.spots.is_empty() && !scene.ways.is_empty());
    for spot in &scene.spots {
        let found = scene.nearest(spot.from).unwrap();
        let other = scene.spots.iter().find(|other| other.event == found).unwrap();
        assert!(distance(other.from, spot.from, spot.from) < 0.1);
    }
    assert_eq!(scene.nearest(point(-100.0, -100.0)), None);
}

#[test]
fn an_arrow_starts_and_ends_on_the_lines_of_its_servers() {
    let history = run(400);
    let scene = scene(&history, None, &[]);
    let columns = Columns { width: 600.0, size: 5 };
    for way in &scene.ways {
        let event = history.trace().get(way.event).unwrap();
        let EventKind::Delivered { from, .. } = event.kind else {
            continue;
        };
        assert!((way.from.x - columns.x(from)).abs() < 0.1);
        assert!((way.to.x - columns.x(event.server.unwrap())).abs() < 4.0);
        assert!(way.to.y > way.from.y, "down");
    }
}

#[test]
fn what_is_selected_and_what_led_to_it_is_marked() {
    let history = run(400);
    let mut events = history.trace().range(EventId(0), history.world().next_event());
    let granted = events
        .find(|event| DotKind::of(event) == Some(DotKind::Granted))
        .unwrap();
    let cause = granted.cause.unwrap();
    let plain = scene(&history, None, &[]);
    assert_eq!((looks(&plain, Look::Selected), looks(&plain, Look::Highlight)), (0, 0));
    let marked = scene(&history, Some(granted.id), &[cause]);
    assert!(looks(&marked, Look::Selected) >= 1);
    assert!(looks(&marked, Look::Highlight) >= 1);
}

#[test]
fn a_leader_has_a_double_line_and_a_crash_a_cross() {
    let mut history = run(400);
    let leader = history.world().leader().unwrap();
    history.act(Action::kill(leader)).unwrap();
    history.seek(Micros::from_millis(500));
    let scene = scene(&history, None, &[]);
    assert_eq!(looks(&scene, Look::Leader), 2);
    assert_eq!(looks(&scene, Look::ActedLines), 1);
    assert!(looks(&scene, Look::Down) >= 1);
}

#[test]
fn keys_are_unique() {
    let scene = scene(&run(800), None, &[]);
    let mut keys: Vec<_> = scene.groups.iter().map(|group| group.key).collect();
    keys.sort_unstable();
    let count = keys.len();
    keys.dedup();
    assert_eq!(keys.len(), count);
}

#[test]
fn too_much_to_see_is_thinned() {
    let history = run(60_000);
    let mut index = Index::new(false);
    index.sync(&history, 0);
    let axis = Axis::new(&index, Scale::Real(Micros(100_000)), Micros::ZERO, history.now());
    let plan = Plan {
        index: &index,
        history: &history,
        axis,
        columns: Columns { width: 600.0, size: 5 },
        selected: None,
        lit: &[],
        lang: Lang::En,
    };
    let scene = Scene::draw(&plan, 0.0, axis.y(history.now()));
    assert!(scene.thinned);
    assert!(scene.groups.len() < 2 * Scene::MOST);
    assert!(looks(&scene, Look::Vote) > 0, "elections stay");
}

#[test]
fn instants_have_the_digits_they_need() {
    assert_eq!(instant(Micros(1_438_250), Micros(1000)), "1.438");
    assert_eq!(instant(Micros(1_438_250), Micros(50)), "1.438250");
}
