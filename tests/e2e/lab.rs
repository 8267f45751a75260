//! The laboratory: trials run beside the page, and what is shown of them opens the runs that it stands for.

use headless::{Page, containing, starting};
use raft_playground::{
    lab::{Distribution, Experiment, InitialLogs, LabPlan, Opening, PaperHalf, PaperLine, Quantity, file, link},
    raft::{NodeId, Rule},
    scenario::link::seal,
    sim::{Action, Micros, Range},
};

use serde_json::json;

use crate::sharing::{SAVED, downloaded};
use crate::steps::{now, panel, seek, server, status, stopped, wait_for_notice, with_a_leader};

/// The page at an address, once all trials have run.
#[track_caller]
fn measured_at(rest: &str) -> Page {
    let page = stopped(Page::visit().at(rest));
    wait_for_notice(&page, " trials in ");
    page
}

/// The rows of the table with this name, cell by cell.
#[track_caller]
fn rows_of(page: &Page, table: &str) -> Vec<Vec<String>> {
    let cells = page.execute(&format!(
        "return [...document.querySelectorAll('[aria-label=\"{table}\"] tbody tr')].map((row) => [...row.children].map((cell) => cell.innerText.trim()))",
    ));
    serde_json::from_value(cells).expect("rows of cells")
}

/// Those of what was measured.
#[track_caller]
fn rows(page: &Page) -> Vec<Vec<String>> {
    rows_of(page, "What was measured")
}

/// Drops a file on the page.
#[track_caller]
fn drop_file(page: &Page, text: &str) {
    page.execute(&format!(
        "const data = new DataTransfer();
         data.items.add(new File([{}], 'mine.lab'));
         window.dispatchEvent(new DragEvent('drop', {{ dataTransfer: data, bubbles: true, cancelable: true }}));",
        serde_json::to_string(text).expect("a text")
    ));
}

/// A time in ms, as the page writes it.
fn millis(micros: u64) -> String {
    let tenths = (micros + 50) / 100;
    match (tenths / 10, tenths % 10) {
        (whole, tenths) if tenths > 0 && whole < 100 => format!("{whole}.{tenths} ms"),
        (whole, _) if whole < 100 => format!("{whole} ms"),
        _ => format!("{} ms", (micros + 500) / 1000),
    }
}

#[test]
fn figure_16_has_the_numbers_that_the_engine_has_on_any_other_machine() {
    let page = measured_at("?lab=figure-16-timeouts");
    let mut shown = rows(&page);
    assert_eq!(
        shown.remove(1),
        ["The paper: average 35 ms, worst 152 ms"],
        "what the paper says stands below the line"
    );
    let lines = PaperHalf::Timeout.lines();
    assert_eq!(shown.len(), lines.len());
    for (line, cells) in lines.iter().zip(&shown) {
        let experiment = line.experiment(PaperLine::DELAY);
        let outcomes: Vec<_> = (0..experiment.trials).map(|trial| experiment.trial(trial)).collect();
        let times = Distribution::of(Quantity::WithoutLeader, &outcomes);
        let expected = [
            times.quantile(50),
            times.median(),
            times.mean(),
            times.quantile(950),
            times.greatest(),
        ];
        let expected: Vec<_> = expected.iter().map(|time| millis(time.expect("it is known"))).collect();
        assert_eq!(cells[0], experiment.title);
        assert_eq!(cells[1..6], expected, "{}", experiment.title);
    }
}

#[test]
fn a_point_opens_the_run_that_it_stands_for_and_nothing_is_lost() {
    let page = with_a_leader();
    page.button("Kill S2").click();
    panel(&page, "Laboratory");
    page.button("Figure 16, timeouts").click();
    page.button("Run 5,000 trials").click();
    wait_for_notice(&page, "5,000 trials in ");
    // By the keyboard to the worst trial of the second line.
    page.get("slider", "Point of the plot").focus();
    page.press("ArrowDown");
    page.press("End");
    let said = |page: &Page| {
        page.execute("return document.querySelector('[role=slider].lab-chart').ariaValueText")
            .to_string()
    };
    page.wait_until("the point says what it stands for", |page| {
        said(page).contains("25–50 ms: 100 % of the trials have a leader within")
    });
    let worst = rows(&page)[2][5].clone();
    assert!(said(&page).contains(&worst), "{} is {worst}", said(&page));
    page.press("Enter");
    wait_for_notice(&page, "a leader is elected at");
    wait_for_notice(&page, "Your earlier run is kept");
    let notice = page
        .all("status")
        .iter()
        .map(headless::Node::text)
        .find(|text| text.contains("is elected at"));
    let notice = notice.expect("a notice");
    let number = |after: &str| {
        notice
            .split(after)
            .nth(1)
            .and_then(|rest| rest.split(' ').next().map(str::to_owned))
    };
    assert!(notice.contains(&format!("{worst} later")), "{notice}");
    let elected = number("elected at ")
        .expect("when")
        .replace('.', "")
        .parse::<u64>()
        .expect("a time");
    assert!(server(&page, 1).name().contains("crashed"), "it opens where S1 crashes");
    seek(&page, elected);
    assert!(status(&page).contains("No leader"), "{}", status(&page));
    seek(&page, elected + 1);
    assert!(status(&page).contains("leads term"), "{}", status(&page));
    panel(&page, "Branches");
    page.wait_for_text("Earlier");
}

/// The calculation stands beside what was measured, which opens a trial whose votes were split.
#[test]
fn split_votes_stand_beside_what_a_calculation_predicts() {
    let mut plain = plan(1000);
    plain.experiment.logs = InitialLogs::AsGiven;
    plain.compare = None;
    let page = stopped(Page::visit());
    drop_file(&page, &file::write_plan(&plain));
    wait_for_notice(&page, "1,000 trials in ");
    let shown = rows_of(&page, "Trials with split votes");
    let experiment = &plain.experiment;
    let split = (0..1000).filter(|trial| experiment.trial(*trial).split_votes > 0);
    let split: Vec<_> = split.collect();
    let measured = format!("{}.{}0 %", split.len() / 10, split.len() % 10);
    assert_eq!(shown, [["Your cluster", &measured, "3.44 %", "nothing"]]);
    page.button(&*format!("{measured}, open trial {}", split[0])).click();
    wait_for_notice(&page, "a leader is elected at");
    // Another one, while the laboratory is there.
    panel(&page, "Laboratory");
    plain.experiment.logs = InitialLogs::Different;
    drop_file(&page, &file::write_plan(&plain));
    page.wait_until("the other one has run", |page| {
        let shown = rows_of(page, "Trials with split votes");
        shown.first().is_some_and(|row| row[3] == "logs differ")
    });
}

/// A leader is elected soon, but followers stand again before they hear of it.
#[test]
fn where_no_leader_lasts_the_panel_says_so_and_counts_all_the_time() {
    let mut rare = plan(100);
    rare.experiment.config.timing.heartbeat_interval = Micros::from_secs(4);
    rare.compare = None;
    let page = stopped(Page::visit());
    drop_file(&page, &file::write_plan(&rare));
    wait_for_notice(&page, "100 trials in ");
    page.wait_for_text("whether one lasts is not seen");
    let median = |page: &Page| rows(page).first().map(|row| row[2].clone());
    let until_the_first = median(&page);
    page.button("Count all time without a leader").click();
    page.wait_until("all the time is counted", |page| {
        median(page).is_some_and(|median| Some(median) != until_the_first)
    });
    assert!(!page.text().contains("whether one lasts is not seen"));
    page.get("combobox", "Measure").fill("elected");
    page.wait_until("a trial has several leaders", |page| {
        median(page).is_some_and(|median| median.parse::<u32>().is_ok_and(|elected| elected > 1))
    });
}

/// What the reader has done on the ring is how each trial begins.
#[test]
fn trials_begin_as_the_run_on_the_ring() {
    let page = with_a_leader();
    panel(&page, "Laboratory");
    page.button("Your cluster").click();
    page.get("combobox", "A trial begins").fill("3");
    page.wait_for_text("Nothing is done in the run on the ring");
    page.wait_for_text("Needed: 1 to 200 actions");
    page.button("Kill S2").click();
    page.button("Take the run on the ring again").click();
    page.wait_for_text("Begins with 1 action");
    page.button("Run 1,000 trials").click();
    wait_for_notice(&page, "1,000 trials in ");
    assert_eq!(page.accessibility_problems(), [""; 0]);
    page.button("Copy link").click();
    wait_for_notice(&page, "The link is copied.");
    let copied = page.execute("return window.copied");
    let (_, fragment) = copied
        .as_str()
        .and_then(|link| link.split_once('#'))
        .expect("a fragment");
    let plan = link::decode(fragment).expect("an experiment");
    assert_eq!(plan.experiment.opening, Opening::Script);
    let killed = NodeId::new(1);
    assert_eq!(plan.experiment.leads_by_script(), Some(killed));
    let (at, action) = *plan.experiment.script.last().expect("an action");
    assert_eq!((plan.experiment.script.len(), action), (2, Action::kill(killed)));
    let shown = rows(&page);
    page.button(starting("Open trial")).click();
    wait_for_notice(&page, "the last action is done at");
    assert_eq!(now(&page), at.as_millis());
    assert!(server(&page, 2).name().contains("crashed"));
    assert_eq!(rows(&measured_at(&format!("#{fragment}"))), shown);
}

/// A far region and slow disks are part of the cluster that is measured.
#[test]
fn the_cluster_of_the_ring_is_measured_with_what_servers_and_links_have_of_their_own() {
    let page = stopped(Page::visit());
    let slow = "raft-playground 1\ntitle Far\nserver S1 S2 S3 S4 S5 disk-write 20 ms\nbranch 1 until 0.3 s\nvisit 1 at 0.3 s\n";
    drop_file(&page, slow);
    page.wait_for_text("Far");
    panel(&page, "Laboratory");
    page.button("Your cluster").click();
    page.wait_for_text("5 settings of single servers or links hold from the start.");
    assert!(page.text().contains("those of single servers and links included"));
}

/// Links of 80 ms, with pre-vote and without.
fn plan(trials: u32) -> LabPlan {
    let mut experiment = Experiment::paper().with_timeouts(Range::millis(1000, 2000));
    experiment.config.network.delay = Range::millis(80, 80);
    experiment.trials = trials;
    LabPlan {
        compare: Some(Rule::PreVote),
        ..LabPlan::from(experiment)
    }
}

#[test]
fn a_file_opens_and_its_link_opens_the_same() {
    let page = stopped(Page::visit());
    drop_file(&page, &file::write_plan(&plan(200)));
    wait_for_notice(&page, "400 trials in ");
    let shown = rows(&page);
    assert_eq!(shown.len(), 2);
    assert!(shown[0][0].contains("Pre-vote: off") && shown[1][0].contains("Pre-vote: on"));
    page.button("Copy link").click();
    wait_for_notice(&page, "The link is copied.");
    let copied = page
        .execute("return window.copied")
        .as_str()
        .expect("a link")
        .to_owned();
    let (_, fragment) = copied.split_once('#').expect("a fragment");
    assert_eq!(link::decode(fragment), Ok(plan(200)));
    page.button("Share").click();
    page.wait_for_text("An experiment has a link of its own");
    let opened = measured_at(&format!("#{fragment}"));
    assert_eq!(rows(&opened), shown);
}

#[test]
fn what_pre_vote_would_change_is_two_presses_away() {
    let page = with_a_leader();
    panel(&page, "Laboratory");
    page.button("Your cluster").click();
    page.button("With and without pre-vote").click();
    wait_for_notice(&page, "2,000 trials in ");
    assert_eq!(rows(&page).len(), 2);
    page.wait_for_text("With Pre-vote the median is");
    for form in ["Histogram", "Cumulative"] {
        page.button(form).click();
        page.wait_until("it is shown so", |page| page.button(form).is("pressed"));
        assert_eq!(page.accessibility_problems(), [""; 0], "{form}");
    }
}

#[test]
fn trials_that_take_too_long_are_cancelled() {
    let page = stopped(Page::visit());
    drop_file(&page, &file::write_plan(&plan(1_000_000)));
    page.button("Cancel").click();
    wait_for_notice(&page, "Cancelled.");
    assert!(page.find("button", "Cancel").is_none());
    assert_eq!(page.focused().expect("a focus").name(), "Run 2,000,000 trials");
}

#[test]
fn what_cannot_be_opened_says_why() {
    let whole = link::encode(&plan(200));
    for (fragment, why) in [
        (whole[..whole.len() - 6].to_owned(), "The link is"),
        (seal(vec![link::VERSION + 1, 7]), "made by a newer version"),
    ] {
        let page = stopped(Page::visit().at(&format!("#{fragment}")));
        page.wait_for("alert", headless::any());
        assert!(page.get("alert", headless::any()).text().contains(why), "{fragment}");
    }
    let page = stopped(Page::visit());
    drop_file(&page, "raft-lab 1\nservers 5\nbegin somehow\n");
    page.wait_for_text("“mine.lab” can't be opened. Line 3, “begin somehow”: expected “leader-crash”");
}

#[test]
fn on_a_phone_and_in_portuguese_it_is_all_there() {
    let visit = Page::visit().size(360, 740).language("pt-BR").dark();
    let page = stopped(visit.at("?lab=figure-16-timeouts"));
    wait_for_notice(&page, " ensaios em ");
    let across = page.execute("return document.documentElement.scrollWidth");
    assert!(
        across.as_u64().is_some_and(|across| across <= 360),
        "{across} pixels across"
    );
    assert_eq!(page.accessibility_problems(), [""; 0]);
    page.button(starting("Abrir o ensaio")).click();
    wait_for_notice(&page, "um leader é eleito aos");
    assert!(page.find("button", containing("S1, caído")).is_some());
}

#[test]
fn on_a_phone_no_number_has_to_be_scrolled_to() {
    for (width, name_and_numbers) in [(360, vec![1, 5, 1, 1, 5]), (1280, vec![6, 1, 6])] {
        let page = stopped(Page::visit().size(width, 800).at("?lab=figure-16-timeouts"));
        wait_for_notice(&page, " trials in ");
        let cells: Vec<_> = rows(&page).iter().map(Vec::len).take(name_and_numbers.len()).collect();
        assert_eq!(cells, name_and_numbers, "at {width}");
        let cut = page.execute(
            "return [...document.querySelectorAll('.lab-table')].filter((table) => table.scrollWidth > table.clientWidth).length",
        );
        assert_eq!(cut, 0, "at {width}");
        assert_eq!(page.accessibility_problems(), [""; 0]);
    }
}

#[test]
fn what_is_saved_says_what_was_tried() {
    let page = stopped(Page::visit().prelude(SAVED));
    drop_file(&page, &file::write_plan(&plan(200)));
    wait_for_notice(&page, "400 trials in ");
    let csv = downloaded(&page, "Trials (CSV)");
    let with = csv.lines().last().expect("a trial");
    assert!(with.starts_with("\"Pre-vote: on; Servers: 5; "), "{with}");
    assert!(with.contains("Delay of a message, one way: 80 ms"), "{with}");
    assert_eq!(csv.lines().count(), 401);
    let svg = downloaded(&page, "Plot (SVG)");
    assert!(svg.contains("Election timeout: 1000 ms–2000 ms; "), "{svg}");
    // The two lines differ in it, and the legend says so.
    assert!(!svg.contains("Rules: "), "{svg}");
}

/// What the plot says below it, and the trial that its button opens.
fn readout(page: &Page) -> String {
    let said = page.execute("return [...document.querySelectorAll('.lab-readout')].pop().innerText");
    said.as_str().unwrap_or_default().to_owned()
}

/// Moves the mouse to the mark of a line at half of its trials, in the plot that is in front, and presses its button.
#[track_caller]
fn mouse_at_half(page: &Page, line: &str, presses: bool) {
    let place = page.execute(&format!(
        "const plot = [...document.querySelectorAll('.lab-svg')].pop();
         const box = plot.querySelectorAll('.lab-mark.{line}')[1].getBoundingClientRect();
         return [box.x + box.width / 2, box.y + box.height / 2]",
    ));
    let [x, y] = [0, 1].map(|axis| place[axis].as_f64().expect("a place").round());
    let mut actions = vec![json!({ "type": "pointerMove", "duration": 0, "x": x, "y": y })];
    if presses {
        actions.extend(["pointerDown", "pointerUp"].map(|kind| json!({ "type": kind, "button": 0 })));
    }
    page.act(&json!({
        "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions,
    }));
}

/// The point under the mouse is the one that is read and opened, in the panel and in the large view; and what was chosen is there again
/// when the mouse has gone.
#[test]
fn the_mouse_reads_the_point_that_it_is_at() {
    let page = measured_at("?lab=figure-16-timeouts");
    // A pixel is half a percent.
    let is_near_half = |said: &str, line: &str| {
        let share = said.strip_prefix(line)?.strip_prefix(": ")?.split(' ').next()?;
        share.parse().ok().map(|share: f64| (share - 50.0).abs() <= 1.0)
    };
    for (mark, line) in [("lab-a", "12–24 ms"), ("lab-c", "50–100 ms"), ("lab-e", "150–300 ms")] {
        mouse_at_half(&page, mark, false);
        page.wait_until(&format!("half of {line} is read"), |page| {
            is_near_half(&readout(page), line) == Some(true)
        });
    }
    page.get("slider", "Point of the plot").focus();
    page.press("End");
    page.wait_until("the last point is chosen", |page| {
        readout(page).contains("100 % of the trials")
    });
    let chosen = readout(&page);
    mouse_at_half(&page, "lab-c", false);
    page.wait_until("another is read", |page| readout(page) != chosen);
    page.button("Share").hover();
    page.wait_until("what was chosen is back", |page| readout(page) == chosen);

    page.button("Large view").click();
    page.wait_for("dialog", "Large view");
    mouse_at_half(&page, "lab-c", true);
    page.wait_until_gone("dialog", "Large view");
    wait_for_notice(&page, "a leader is elected at");
    page.wait_for_text("50–100 ms, trial ");
}

/// As large as the window, each line by its name, in letters that are read from the back row.
#[test]
fn the_plot_is_shown_to_a_class() {
    let page = measured_at("?lab=figure-16-timeouts");
    for (width, height) in [(1024, 768), (1920, 1080), (360, 740)] {
        page.resize(width, height);
        page.button("Large view").click();
        page.wait_for("dialog", "Large view");
        let names = page.execute("return document.querySelector('.lab-large .lab-names').innerText");
        for line in PaperHalf::Timeout.lines() {
            let name = line.experiment(PaperLine::DELAY).title;
            assert!(
                names.as_str().is_some_and(|names| names.contains(&name)),
                "{name} in {names}"
            );
        }
        let shown = page.execute(
            "const plot = document.querySelector('.lab-large .lab-svg');
             const sheet = document.querySelector('.lab-large').getBoundingClientRect();
             const size = parseFloat(getComputedStyle(plot.querySelector('text')).fontSize) * plot.getScreenCTM().a;
             return [size, sheet.width - innerWidth, sheet.height - innerHeight,
                 document.querySelector('.lab-large').scrollHeight - innerHeight]",
        );
        let said = format!("{width} by {height}: {shown}");
        let least = if width > 1000 { 20.0 } else { 12.0 };
        assert!(shown[0].as_f64() >= Some(least), "{said}");
        for side in 1..=3 {
            assert_eq!(shown[side], 0, "{said}");
        }
        assert_eq!(page.accessibility_problems(), [""; 0]);
        page.press("Escape");
        page.wait_until_gone("dialog", "Large view");
    }
}
