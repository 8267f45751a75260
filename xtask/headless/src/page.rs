//! The playground in a browser of its own.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, thread};

use serde_json::{Value, json};

use crate::{Browser, LogEntry, Name, Node, Request, Result, Site, Visit, keys, node::with_plain_spaces};

const AXE: &str = include_str!("../vendor/axe-core/axe.min.js");

/// Runs axe-core with all its rules and says each finding in a line.
const RUN_AXE: &str = "
    const done = arguments[arguments.length - 1];
    const say = (found) => found.id + ': ' + found.help + ' at '
        + found.nodes.map((node) => node.target.join(' ')).join(', ');
    axe.run().then((results) => done(results.violations.map(say)), (error) => done([String(error)]));";

/// How long to wait for what has to come.
const PATIENCE: Duration = Duration::from_secs(10);

/// The built page, served below a sub-folder and opened in a fresh browser.
///
/// For tests: what isn't as expected panics at the caller's line, and a picture of the page at that
/// moment is left in `target/e2e/`.
pub struct Page {
    browser: Browser,
    site: Site,
}

impl Page {
    /// Opens the page as most visitors would and waits until the program runs.
    #[must_use]
    #[track_caller]
    pub fn open() -> Self {
        Self::visit().open()
    }

    /// A visit with another language, size or theme, or with something in its way.
    pub fn visit() -> Visit {
        Visit::default()
    }

    pub(crate) fn new(browser: Browser, site: Site) -> Self {
        Self { browser, site }
    }

    /// The browser itself, for what isn't here.
    #[must_use]
    pub fn browser(&self) -> &Browser {
        &self.browser
    }

    /// The host the page comes from.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.site
    }

    // Finding.

    /// The first thing of this role and name; waits for it to come.
    #[must_use]
    #[track_caller]
    pub fn get<'n>(&self, role: &str, name: impl Into<Name<'n>>) -> Node<'_> {
        let name = name.into();
        let mut found = None;
        let waited = self.browser.wait_until("it came", PATIENCE, || {
            let mut nodes = self.try_role(role)?.into_iter();
            found = nodes.find(|node| name.fits(node.name()));
            Ok(found.is_some())
        });
        match (found, waited) {
            (Some(node), _) => node,
            (None, Err(error)) => panic!("no {role} {name} in {:?}: {error}", self.all(role)),
            (None, Ok(())) => unreachable!("the wait ends when it is found"),
        }
    }

    /// The first thing of this role and name, if it is there now.
    #[must_use]
    #[track_caller]
    pub fn find<'n>(&self, role: &str, name: impl Into<Name<'n>>) -> Option<Node<'_>> {
        let name = name.into();
        self.all(role).into_iter().find(|node| name.fits(node.name()))
    }

    /// Everything of this role that is there now, in reading order.
    #[must_use]
    #[track_caller]
    pub fn all(&self, role: &str) -> Vec<Node<'_>> {
        expect(self.try_role(role))
    }

    /// The button of this name; waits for it to come.
    #[must_use]
    #[track_caller]
    pub fn button<'n>(&self, name: impl Into<Name<'n>>) -> Node<'_> {
        self.get("button", name)
    }

    /// What has the keyboard's focus, unless it is the page as a whole.
    #[must_use]
    #[track_caller]
    pub fn focused(&self) -> Option<Node<'_>> {
        self.tree()
            .into_iter()
            .find(|node| node.is("focused") && node.role() != "RootWebArea")
    }

    /// The whole accessibility tree, flat, without what is hidden from assistive technology.
    #[must_use]
    #[track_caller]
    pub fn tree(&self) -> Vec<Node<'_>> {
        expect(self.try_all())
    }

    /// The text that the page shows.
    #[must_use]
    #[track_caller]
    pub fn text(&self) -> String {
        with_plain_spaces(
            self.execute("return document.body.innerText")
                .as_str()
                .unwrap_or_default(),
        )
    }

    // Waiting.

    /// Waits until `condition` holds, for ten seconds at most; `what` says what was waited for.
    #[track_caller]
    pub fn wait_until(&self, what: &str, condition: impl FnMut(&Self) -> bool) {
        self.wait_up_to(PATIENCE, what, condition);
    }

    /// Waits until `condition` holds, for as long as `patience` lasts.
    #[track_caller]
    pub fn wait_up_to(&self, patience: Duration, what: &str, mut condition: impl FnMut(&Self) -> bool) {
        expect(self.browser.wait_until(what, patience, || Ok(condition(self))));
    }

    /// Waits until there is something of this role and name.
    #[track_caller]
    pub fn wait_for<'n>(&self, role: &str, name: impl Into<Name<'n>>) {
        let _ = self.get(role, name);
    }

    /// Waits until there is nothing of this role and name any more.
    #[track_caller]
    pub fn wait_until_gone<'n>(&self, role: &str, name: impl Into<Name<'n>>) {
        let name = name.into();
        self.wait_until(&format!("no {role} {name} is there"), |page| {
            page.find(role, name).is_none()
        });
    }

    /// Waits until the page shows this text somewhere.
    #[track_caller]
    pub fn wait_for_text(&self, text: &str) {
        self.wait_until(&format!("the page says “{text}”"), |page| {
            page.text().contains(text)
        });
    }

    // Acting.

    /// Presses a chord of keys: `Enter`, `a`, `Shift+F10`, `Control+ArrowLeft`.
    #[track_caller]
    pub fn press(&self, chord: &str) {
        match keys::chord(chord) {
            Some(keys) => self.act(&keys),
            None => panic!("`{chord}` is no key"),
        }
    }

    /// Types a text into what has the focus.
    #[track_caller]
    pub fn type_text(&self, text: &str) {
        self.act(&keys::text(text));
    }

    /// Performs one input device's actions in WebDriver's terms.
    #[track_caller]
    pub fn act(&self, device: &Value) {
        expect(self.browser.actions(device));
    }

    /// Gives the viewport another size.
    #[track_caller]
    pub fn resize(&self, width: u32, height: u32) {
        expect(self.browser.resize(width, height));
    }

    /// Makes media features hold, in place of those of the visit.
    #[track_caller]
    pub fn media(&self, features: &[(&str, &str)]) {
        expect(self.browser.emulate_media(features));
    }

    /// Loads the page again and waits until the program runs.
    #[track_caller]
    pub fn reload(&self) {
        self.execute("location.reload()");
        expect(self.browser.wait_until_started());
    }

    /// Runs the body of a JavaScript function.
    #[track_caller]
    pub fn execute(&self, body: &str) -> Value {
        expect(self.browser.execute(body, &json!([])))
    }

    /// Sends a command of the Chrome DevTools Protocol.
    #[track_caller]
    pub fn cdp(&self, method: &str, parameters: &Value) -> Value {
        expect(self.browser.cdp(method, parameters))
    }

    // Judging.

    /// The console's lines since the last call, of every level.
    #[must_use]
    #[track_caller]
    pub fn console(&self) -> Vec<LogEntry> {
        expect(self.browser.console())
    }

    /// The addresses the page has asked for since the last call, on whatever host.
    #[must_use]
    #[track_caller]
    pub fn requested(&self) -> Vec<String> {
        expect(self.browser.requested())
    }

    /// What the host was asked for and how it answered.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        self.site.requests()
    }

    /// What axe-core objects to, one line each.
    #[must_use]
    #[track_caller]
    pub fn accessibility_problems(&self) -> Vec<String> {
        if self.execute("return !window.axe") == true {
            self.execute(AXE);
        }
        let problems = expect(self.browser.execute_async(RUN_AXE, &json!([])));
        let problems = problems.as_array().cloned().unwrap_or_default();
        problems
            .iter()
            .map(|line| line.as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// Leaves a picture of the viewport in `target/e2e/` under this name.
    #[track_caller]
    pub fn screenshot(&self, name: &str) -> PathBuf {
        expect(self.leave_picture(name))
    }

    /// The viewport as an image file of a format that browsers know, such as `webp`, in a quality of 0 to 100.
    #[must_use]
    #[track_caller]
    pub fn picture(&self, format: &str, quality: u8) -> Vec<u8> {
        expect(self.browser.picture(format, quality))
    }

    fn leave_picture(&self, name: &str) -> Result<PathBuf> {
        let folder = project().join("target").join("e2e");
        fs::create_dir_all(&folder)?;
        let file = folder.join(format!("{name}.png"));
        fs::write(&file, self.browser.screenshot()?)?;
        Ok(file)
    }

    /// Much cheaper for the browser than the whole tree, and in the same order.
    fn try_role(&self, role: &str) -> Result<Vec<Node<'_>>> {
        let document = self.browser.cdp("DOM.getDocument", &json!({ "depth": 0 }))?;
        let query = json!({ "backendNodeId": document["root"]["backendNodeId"], "role": role });
        let found = self.browser.cdp("Accessibility.queryAXTree", &query)?;
        let nodes = found["nodes"].as_array().into_iter().flatten();
        Ok(nodes.filter_map(|node| Node::new(self, node)).collect())
    }

    fn try_all(&self) -> Result<Vec<Node<'_>>> {
        let tree = self.browser.cdp("Accessibility.getFullAXTree", &json!({}))?;
        let nodes = in_reading_order(tree["nodes"].as_array().map_or(&[], Vec::as_slice));
        Ok(nodes.into_iter().filter_map(|node| Node::new(self, node)).collect())
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if thread::panicking() {
            let test = thread::current().name().unwrap_or("test").replace("::", "-");
            let picture = self.leave_picture(&format!("failed-{test}"));
            eprintln!("the page at that moment: {picture:?}");
            eprintln!("its console: {:?}", self.browser.console());
        }
    }
}

/// The nodes of a tree, each before its children; the browser lists them level by level.
fn in_reading_order(nodes: &[Value]) -> Vec<&Value> {
    let by_id: HashMap<&str, &Value> = nodes
        .iter()
        .filter_map(|node| Some((node["nodeId"].as_str()?, node)))
        .collect();
    let mut waiting: Vec<&Value> = nodes.iter().take(1).collect();
    let mut ordered = Vec::with_capacity(nodes.len());
    while let Some(node) = waiting.pop() {
        ordered.push(node);
        let children = node["childIds"].as_array().into_iter().flatten().rev();
        waiting.extend(children.filter_map(|id| by_id.get(id.as_str()?).copied()));
    }
    ordered
}

/// The folder of the project, which has the page in `dist/`.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("a folder within the project")
}

#[track_caller]
pub(crate) fn expect<T>(result: Result<T>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{error}"),
    }
}
