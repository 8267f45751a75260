//! A phone, and all widths up to a projector: nothing is cut off, nothing is out of reach.

use headless::{Page, Visit, any, json, starting};

use crate::steps::{every_line, panel, panels, run_to, server, servers, stopped, wait_for_notice, wait_for_server};

const PHONE: (u32, u32) = (360, 740);

fn phone(visit: Visit) -> Page {
    stopped(visit.size(PHONE.0, PHONE.1))
}

fn overflow(page: &Page) -> i64 {
    page.execute("return document.documentElement.scrollWidth - innerWidth")
        .as_i64()
        .unwrap_or(i64::MAX)
}

#[test]
fn no_panel_makes_the_page_wider_than_a_phone() {
    for language in ["en-US", "pt-BR"] {
        let page = phone(Page::visit().language(language));
        for tab in panels(&page) {
            panel(&page, &tab);
            assert_eq!(overflow(&page), 0, "{tab}");
        }
    }
}

/// Where the tabs and the menu's button are that are always there, in the card that they are in.
const TAB_PLACES: &str = "
    const top = document.getElementById('panels').getBoundingClientRect().y;
    const tabs = [...document.querySelectorAll('[role=tab]')].slice(0, 5);
    return [...tabs, document.getElementById('more')].map((tab) => {
        const { x, y, width } = tab.getBoundingClientRect();
        return [x, y - top, width].map(Math.round);
    });";

/// On a laptop all stand in one row; and wherever they stand, none moves while the reader goes from one to the next.
#[test]
fn a_tab_never_moves_under_the_pointer() {
    for (language, size) in [
        ("en-US", (1280, 800)),
        ("pt-BR", (1280, 800)),
        ("en-US", (1920, 1080)),
        ("pt-BR", PHONE),
    ] {
        let page = stopped(Page::visit().language(language).size(size.0, size.1));
        let places = page.execute(TAB_PLACES);
        let rows: Vec<_> = places.as_array().into_iter().flatten().map(|place| &place[1]).collect();
        assert_eq!(rows.len(), 6);
        if size != PHONE {
            assert!(rows.iter().all(|row| *row == rows[0]), "one row: {places:?}");
        }
        for name in panels(&page) {
            panel(&page, &name);
            assert_eq!(page.execute(TAB_PLACES), places, "{name}, {language}, {size:?}");
        }
    }
}

/// Ring and panels are one above the other: who asks at the ring has to see the answer.
#[test]
fn an_answer_comes_into_sight_on_a_phone() {
    let page = phone(Page::visit());
    page.button("Why does nobody lead?").click();
    let [_, y, _, height] = page
        .get("region", starting("Why was there no leader with a majority at "))
        .bounds();
    assert!(
        y > 0.0 && y + height <= f64::from(PHONE.1) + 1.0,
        "the answer is in sight: {y}, {height}"
    );
    assert_eq!(page.execute("return scrollY"), 0, "and the reader is where they were");
}

/// Each is brought into view the way the browser does it for the keyboard, and then a pointer must reach it.
#[test]
fn everything_can_be_reached_on_a_phone() {
    let page = phone(Page::visit());
    page.all("tab")[0].click();
    every_line(&page);
    page.button("Filters").click();
    let mut reached = 0;
    for tab in panels(&page) {
        panel(&page, &tab);
        for role in [
            "button",
            "combobox",
            "textbox",
            "searchbox",
            "slider",
            "spinbutton",
            "tab",
            "switch",
        ] {
            let all = page.all(role);
            let enabled: Vec<_> = all.iter().filter(|node| !node.is("disabled")).collect();
            // What can't be scrolled into the window can't be hovered, and fails the test.
            enabled.iter().for_each(|node| node.hover());
            reached += enabled.len();
        }
    }
    assert!(reached > 100, "all panels have more than {reached} controls");
}

/// The controls that no pointer reaches, each brought into view first.
pub const OUT_OF_REACH: &str = "
    const reached = (control) => {
        control.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
        const box = control.getBoundingClientRect();
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return control.contains(top);
    };
    const shown = (control) => control.getClientRects().length > 0 && !control.closest('dialog');
    const controls = [...document.querySelectorAll('button, select, input, [role=button]')].filter(shown);
    return controls.length < 20 ? ['nearly everything'] : controls.filter((control) => !reached(control))
        .map((control) => control.ariaLabel ?? control.textContent);";

#[test]
fn at_no_width_does_one_control_lie_over_another() {
    for language in ["en-US", "pt-BR"] {
        let page = stopped(Page::visit().language(language));
        for width in [320, 360, 480, 701, 800, 900, 1001, 1100, 1280, 1920] {
            page.resize(width, 900);
            assert_eq!(overflow(&page), 0, "{width} px, {language}");
            assert_eq!(page.execute(OUT_OF_REACH), json!([]), "{width} px, {language}");
        }
    }
}

/// What is cut off or covered of the words at the ring's servers.
pub const CUT_WORDS: &str = "function () {
    const ring = this.ownerSVGElement;
    const place = (element) => element.getBoundingClientRect();
    const frame = place(ring);
    const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
    const words = [...ring.querySelectorAll('text')].filter((text) => text.checkVisibility() && text.textContent);
    const cut = words.filter((text) => {
        const box = place(text);
        return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
    });
    const over = words.flatMap((text, index) => words.slice(index + 1).filter((other) =>
        text.closest('[role=button]') !== other.closest('[role=button]') && !apart(place(text), place(other))));
    return [...cut.map((text) => 'cut: ' + text.textContent), ...over.map((text) => 'covered: ' + text.textContent)];
}";

#[test]
fn no_word_of_the_ring_is_cut_off_or_covered() {
    for (language, size) in [
        ("en-US", (1280, 800)),
        ("pt-BR", (1280, 800)),
        ("en-US", PHONE),
        ("pt-BR", PHONE),
    ] {
        let page = stopped(Page::visit().language(language).size(size.0, size.1));
        for servers_wanted in [1, 2, 3, 5, 7, 9] {
            let name = if language == "en-US" { "Servers" } else { "Servidores" };
            page.get("combobox", name).fill(&servers_wanted.to_string());
            page.wait_until("it is that cluster", |page| servers(page).len() == servers_wanted);
            // A crashed server has the longest words.
            for number in 1..=servers_wanted {
                page.press(&number.to_string());
            }
            let found = server(&page, 1).call(CUT_WORDS, &[]);
            let found: Vec<_> = found
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|text| text.as_str())
                .collect();
            assert_eq!(found, [""; 0], "{servers_wanted} servers, {language}, {size:?}");
        }
    }
}

#[test]
fn the_menu_stays_within_the_phone() {
    let page = phone(Page::visit());
    for number in 1..=5 {
        server(&page, number).long_press();
        let [x, y, width, height] = page.get("menu", any()).bounds();
        assert!(x >= 0.0 && x + width <= 360.0, "S{number}: {x} + {width}");
        assert!(y >= 0.0 && y + height <= 740.0, "S{number}: {y} + {height}");
        page.press("Escape");
        page.wait_until_gone("menu", any());
    }
}

/// What of ring, sentence, kill row and faults is not in sight above the timeline.
const BELOW: &str = "
    const end = document.querySelector('.time').getBoundingClientRect().top;
    return [...document.querySelectorAll('.status, .narration, #ring, .toolbar .small')]
        .filter((part) => part.getBoundingClientRect().bottom > end || part.getBoundingClientRect().top < 0)
        .map((part) => part.textContent.trim());";

#[test]
fn a_phone_shows_sentence_ring_kill_row_and_faults_at_once() {
    for language in ["en-US", "pt-BR"] {
        let page = phone(Page::visit().language(language));
        let scenario = if language == "en-US" { "Scenario" } else { "Cenário" };
        // The rules of the second differ from the paper's, which is said as well.
        for chosen in ["free", "figure-2", "minority-leader"] {
            page.get("combobox", scenario).fill(chosen);
            assert_eq!(page.execute(BELOW), json!([]), "{chosen}, {language}");
        }
    }
}

#[test]
fn the_choice_of_whom_to_cut_off_stays_within_the_phone() {
    for (language, cut_off) in [("en-US", "Cut off"), ("pt-BR", "Isolar")] {
        let page = phone(Page::visit().language(language));
        page.button(starting(cut_off)).click();
        for number in 1..=5 {
            let [x, _, width, _] = page.button(&format!("{cut_off} S{number}")).bounds();
            assert!(x >= 0.0 && x + width <= 360.0, "S{number}, {language}: {x} + {width}");
        }
    }
}

#[test]
fn a_phone_says_that_the_buttons_of_the_servers_kill() {
    const SAID_BEFORE: &str = "
        const place = (element) => element.getBoundingClientRect();
        const word = place(document.querySelector('.toolbar .field-name'));
        const middle = (word.top + word.bottom) / 2;
        return word.width > 0 && [...document.querySelectorAll('.kill')].map(place)
            .every((button) => word.right <= button.left && button.top < middle && middle < button.bottom);";
    for language in ["en-US", "pt-BR"] {
        let page = phone(Page::visit().language(language));
        assert_eq!(page.execute(SAID_BEFORE), true, "{language}");
    }
}

/// The screens of lectures, and those on which they are looked at again.
const SCREENS: [(u32, u32); 7] = [
    (1366, 768),
    (1280, 720),
    (1024, 768),
    (1920, 1080),
    (768, 1024),
    (360, 740),
    (1366, 650),
];

/// The smallest words of the ring: how high their letters are drawn, in pixels.
const SMALLEST_WORDS: &str = "function () {
    const ring = this.ownerSVGElement;
    const words = [...ring.querySelectorAll('.server text')].filter((text) => text.textContent);
    const scale = ring.getScreenCTM().a;
    return Math.min(...words.map((text) => parseFloat(getComputedStyle(text).fontSize) * scale));
}";

#[test]
fn the_words_of_the_ring_can_be_read_on_every_screen() {
    for (width, height) in SCREENS {
        let page = stopped(Page::visit().size(width, height));
        let smallest = server(&page, 1).call(SMALLEST_WORDS, &[]).as_f64().unwrap_or_default();
        assert!(smallest >= 11.0, "{width} by {height}: {smallest}");
    }
}

#[test]
fn on_a_projector_the_tab_of_a_panel_from_the_menu_is_in_the_row_of_the_others() {
    for (language, practice) in [("en-US", "Practice"), ("pt-BR", "Prática")] {
        let page = Page::visit().language(language).size(1024, 768).open();
        panel(&page, practice);
        let rows = page.execute(
            "return new Set([...document.querySelectorAll('[role=tab]')].map((tab) => tab.getBoundingClientRect().top)).size",
        );
        assert_eq!(rows, 1, "{language}");
    }
}

#[test]
fn every_tab_is_in_sight_without_scrolling_sideways() {
    for language in ["en-US", "pt-BR"] {
        let page = stopped(Page::visit().language(language));
        for (width, height) in SCREENS {
            page.resize(width, height);
            let cut = page.execute(
                "const row = document.querySelector('[role=tablist]').getBoundingClientRect();
                return [...document.querySelectorAll('[role=tab]')]
                    .filter((tab) => { const box = tab.getBoundingClientRect(); return box.left < row.left || box.right > row.right; })
                    .map((tab) => tab.textContent);",
            );
            assert_eq!(cut, json!([]), "{width} by {height}, {language}");
        }
    }
}

/// How much of the ring's middle, where the messages are, a menu covers, and how many servers beside its own.
const COVERED: &str = "
    const menu = document.querySelector('.menu').getBoundingClientRect();
    const ring = document.querySelector('#ring').getBoundingClientRect();
    const [x, y] = [ring.x + ring.width / 2, ring.y + ring.height / 2];
    const bodies = [...document.querySelectorAll('#ring .body')].map((body) => body.getBoundingClientRect());
    const covered = bodies.filter((body) => body.left < menu.right && menu.left < body.right && body.top < menu.bottom && menu.top < body.bottom);
    return [menu.left < x && x < menu.right && menu.top < y && y < menu.bottom, covered.length];";

#[test]
fn a_menu_stands_beside_its_server_and_leaves_the_ring_in_sight() {
    for (width, height) in [(1366, 768), (1280, 720), (1024, 768), (1920, 1080)] {
        let page = stopped(Page::visit().size(width, height));
        for number in 1..=5 {
            server(&page, number).right_click();
            page.wait_for("menu", any());
            let covered = page.execute(COVERED);
            assert_eq!(covered[0], false, "S{number}, {width} by {height}");
            assert!(
                covered[1].as_u64() <= Some(1),
                "S{number}, {width} by {height}: {covered}"
            );
            page.press("Escape");
            page.wait_until_gone("menu", any());
        }
    }
}

/// Buttons, tabs and servers that are smaller than a fingertip.
const TOO_SMALL: &str = "
    const shown = (control) => control.getClientRects().length > 0 && !control.closest('dialog');
    const size = (control) => (control.querySelector('.hit') ?? control).getBoundingClientRect();
    return [...document.querySelectorAll('button, select, summary, .server')].filter(shown)
        .filter((control) => size(control).width < 39.5 || size(control).height < 39.5)
        .map((control) => `${control.ariaLabel ?? control.textContent} ${size(control).width} by ${size(control).height}`);";

#[test]
fn on_a_phone_a_fingertip_hits_every_button_tab_and_server() {
    let page = phone(Page::visit());
    for tab in panels(&page) {
        panel(&page, &tab);
        assert_eq!(page.execute(TOO_SMALL), json!([]), "{tab}");
    }
}

/// What is told is told about the ring: both are in sight at once, and the reader has not been moved.
#[test]
fn a_phone_shows_the_ring_beside_an_explanation() {
    for (language, why) in [("en-US", "Why does"), ("pt-BR", "Por que")] {
        let page = phone(Page::visit().language(language));
        page.button(starting(why)).click();
        page.wait_until("the answer is there", |page| {
            page.execute("return document.querySelectorAll('.why-answer p, .why-step').length") != json!(0)
        });
        let below = page.execute(
            "const sheet = document.querySelector('.why-drawer').getBoundingClientRect();
            return [...document.querySelectorAll('#ring .body')]
                .map((body) => body.getBoundingClientRect())
                .filter(({ top, bottom }) => top < 0 || bottom > sheet.top).length;",
        );
        assert_eq!(below, json!(0), "{language}");
    }
}

/// A notice lies over the lanes, over nothing that is pressed, and is whole.
#[test]
fn a_notice_on_a_phone_covers_no_server_and_no_button() {
    let (crash, offer) = ("Kill S1", "Compare with its parent");
    let page = phone(Page::visit());
    run_to(&page, 300);
    crate::steps::seek(&page, 100);
    page.button(crash).click();
    page.wait_for("button", offer);
    let amiss = page.execute(
            "const notice = document.querySelector('.notice p');
            const box = notice.getBoundingClientRect();
            const covered = [...document.querySelectorAll('button, #ring .body, .narration, .status')]
                .filter((part) => part.checkVisibility() && !notice.contains(part))
                .filter((part) => {
                    const { x, y, width, height } = part.getBoundingClientRect();
                    const there = () => document.elementFromPoint(x + width / 2, y + height / 2);
                    const isCovered = notice.contains(there());
                    notice.style.pointerEvents = 'none';
                    const isElseInSight = part.contains(there());
                    notice.style.pointerEvents = '';
                    return isCovered && isElseInSight;
                })
                .map((part) => part.ariaLabel ?? part.textContent);
            const isWhole = box.top >= 0 && box.bottom <= innerHeight && box.right <= innerWidth && notice.scrollWidth <= notice.clientWidth;
            return [covered, isWhole];",
        );
    assert_eq!(amiss, json!([[], true]));
}

/// What tells how the rules differ covers no word of the ring, whatever is said there.
#[test]
fn a_phone_tells_modified_rules_beside_the_words_of_the_ring() {
    const COVERED: &str = "
        const badge = document.querySelector('.badge.modified').getBoundingClientRect();
        const words = [...document.querySelectorAll('#ring text, .status, .narration')].filter((text) => text.textContent);
        return words.map((text) => [text.textContent, text.getBoundingClientRect()])
            .filter(([, box]) => box.left < badge.right && badge.left < box.right && box.top + 2 < badge.bottom - 7 && badge.top + 7 < box.bottom - 2)
            .map(([text]) => text);";
    for (language, scenario) in [("en-US", "Scenario"), ("pt-BR", "Cenário")] {
        let page = phone(Page::visit().language(language));
        for chosen in ["figure-2", "figure-4"] {
            page.get("combobox", scenario).fill(chosen);
            page.wait_until("the rules are told", |page| {
                page.execute("return document.querySelector('.badge.modified') !== null") == true
            });
            for step in 0..40 {
                page.press("ArrowRight");
                assert_eq!(page.execute(COVERED), json!([]), "{chosen}, step {step}, {language}");
            }
        }
    }
}

/// Left, top, right and bottom of the ring's servers together, of the line that says who leads, of the panels and of the time.
const STAYING: &str = "
    const place = (all) => {
        const boxes = [...document.querySelectorAll(all)].map((each) => each.getBoundingClientRect());
        return [Math.min(...boxes.map((box) => box.top)), Math.max(...boxes.map((box) => box.bottom))].map(Math.round);
    };
    return [place('#ring .body'), place('.status'), place('#panels'), place('.time')];";

/// Whoever scrolls down to the panel goes on to see who leads, and the ring.
#[test]
fn the_ring_stays_in_sight_while_the_panel_is_read_on_a_phone() {
    for language in ["en-US", "pt-BR"] {
        let page = phone(Page::visit().language(language));
        for count in ["5", "4", "7", "9"] {
            let name = if language == "en-US" { "Servers" } else { "Servidores" };
            page.get("combobox", name).fill(count);
            page.execute("scrollTo({ top: 9999, behavior: 'instant' })");
            page.wait_until("it has scrolled", |page| {
                page.execute("return scrollY").as_f64() > Some(300.0)
            });
            let said = |page: &Page| format!("{count} servers, {language}: {}", page.execute(STAYING));
            let edges = |page: &Page| {
                let places = page.execute(STAYING);
                let edge = |part: usize, side: usize| places[part][side].as_i64().unwrap_or(i64::MAX);
                [
                    edge(0, 0),
                    edge(0, 1),
                    edge(1, 0),
                    edge(1, 1),
                    edge(2, 0),
                    edge(2, 1),
                    edge(3, 0),
                ]
            };
            page.wait_until(&format!("all is in its place, {}", said(&page)), |page| {
                let [ring, ring_end, status, status_end, panels, panels_end, time] = edges(page);
                status >= 0
                    && ring >= status_end
                    && ring_end <= panels
                    && panels_end <= time
                    && panels_end - panels >= 250
            });
        }
        // Asking moves nobody.
        let before = page.execute("return scrollY");
        page.button(starting(if language == "en-US" { "Why" } else { "Por que" }))
            .click();
        page.wait_until("the answer is there", |page| {
            page.execute("return document.querySelectorAll('.why-answer p, .why-step').length") != json!(0)
        });
        assert_eq!(page.execute("return scrollY"), before);
        let covered = page.execute(
            "const sheet = document.querySelector('.why-drawer').getBoundingClientRect();
            return [...document.querySelectorAll('#ring .body')].map((body) => body.getBoundingClientRect())
                .filter(({ top, bottom }) => top < 0 || bottom > sheet.top).length;",
        );
        assert_eq!(covered, 0, "{language}");
    }
}

#[test]
fn speed_seed_and_jump_are_named_on_a_phone() {
    for language in ["en-US", "pt-BR"] {
        let page = phone(Page::visit().language(language));
        let names = page.execute(
            "return ['.speed-field', '.seed-field', '.jump'].map((field) => document.querySelector(`${field} .field-name`))
                .map((name) => name.checkVisibility() && name.getBoundingClientRect().width > 10);",
        );
        assert_eq!(names, json!([true, true, true]), "{language}");
    }
}

/// The story is far below the rings.
#[test]
fn whoever_asks_what_if_not_sees_the_rings() {
    let page = phone(Page::visit());
    run_to(&page, 250);
    server(&page, 4).click();
    wait_for_server(&page, 4, "crashed");
    run_to(&page, 400);
    page.button("What if not? You crashed S4").click();
    page.wait_for("button", "Control this one");
    page.wait_until("they are in sight", |page| {
        page.execute(
            "const { top } = document.querySelector('.future').getBoundingClientRect();
             return top >= 0 && top < innerHeight / 2;",
        ) == true
    });
}

/// What to watch stands below all that can be pressed: as a scenario opens it is told beside the ring, and the ring stays.
#[test]
fn a_phone_tells_what_to_watch_as_a_scenario_opens() {
    let ring = "return Math.round(document.querySelector('#ring').getBoundingClientRect().top)";
    for (language, choice, scenario, told) in [
        (
            "en-US",
            "Scenario",
            "stale-log",
            "S1's last entry has reached all but S5",
        ),
        (
            "pt-BR",
            "Cenário",
            "three-regions",
            "S5 fica longe das outras duas regiões",
        ),
    ] {
        let page = phone(Page::visit().language(language));
        let before = page.execute(ring);
        page.get("combobox", choice).fill(scenario);
        wait_for_notice(&page, told);
        assert_eq!(page.execute(ring), before, "{language}");
        let amiss = page.execute(
            "const { top, bottom } = document.querySelector('.notice p').getBoundingClientRect();
             const free = (part) => { const box = part.getBoundingClientRect(); return box.bottom <= top + 1 || box.top >= bottom - 1; };
             const parts = [...document.querySelectorAll('#ring .body, .toolbar button, .transport button')];
             return [top >= 0 && bottom <= innerHeight, parts.filter((part) => !free(part)).map((part) => part.ariaLabel ?? part.textContent)];",
        );
        assert_eq!(amiss, json!([true, []]), "{language}");
    }
}
