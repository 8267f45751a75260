//! A bug in the program: the page says that it has stopped, with what is needed to see it again.

use headless::{Page, Visit};

use crate::steps::CLIPBOARD;

fn stopped(visit: Visit) -> Page {
    let page = visit.at("?panic").open_unstarted();
    page.wait_until("the program has stopped", |page| {
        page.find("alertdialog", headless::any()).is_some()
    });
    page
}

#[test]
fn it_shows_the_seed_and_the_scenario_and_starts_again() {
    let page = stopped(Page::visit());
    page.wait_for_text("The playground has stopped");
    let report = page.get("textbox", "Report").value().to_owned();
    for part in ["raft-playground ", "panicked at", "scenario free, seed 6"] {
        assert!(report.contains(part), "no {part} in {report}");
    }
    let (_, link) = report.rsplit_once('#').expect("a link to the run");
    let run = raft_playground::scenario::link::decode(link).unwrap();
    assert_eq!(run.recording.seed, 6, "the run can be made again");
    assert!(page.focused().is_some_and(|node| node.name() == "Restart"));
    assert_eq!(page.accessibility_problems(), [""; 0]);

    page.execute("history.replaceState(null, '', location.pathname); window.marker = true");
    page.button("Restart").click();
    page.wait_until("the page is loaded again", |page| {
        page.execute("return window.marker ?? null").is_null()
    });
    page.wait_for("button", "Pause");
    assert!(page.find("alertdialog", headless::any()).is_none());
}

#[test]
fn it_speaks_the_readers_language() {
    let page = stopped(Page::visit().language("pt-BR").dark());
    page.wait_for_text("O playground parou");
    page.wait_for("textbox", "Relatório");
    page.wait_for("button", "Reiniciar");
    assert_eq!(page.accessibility_problems(), [""; 0]);
}

#[test]
fn the_report_is_copied() {
    let page = stopped(Page::visit().prelude(CLIPBOARD));
    page.button("Copy report").click();
    page.wait_for_text("Copied");
    assert_eq!(
        page.execute("return window.copied === document.getElementById('panic-report').value && copied.length > 100"),
        true
    );
}

#[test]
fn where_copying_is_forbidden_the_report_is_marked_to_be_copied_by_hand() {
    let forbids = "Object.defineProperty(navigator, 'clipboard', { value: undefined });";
    let page = stopped(Page::visit().prelude(forbids));
    page.button("Copy report").click();
    page.wait_for_text("The report is marked");
    assert_eq!(
        page.execute("const { activeElement: report } = document; return report.selectionEnd === report.value.length"),
        true
    );
}
