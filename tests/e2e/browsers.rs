//! The first minute in every browser that is installed, by plain WebDriver: an election, a crash, the next election, *Why?*, the
//! panels, the other language, a small window; and what is loaded when it is wanted: a lesson, a search, trials. A browser that is
//! not installed is passed over, and that is said.
//!
//! The other modules go by role and name through Chromium's own protocol. What to install is in CONTRIBUTING.md.

use std::fs;
use std::time::Duration;

use headless::{Browser, Engine, Options, Site, Value, json, locate, project};

/// Browsers other than the one of this suite are slow to start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(40);

/// A visit in one of the browsers.
struct Guest {
    browser: Browser,
    engine: Engine,
    _site: Site,
}

impl Guest {
    /// Opens the page at an address below the site's; `None` if the browser is not installed.
    fn open(engine: Engine, address: &str) -> Option<Self> {
        if !locate::is_installed(engine) {
            println!("{engine:?} is not installed: its part of this test was passed over");
            return None;
        }
        let site = Site::serve(project().join("dist"), "/").unwrap();
        let browser = Browser::start_engine(engine, &Options::default()).unwrap();
        browser.open(&(site.url() + address)).unwrap();
        let guest = Self {
            browser,
            engine,
            _site: site,
        };
        guest.wait_for(
            "the program",
            "return !document.getElementById('boot') && !document.querySelector('[aria-busy=true]')",
        );
        guest.run("window.failed = []; addEventListener('error', (event) => failed.push(event.message));");
        Some(guest)
    }

    #[track_caller]
    fn run(&self, script: &str) -> Value {
        match self.browser.execute(script, &json!([])) {
            Ok(value) => value,
            Err(error) => panic!("{:?}: {error}", self.engine),
        }
    }

    /// Waits until a script returns true.
    #[track_caller]
    fn wait_for(&self, what: &str, script: &str) {
        let waited = self
            .browser
            .wait_until(what, PATIENCE, || Ok(self.browser.execute(script, &json!([]))? == true));
        if let Err(error) = waited {
            self.picture("failed");
            panic!("{:?}: {error}", self.engine);
        }
    }

    /// Waits until something is said beside the ring.
    #[track_caller]
    fn wait_for_word(&self, text: &str) {
        self.wait_for(
            text,
            &format!("return document.querySelector('.ring-panel').innerText.includes('{text}')"),
        );
    }

    /// The middle of the element that a script's expression stands for.
    #[track_caller]
    fn place(&self, element: &str) -> [i64; 2] {
        let place = self.run(&format!(
            "const element = {element};
             element.scrollIntoView({{ block: 'nearest' }});
             const box = element.getBoundingClientRect();
             return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];"
        ));
        [0, 1].map(|index| place[index].as_i64().unwrap())
    }

    /// Presses an element with the pointer, and lets it go at the places that follow, in turn.
    #[track_caller]
    fn drag(&self, element: &str, through: &[[i64; 2]]) {
        let [x, y] = self.place(element);
        let mut actions = vec![
            json!({ "type": "pointerMove", "x": x, "y": y, "duration": 0 }),
            json!({ "type": "pointerDown", "button": 0 }),
        ];
        for [x, y] in through {
            actions.push(json!({ "type": "pointerMove", "x": x, "y": y, "duration": 50 }));
        }
        actions.push(json!({ "type": "pointerUp", "button": 0 }));
        let pointer = json!([{
            "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions,
        }]);
        self.browser.actions(&pointer).unwrap();
    }

    #[track_caller]
    fn press(&self, element: &str) {
        self.drag(element, &[]);
    }

    fn key(&self, key: &str) {
        let keys = json!([{
            "type": "key", "id": "keys",
            "actions": [{ "type": "keyDown", "value": key }, { "type": "keyUp", "value": key }],
        }]);
        self.browser.actions(&keys).unwrap();
    }

    /// Leaves a picture in `target/e2e/`.
    fn picture(&self, name: &str) {
        let folder = project().join("target/e2e");
        fs::create_dir_all(&folder).unwrap();
        let name = format!("{:?}-{name}.png", self.engine).to_lowercase();
        fs::write(folder.join(name), self.browser.screenshot().unwrap()).unwrap();
    }
}

/// The first element of a kind whose text is this.
fn called(selector: &str, text: &str) -> String {
    format!("[...document.querySelectorAll('{selector}')].find((one) => one.textContent.trim() === '{text}')")
}

fn first_minute(engine: Engine) {
    let Some(guest) = Guest::open(engine, "") else {
        return;
    };
    guest.wait_for_word("leads term 1");
    guest.picture("leader");
    guest.press("document.querySelector('.server.leader .body')");
    guest.wait_for("a crash", "return !!document.querySelector('.server.crashed')");
    guest.wait_for_word("leads term 2");

    // After a press with the pointer, Space pauses.
    guest.key(" ");
    guest.wait_for("a pause", &format!("return !!{}", called(".play", "Play")));
    guest.picture("next");
    why_is_answered(&guest);
    a_timer_is_dragged(&guest);
    every_panel_opens(&guest);
    it_fits(&guest);
    assert_eq!(guest.run("return failed"), json!([]), "{engine:?}");
}

fn why_is_answered(guest: &Guest) {
    guest.press(&called(".ring-panel button", "Why?"));
    guest.wait_for(
        "an answer that has the focus",
        "return document.activeElement.id === 'why-title'",
    );
    guest.picture("why");
    guest.key("\u{e00c}"); // Escape
    guest.wait_for("the answer to close", "return !document.querySelector('.why-drawer')");
    assert_ne!(
        guest.run("return document.activeElement.tagName"),
        "BODY",
        "{:?}",
        guest.engine
    );
}

/// By a quarter of a turn, or to its end.
fn a_timer_is_dragged(guest: &Guest) {
    let handle = "document.querySelector('.server.follower .handle')";
    let [x, y] = guest.place(handle);
    let [left, top] = guest.place("document.querySelector('.server.follower .body')");
    let (right, up) = (x - left, y - top);
    guest.drag(
        handle,
        &[
            [left + (right - up) * 7 / 10, top + (up + right) * 7 / 10],
            [left - up, top + right],
        ],
    );
    let card =
        "return [...document.querySelectorAll('.story-card h2')].some((card) => card.textContent.includes('timer'))";
    guest.wait_for("a card of the story about a timer", card);
}

fn every_panel_opens(guest: &Guest) {
    let tabs = guest.run("return [...document.querySelectorAll('[role=tab]')].map((tab) => tab.id)");
    for tab in tabs.as_array().unwrap().iter().rev() {
        let tab = tab.as_str().unwrap();
        guest.press(&format!("document.getElementById('{tab}')"));
        let opened = format!(
            "return document.getElementById('{tab}').getAttribute('aria-selected') === 'true' \
             && document.getElementById('panel').innerText.length > 100"
        );
        guest.wait_for(tab, &opened);
        guest.picture(tab);
    }
}

/// In Portuguese and in a small window nothing is wider than that.
fn it_fits(guest: &Guest) {
    guest.run(
        "const language = document.querySelector('select option[value=pt-BR]').parentElement;
         language.value = 'pt-BR';
         language.dispatchEvent(new Event('change', { bubbles: true }));",
    );
    guest.wait_for_word("lidera o term");
    for (width, height) in [(1280, 800), (500, 800)] {
        guest.browser.resize(width, height).unwrap();
        guest.wait_for("room", "return document.documentElement.scrollWidth <= innerWidth");
        guest.picture(&format!("at-{width}"));
    }
}

#[test]
fn the_first_minute_is_the_same_in_firefox() {
    first_minute(Engine::Firefox);
}

#[test]
fn the_first_minute_is_the_same_in_webkit() {
    first_minute(Engine::WebKit);
}

/// Parts of the program that come later, and programs that run beside the page.
fn what_comes_later(engine: Engine) {
    let Some(guest) = Guest::open(engine, "?lesson=one-leader") else {
        return;
    };
    // Whose election timer expires next?
    let (answer, next) = (called(".lesson button", "S2"), called(".lesson button", "Next"));
    guest.wait_for("a question", &format!("return !!{answer}"));
    guest.press(&answer);
    guest.wait_for("what comes of it", &format!("return !!{next}"));
    guest.picture("lesson");
    guest.press(&next);
    guest.wait_for(
        "its next step",
        "return document.querySelector('.lesson').innerText.includes('2 of')",
    );
    faults_are_found(&guest);
    trials_run(&guest);
    assert_eq!(guest.run("return failed"), json!([]), "{engine:?}");
}

/// The search runs beside the page.
fn faults_are_found(guest: &Guest) {
    guest.press("document.getElementById('tab-rules')");
    guest.wait_for("Find", "return !!document.querySelector('.adversary-aim .primary')");
    guest.press("document.querySelector('.adversary-aim .primary')");
    guest.wait_for(
        "what the search found",
        "return /proved|holds|Inconclusive|states/i.test(document.querySelector('.adversary-answer')?.innerText ?? '')
             && !document.querySelector('.adversary-answer progress')",
    );
    guest.picture("found");
}

/// An experiment is dropped on the page, and run by as many workers as the machine has cores.
fn trials_run(guest: &Guest) {
    guest.run(
        "const data = new DataTransfer();
         data.items.add(new File(['raft-lab 1\\nlogs as-given\\ntrials 500\\n'], 'trials.lab'));
         window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));",
    );
    guest.wait_for(
        "the trials",
        "return document.querySelector('.lab-run p')?.innerText.startsWith('500 trials in')",
    );
    guest.picture("trials");
}

#[test]
fn what_comes_later_runs_in_firefox() {
    what_comes_later(Engine::Firefox);
}

#[test]
fn what_comes_later_runs_in_webkit() {
    what_comes_later(Engine::WebKit);
}
