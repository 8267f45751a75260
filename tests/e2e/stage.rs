//! Nothing moves but what the run moves, and nothing that is said is cut off: everything on the page has its fixed room.

use headless::{Page, Value, json};

use crate::steps::stopped;

/// Sizes of laptops, a projector and a phone.
const SIZES: [(u32, u32); 4] = [(1280, 800), (1366, 768), (1920, 1080), (360, 740)];

/// Opens a scenario, plays three seconds of it, and looks at it at many instants of them; then crashes a server in the past, where a
/// branch begins, and plays on. With a `preset` of the Rules panel its bug is in force first, and what its hint says is done. Says
/// what has moved meanwhile, and what was cut off.
const LOOK_AT_SCENARIO: &str = "
    const [scenario, preset, action] = arguments;
    const soon = () => new Promise((done) => setTimeout(done));
    const send = (element, type) => element.dispatchEvent(new Event(type, { bubbles: true }));
    const press = (key) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    const time = () => document.querySelector('.time-slider');
    const seek = async (millis) => { time().value = millis; send(time(), 'input'); await soon(); };
    const choice = document.querySelector('select.scenario');
    choice.value = scenario;
    send(choice, 'change');
    await soon();
    const end = 3000;
    const named = (name) => [...document.querySelectorAll('button')].find((button) => button.checkVisibility() && button.textContent.trim() === name);
    if (preset) {
        document.querySelector('.preset') ?? [...document.querySelectorAll('[role=tab]')].find((tab) => tab.textContent.startsWith('Rules')).click();
        for (let tries = 0; tries < 400 && !named(preset); tries++) await new Promise((done) => setTimeout(done, 10));
        named(preset).click();
        await soon();
        if (action) { named(action).click(); await soon(); }
    }
    // As fast as it goes; then at the pace that the run asks for, as the reader has it.
    const speed = document.querySelector('.speed-slider');
    speed.value = speed.max;
    send(speed, 'input');
    await soon();
    const plays = (wanted) => {
        if (document.querySelector('.play').textContent.trim().startsWith('Pau') !== wanted) document.querySelector('.play').click();
    };
    // It stops where a property breaks.
    while (Number(time().max) < end) { plays(true); await new Promise((done) => setTimeout(done, 20)); }
    plays(false);
    await soon();
    document.querySelector('.auto-pace').click();
    await soon();
    const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2];
    const name = (button) => (button.ariaLabel ?? button.textContent).split(':')[0];
    const look = () => new Map([
        ...[...document.querySelectorAll('#ring .server')].map((server) =>
            [server.id, middle(server.querySelector('.hit').getBoundingClientRect())]),
        ...[...document.querySelectorAll('button, select, input, [role=button]:not(.server), [role=tab]')]
            .filter((button) => button.checkVisibility() && !button.closest('[role=tabpanel]'))
            .map((button) => [name(button), button.getBoundingClientRect()])
            .map(([name, { x, y, width, height }]) => [name, [x, y, width, height]]),
    ]);
    const cut = (element) => element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1;
    const amiss = new Map();
    const find = (what, how) => { if (!amiss.has(what)) amiss.set(what, `${what} ${how}`); };
    await seek(0);
    const first = look();
    const compare = (when) => {
        for (const [name, box] of look()) {
            const before = first.get(name);
            if (before?.some((edge, index) => Math.abs(edge - box[index]) > 0.5)) find(name, `had moved ${when}: ${before} to ${box}`);
        }
    };
    document.querySelector('.play').click();
    await soon();
    compare('as it played');
    document.querySelector('.play').click();
    for (let part = 0; part <= 30; part++) {
        const millis = Math.round(end * part / 30);
        await seek(millis);
        compare(`at ${millis} ms`);
        for (const part of document.querySelectorAll('.status, .narration, .says, .legend-room')) {
            if (cut(part)) find(part.className, `was cut off at ${millis} ms: ${part.textContent}`);
        }
    }
    if (preset && !document.querySelector('.badge.broken')) find('nothing', 'was broken');
    // In the past, what is done begins a branch.
    await seek(Math.round(end / 2));
    document.querySelector('.kill:not(:disabled)').click();
    await soon();
    if (!document.querySelector('.transport .select')) find('no branch', 'began');
    compare('when a branch began');
    document.querySelector('.play').click();
    await new Promise((done) => setTimeout(done, 300));
    document.querySelector('.play').click();
    await soon();
    compare('in the branch');
    return [...amiss.values()].slice(0, 12);";

/// The scenarios that can be chosen.
fn scenarios(page: &Page) -> Vec<Value> {
    let all =
        page.execute("return [...document.querySelector('select.scenario').options].map((option) => option.value).filter((value) => value !== 'lessons')");
    all.as_array().cloned().unwrap_or_default()
}

/// What has moved or was cut off of what is looked at.
fn amiss(page: &Page, arguments: &Value, looked_at: &str) -> Vec<Value> {
    let amiss = page.browser().execute(LOOK_AT_SCENARIO, arguments);
    let amiss = amiss.unwrap_or_else(|error| json!([error.to_string()]));
    let is_looked_at = |what: &Value| what.as_str().is_some_and(|what| what.starts_with(looked_at));
    amiss
        .as_array()
        .cloned()
        .unwrap_or_default()
        .into_iter()
        .filter(is_looked_at)
        .collect()
}

/// What is looked at: all that has its place, or what is named so.
fn look_at_every_scenario(language: &str, sizes: &[(u32, u32)], looked_at: &str) {
    let page = stopped(Page::visit().language(language));
    let scenarios = scenarios(&page);
    assert!(scenarios.len() >= 15, "{scenarios:?}");
    let mut found = Vec::new();
    for (width, height) in sizes {
        page.resize(*width, *height);
        for scenario in &scenarios {
            let amiss = amiss(&page, &json!([scenario]), looked_at);
            if !amiss.is_empty() {
                found.push(format!("{scenario} at {width} by {height}: {amiss:?}"));
            }
        }
    }
    assert_eq!(found, [""; 0]);
}

#[test]
fn nothing_moves_but_what_the_run_moves() {
    look_at_every_scenario("en-US", &SIZES, "");
}

#[test]
fn nothing_moves_but_what_the_run_moves_in_portuguese_either() {
    look_at_every_scenario("pt-BR", &SIZES, "");
}

/// Nor when a property breaks: what says so has its room before.
#[test]
fn nothing_moves_when_a_property_breaks() {
    let page = stopped(Page::visit());
    for (width, height) in SIZES {
        page.resize(width, height);
        let amiss = amiss(&page, &json!(["free", "Votes twice", "Align timers"]), "");
        assert_eq!(amiss, [] as [Value; 0], "at {width} by {height}");
    }
}

/// Portuguese sentences are the longest, and beside the panels a window of this width has the least room for them.
#[test]
fn no_server_moves_in_a_narrow_window_in_portuguese() {
    look_at_every_scenario("pt-BR", &[(1024, 768)], "server-");
}
