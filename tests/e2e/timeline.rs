//! The lanes: who was what when, and a way to go there.

use headless::any;

use crate::steps::{now, run_to, status, with_a_leader};

#[test]
fn a_click_in_the_lanes_goes_to_that_instant() {
    let page = with_a_leader();
    run_to(&page, 800);
    let lanes = page.get("image", any());
    let end = page
        .get("slider", "Time")
        .attribute("max")
        .and_then(|max| max.parse::<u64>().ok());
    lanes.click();
    page.wait_until("it is half of the time", |page| {
        now(page).abs_diff(end.unwrap_or(0) / 2) < 5
    });
    page.wait_for("button", "Play");
    assert!(status(&page).contains(" leads term 1"), "{}", status(&page));
}

#[test]
fn each_lane_has_its_name_beside_it_whatever_the_size() {
    let page = with_a_leader();
    for size in [1, 5, 9] {
        page.get("combobox", "Servers").fill(&size.to_string());
        page.wait_until("it is that cluster", |page| crate::steps::servers(page).len() == size);
        let farthest = page.get("image", any()).call(
            "function () {
                const middle = (element) => { const b = element.getBoundingClientRect(); return b.top + b.height / 2; };
                const lanes = this.getBoundingClientRect();
                const names = [...this.parentElement.querySelectorAll('span')];
                const off = (name, index) => middle(name) - lanes.top - lanes.height * (index + 0.5) / names.length;
                return Math.max(...names.map((name, index) => Math.abs(off(name, index))));
            }",
            &[],
        );
        assert!(farthest.as_f64() < Some(2.0), "{farthest} px off with {size} servers");
    }
}
