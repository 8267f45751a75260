//! How a test comes to the page.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::page::{expect, project};
use crate::{Browser, Options, Page, Result, Site};

/// A folder that no page could have been made for.
const FOLDER: &str = "/some/sub-folder/";

/// Takes away what a page keeps itself with.
const FORGETS: &str = "Object.defineProperty(Navigator.prototype, 'serviceWorker', { get() { return undefined; } });";

/// A visit to be made: the visitor's browser, preferences and address. Made by [`Page::visit`].
#[derive(Clone, Debug, Default)]
#[must_use = "a visit begins with `open`"]
pub struct Visit {
    options: Options,
    media: Vec<(String, String)>,
    address: String,
    scriptless: bool,
    prelude: Option<String>,
    lost: Option<String>,
    head: Vec<String>,
    folder: Option<PathBuf>,
    keeps: bool,
}

impl Visit {
    /// A visitor whose `navigator.language` is this; the default is `en-US`.
    pub fn language(mut self, language: &str) -> Self {
        self.options.language = language.to_owned();
        self
    }

    /// A viewport of this many CSS pixels; the default is 1280 by 800.
    pub fn size(mut self, width: u32, height: u32) -> Self {
        self.options.size = (width, height);
        self
    }

    /// A visitor whose browser writes text of this size where a page says nothing; the default is 16 pixels.
    pub const fn text_size(mut self, pixels: u32) -> Self {
        self.options.text_size = pixels;
        self
    }

    /// A visitor who prefers dark pages; the default is light ones.
    pub fn dark(self) -> Self {
        self.media("prefers-color-scheme", "dark")
    }

    /// A visitor who wants no motion.
    pub fn reduced_motion(self) -> Self {
        self.media("prefers-reduced-motion", "reduce")
    }

    /// A media feature that holds.
    pub fn media(mut self, feature: &str, value: &str) -> Self {
        self.media.push((feature.to_owned(), value.to_owned()));
        self
    }

    /// What follows the folder's address, such as `#a-link`.
    pub fn at(mut self, rest: &str) -> Self {
        self.address = rest.to_owned();
        self
    }

    /// A browser that runs no scripts.
    pub fn without_script(mut self) -> Self {
        self.scriptless = true;
        self
    }

    /// A script that runs before the page's own, to take something away from the browser; after those given before.
    pub fn prelude(mut self, script: &str) -> Self {
        let prelude = self.prelude.get_or_insert_default();
        prelude.push_str(script);
        prelude.push('\n');
        self
    }

    /// A host that has lost the files whose names end so.
    pub fn losing(mut self, ending: &str) -> Self {
        self.lost = Some(ending.to_owned());
        self
    }

    /// A host that answers with this line in its heads as well.
    pub fn sent_with(mut self, line: &str) -> Self {
        self.head.push(line.to_owned());
        self
    }

    /// Another build of the page than that in `dist/`.
    pub fn of(mut self, folder: &Path) -> Self {
        self.folder = Some(folder.to_owned());
        self
    }

    /// A browser in which the page may keep itself for visits without a network. By default it may not, so that a test sees each
    /// file arrive when it is wanted.
    pub fn keeping(mut self) -> Self {
        self.keeps = true;
        self
    }

    /// Opens the page and waits until the program runs.
    #[track_caller]
    pub fn open(self) -> Page {
        let page = self.open_unstarted();
        expect(page.browser().wait_until_started());
        page
    }

    /// Opens the page where the program can't run, or before it does.
    #[track_caller]
    pub fn open_unstarted(self) -> Page {
        expect(self.go())
    }

    fn go(self) -> Result<Page> {
        let folder = self.folder.clone().unwrap_or_else(|| project().join("dist"));
        let site = Site::serve(folder, FOLDER)?;
        if let Some(ending) = &self.lost {
            site.lose(ending);
        }
        self.head.iter().for_each(|line| site.send(line));
        let browser = Browser::start(&self.options)?;
        self.prepare(&browser)?;
        browser.open(&format!("{}{}", site.url(), self.address))?;
        Ok(Page::new(browser, site))
    }

    fn prepare(&self, browser: &Browser) -> Result<()> {
        let mut media = vec![("prefers-color-scheme", "light")];
        for (feature, value) in &self.media {
            media.retain(|(known, _)| known != feature);
            media.push((feature, value));
        }
        browser.emulate_media(&media)?;
        if self.scriptless {
            browser.cdp("Emulation.setScriptExecutionDisabled", &json!({ "value": true }))?;
        }
        let forgets = (!self.keeps).then_some(FORGETS);
        for script in forgets.into_iter().chain(self.prelude.as_deref()) {
            let script = json!({ "source": script });
            browser.cdp("Page.addScriptToEvaluateOnNewDocument", &script)?;
        }
        Ok(())
    }
}
