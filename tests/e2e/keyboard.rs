//! The keyboard alone is enough: everything is reached, focus is seen, and single keys can be switched off.

use headless::{Page, starting};

use crate::steps::{at_the_start, every_line, leader, now, panel, server, servers, wait_for_server, with_a_leader};

/// What has the focus, as `role name`; nothing if it is the page as a whole.
fn focused(page: &Page) -> String {
    let node = page.focused();
    node.map(|node| format!("{} {}", node.role(), node.name()))
        .unwrap_or_default()
}

/// Whether the focus can be seen: an outline, the ring around a server, or the line between two.
const FOCUS_IS_SEEN: &str = "
    const seen = (style, width, colour) =>
        parseFloat(width) > 0 && !/^rgba\\(.*, 0\\)$|^transparent$|^none$/.test(colour);
    const own = getComputedStyle(document.activeElement);
    if (own.outlineStyle !== 'none' && seen(own, own.outlineWidth, own.outlineColor)) return true;
    return [...document.activeElement.querySelectorAll('circle, line')].some((circle) => {
        const style = getComputedStyle(circle);
        const focus = getComputedStyle(document.documentElement).getPropertyValue('--focus').trim();
        const probe = document.createElement('i');
        document.body.append(probe);
        probe.style.color = focus;
        const wanted = getComputedStyle(probe).color;
        probe.remove();
        return style.stroke === wanted && parseFloat(style.strokeWidth) >= 2;
    });";

#[test]
fn tab_goes_through_everything_in_reading_order_and_is_seen() {
    let page = at_the_start();
    let mut order = Vec::new();
    for _ in 0..60 {
        page.press("Tab");
        let name = focused(&page);
        if name.is_empty() || order.contains(&name) {
            break;
        }
        assert_eq!(page.execute(FOCUS_IS_SEEN), true, "the focus on {name} is seen");
        order.push(name);
    }
    let servers = (1..=5).map(|number| format!("button {}", server(&page, number).name()));
    let expected: Vec<String> = [
        "link Skip to the cluster",
        "combobox Scenario",
        "combobox Servers",
        "button First lesson",
        "button Share",
        "combobox Language",
        "button Theme: system",
        "button Help",
        "button Why does nobody lead?",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain(servers)
    .chain(
        [
            "button Link S1–S2: both ways",
            "button Kill S1",
            "button Kill S2",
            "button Kill S3",
            "button Kill S4",
            "button Kill S5",
            "button Undo",
            "button Redo",
            "button Crash leader",
            "button Split vote",
            "button Cut off…",
            "button Slow network",
            "button Heal all",
            "tab Log",
            "button More",
            "button Story",
            "button Every line",
            "button Lines: Start",
            "combobox Jump to",
            "button Previous leader change",
            "button Next leader change",
            "button Zoom out",
            "button Zoom in",
            "button Fit all",
            "button Move left",
            "button Move right",
            "slider Time",
            "button Reset",
            "button Step back",
            "button Play",
            "button Step",
            "button Pace: auto",
            "slider Speed",
            "textbox Seed",
            "button New seed",
        ]
        .map(str::to_owned),
    )
    .collect();
    assert_eq!(order, expected);
}

#[test]
fn enter_and_space_crash_a_server_and_restart_it() {
    let page = with_a_leader();
    for key in ["Enter", "Space"] {
        server(&page, 2).focus();
        page.press(key);
        wait_for_server(&page, 2, "crashed");
        assert!(focused(&page).starts_with("button S2, crashed"), "{}", focused(&page));
        page.press(key);
        wait_for_server(&page, 2, "follower");
    }
    page.wait_for("button", "Play");
}

/// What was clicked is done with: Space plays and pauses and arrows step time, again and again. Only what is typed into keeps
/// its keys.
#[test]
fn after_a_click_space_plays_and_arrows_step() {
    let page = with_a_leader();
    let follower = leader(&page) % 5 + 1;
    let clicks: [&dyn Fn(); 5] = [
        &|| server(&page, follower).click(),
        &|| page.button(starting(format!("Restart S{follower}").as_str())).click(),
        &|| page.get("tab", "Servers").click(),
        &|| page.button(starting("Link S1–S2")).click(),
        &|| page.get("slider", "Speed").click(),
    ];
    for click in clicks {
        click();
        let before = (servers(&page), page.get("slider", "Speed").value().to_owned());
        let down = before.0[follower - 1].contains("crashed");
        for button in ["Pause", "Play"] {
            page.press("Space");
            page.wait_for("button", button);
        }
        assert_eq!(server(&page, follower).name().contains("crashed"), down, "{before:?}");
        let instant = now(&page);
        page.press("ArrowRight");
        page.wait_until("a step was made", |page| now(page) > instant);
        page.press("ArrowLeft");
        page.wait_until("it was taken back", |page| now(page) <= instant);
        assert!(page.find("tab", "Servers").is_some() && page.get("slider", "Speed").value() == before.1);
    }
    assert!(
        page.find("tabpanel", "Servers").is_some(),
        "arrows did not leave the tab"
    );
    page.get("textbox", "Seed").click();
    let instant = now(&page);
    page.press("Space");
    page.press("ArrowLeft");
    assert_eq!((now(&page), page.find("button", "Play").is_some()), (instant, true));
}

/// The same controls, reached by the keyboard, also after something was clicked: its ring is seen, and keys are theirs.
#[test]
fn where_the_keyboard_brought_the_focus_keys_do_what_they_do_everywhere() {
    let page = with_a_leader();
    server(&page, 1).click();
    wait_for_server(&page, 1, "crashed");
    assert_eq!(page.execute(FOCUS_IS_SEEN), false, "a click shows no focus");
    page.press("x");
    assert_eq!(page.execute(FOCUS_IS_SEEN), false, "nor does it once a key was pressed");
    page.press("Tab");
    assert!(focused(&page).starts_with("button S2, "), "{}", focused(&page));
    assert_eq!(page.execute(FOCUS_IS_SEEN), true);
    let instant = now(&page);
    page.press("Space");
    wait_for_server(&page, 2, "crashed");
    page.button("Kill S3").focus();
    page.press("Space");
    wait_for_server(&page, 3, "crashed");
    page.get("tab", "Log").focus();
    page.press("ArrowRight");
    page.wait_for("tabpanel", "Servers");
    assert_eq!(now(&page), instant);
    page.wait_for("button", "Play");
}

#[test]
fn a_servers_menu_opens_closes_and_acts_by_keys() {
    let page = with_a_leader();
    let number = leader(&page) % 5 + 1;
    server(&page, number).focus();
    page.press("Shift+F10");
    page.wait_for("menu", &format!("Actions for S{number}"));
    assert!(focused(&page).starts_with("menuitem Crash"), "{}", focused(&page));
    page.press("ArrowDown");
    assert!(focused(&page).starts_with("menuitem Pause"), "{}", focused(&page));
    page.press("ArrowUp");
    page.press("ArrowUp");
    let timer = format!("spinbutton S{number}'s election timer expires in");
    assert!(
        focused(&page).starts_with(&timer),
        "from first to last: {}",
        focused(&page)
    );
    page.press("ArrowUp");
    assert!(focused(&page).starts_with("menuitem Why?"), "{}", focused(&page));
    page.press("Home");
    page.press("Escape");
    page.wait_until_gone("menu", headless::any());
    assert!(
        focused(&page).starts_with(&format!("button S{number}, ")),
        "{}",
        focused(&page)
    );

    page.press("Shift+F10");
    page.wait_for("menuitem", starting("Pause"));
    page.press("ArrowDown");
    page.press("Enter");
    wait_for_server(&page, number, "paused");
    assert!(
        focused(&page).starts_with(&format!("button S{number}, ")),
        "{}",
        focused(&page)
    );
}

#[test]
fn single_keys_play_step_reset_and_more() {
    let page = at_the_start();
    page.press("ArrowRight");
    page.wait_until("a step was made", |page| now(page) > 0);
    page.press("Space");
    page.wait_for("button", "Pause");
    page.press("Space");
    page.wait_for("button", "Play");
    page.press("r");
    page.wait_until("it is the start", |page| now(page) == 0);

    page.press("5");
    wait_for_server(&page, 5, "crashed");
    page.press("5");
    wait_for_server(&page, 5, "follower");
    page.press("9");

    let before: i32 = page.get("slider", "Speed").value().parse().expect("a step");
    let speed = |page: &Page| page.get("slider", "Speed").value().parse::<i32>().expect("a step");
    page.press("+");
    page.wait_until("it is faster", |page| speed(page) > before);
    for _ in 0..4 {
        page.press("-");
    }
    page.wait_until("it is slower", |page| speed(page) < before);
    page.press("0");
    page.wait_until("the run sets its pace again", |page| {
        page.button("Pace: auto").attribute("aria-pressed").as_deref() == Some("true") && speed(page) == before
    });

    page.press("p");
    page.wait_for("tabpanel", "Servers");
    page.press("?");
    page.wait_for("dialog", "How to use the playground");
    assert_eq!(page.console(), []);
}

#[test]
fn the_help_sheet_closes_by_escape_and_gives_the_focus_back() {
    let page = at_the_start();
    page.button("Help").focus();
    page.press("Enter");
    page.wait_for("dialog", "How to use the playground");
    page.press("5");
    page.press("Escape");
    page.wait_until_gone("dialog", headless::any());
    assert_eq!(focused(&page), "button Help");
    assert!(
        !server(&page, 5).name().contains("crashed"),
        "keys pressed in the sheet stay there"
    );
    page.press("Enter");
    page.wait_for("dialog", "How to use the playground");
    page.button("Close").click();
    page.wait_until_gone("dialog", headless::any());
}

#[test]
fn single_keys_can_be_switched_off_for_good() {
    let page = at_the_start();
    page.press("?");
    page.get("switch", "Single-key shortcuts are on").click();
    page.press("Escape");
    page.wait_until_gone("dialog", headless::any());

    for key in ["5", "p", "?", "ArrowRight", "Space", "r"] {
        page.press(key);
    }
    let nothing_happened = |page: &Page| {
        assert!(!server(page, 5).name().contains("crashed"));
        assert!(page.find("tabpanel", "Log").is_some());
        assert!(page.find("dialog", headless::any()).is_none());
    };
    nothing_happened(&page);
    assert_eq!(now(&page), 0);
    page.wait_for("button", "Play");

    page.reload();
    page.press("5");
    page.press("p");
    nothing_happened(&page);
    server(&page, 5).focus();
    page.press("Enter");
    wait_for_server(&page, 5, "crashed");
}

#[test]
fn tabs_are_chosen_by_arrows() {
    let page = Page::open();
    page.get("tab", "Log").focus();
    for (key, name) in [
        ("ArrowRight", "Servers"),
        ("ArrowLeft", "Log"),
        ("ArrowLeft", "Rules"),
        ("ArrowRight", "Log"),
        ("End", "Rules"),
        ("Home", "Log"),
    ] {
        page.press(key);
        page.wait_for("tabpanel", name);
        assert_eq!(focused(&page), format!("tab {name}"), "after {key}");
    }
}

#[test]
fn the_menu_of_panels_opens_closes_and_chooses_by_keys() {
    let page = at_the_start();
    page.button("More").focus();
    page.press("Enter");
    page.wait_for("menu", "More");
    for (key, name) in [
        ("", "Lessons…"),
        ("ArrowDown", "Practice"),
        ("ArrowUp", "Lessons…"),
        ("ArrowUp", "Terminals"),
        ("ArrowDown", "Lessons…"),
        ("End", "Terminals"),
        ("Home", "Lessons…"),
    ] {
        if !key.is_empty() {
            page.press(key);
        }
        page.wait_until(&format!("{name} has the focus"), |page| {
            focused(page) == format!("menuitem {name}")
        });
    }
    page.press("5");
    page.press("Escape");
    page.wait_until_gone("menu", headless::any());
    assert_eq!(focused(&page), "button More");
    assert!(
        !server(&page, 5).name().contains("crashed"),
        "keys pressed in the menu stay there"
    );

    page.press("Enter");
    page.wait_for("menu", "More");
    page.press("ArrowDown");
    page.press("ArrowDown");
    page.press("Enter");
    page.wait_for("tabpanel", "Laboratory");
    page.wait_until("its tab has the focus", |page| focused(page) == "tab Laboratory");
    page.press("ArrowRight");
    page.wait_for("tabpanel", "Log");
    assert!(
        page.find("tab", "Laboratory").is_none(),
        "its tab is there only while it is shown"
    );
}

/// Wherever it is asked, the answer comes as one drawer, which takes the focus and gives it back.
#[test]
fn an_answer_takes_the_focus_and_gives_it_back() {
    let page = with_a_leader();
    let first = leader(&page);
    let asked = format!("Why does S{first} lead?");
    page.button(asked.as_str()).focus();
    page.press("Enter");
    let answer = format!("Why did S{first} lead at ");
    page.wait_for("region", starting(answer.as_str()));
    assert!(focused(&page).starts_with(&format!("heading {answer}")));
    page.press("Escape");
    page.wait_until_gone("region", starting(answer.as_str()));
    assert_eq!(focused(&page), format!("button {asked}"));

    page.button(starting("Why? S2 won term 1")).focus();
    page.press("Enter");
    page.wait_for("region", starting("Why? S2 wins term 1"));
    page.wait_for_text("S2 became leader of term 1");
    page.button("Close").click();
    page.wait_until_gone("region", starting("Why? S2 wins term 1"));
    assert_eq!(focused(&page), "button Why? S2 won term 1");

    server(&page, 3).focus();
    page.press("Shift+F10");
    page.wait_for("menu", "Actions for S3");
    page.get("menuitem", starting("Why?")).click();
    page.wait_for("region", starting("Why was S3 in this state at "));
    page.press("Escape");
    page.wait_until("its server has the focus", |page| {
        focused(page).starts_with("button S3, ")
    });
}

#[test]
fn typing_is_only_typing() {
    let page = at_the_start();
    every_line(&page);
    page.get("searchbox", "Search").focus();
    page.type_text("r 5p?+-");
    page.press("ArrowRight");
    assert_eq!(page.get("searchbox", "Search").value(), "r 5p?+-");
    page.get("textbox", "Seed").focus();
    page.press("End");
    page.type_text("51");
    page.press("ArrowRight");
    panel(&page, "Network");
    page.get("spinbutton", "Heartbeat interval").focus();
    page.type_text("5");
    page.get("slider", "Speed").focus();
    page.press("ArrowRight");

    assert!(page.find("dialog", headless::any()).is_none());
    assert!(!server(&page, 5).name().contains("crashed"));
    assert_eq!((now(&page), page.find("button", "Play").is_some()), (0, true));
    assert!(page.find("tabpanel", "Network").is_some());
}

#[test]
fn the_first_link_skips_to_the_cluster() {
    let page = at_the_start();
    page.press("Tab");
    assert_eq!(focused(&page), "link Skip to the cluster");
    page.press("Enter");
    page.press("Tab");
    assert!(focused(&page).starts_with("button S1, "), "{}", focused(&page));
}
