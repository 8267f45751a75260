//! A synchronous WebDriver client, with the extensions of Chromium that most tests need.

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use ureq::Agent;

use crate::driver::Driver;
use crate::{Error, Result, locate};

/// No answer may take longer, not even a screenshot on a busy machine.
const ANSWER_TIME: Duration = Duration::from_secs(60);

/// Steady and silent: no sandbox (Chromium has none where it runs as root, as in many containers), no graphics card, no talk with the
/// browser's maker, no host but our own.
const ARGUMENTS: [&str; 14] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--hide-scrollbars",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/// A kind of browser. All speak WebDriver; only Chromium has the extensions by which most tests look at the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium or Chrome, by chromedriver.
    Chromium,
    /// Firefox, by geckodriver.
    Firefox,
    /// WebKitGTK's small browser, by WebKitWebDriver.
    WebKit,
}

impl Engine {
    /// The command that drives it.
    #[must_use]
    pub const fn driver(self) -> &'static str {
        match self {
            Self::Chromium => "chromedriver",
            Self::Firefox => "geckodriver",
            Self::WebKit => "WebKitWebDriver",
        }
    }

    /// The environment variable that may name that command.
    #[must_use]
    pub const fn driver_variable(self) -> &'static str {
        match self {
            Self::Chromium => "CHROMEDRIVER",
            Self::Firefox => "GECKODRIVER",
            Self::WebKit => "WEBKITDRIVER",
        }
    }
}

/// How the browser presents itself to the page.
#[derive(Clone, Debug)]
pub struct Options {
    /// `navigator.language`.
    pub language: String,
    /// Width and height of the viewport in CSS pixels.
    pub size: (u32, u32),
    /// How large text is of which a page says nothing, in CSS pixels.
    pub text_size: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            language: "en-US".to_owned(),
            size: (1280, 800),
            text_size: 16,
        }
    }
}

/// One line of the browser's console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// `SEVERE`, `WARNING`, `INFO` or `DEBUG`.
    pub level: String,
    /// What was said, after the address it came from.
    pub message: String,
}

/// A browser with one tab that nobody sees; it ends when dropped.
pub struct Browser {
    engine: Engine,
    agent: Agent,
    session: String,
    _driver: Driver,
}

impl Browser {
    /// Starts a Chromium with a fresh profile.
    pub fn start(options: &Options) -> Result<Self> {
        Self::start_engine(Engine::Chromium, options)
    }

    /// Starts a browser with a fresh profile. Others than Chromium leave the size of text and their language as they are.
    pub fn start_engine(engine: Engine, options: &Options) -> Result<Self> {
        let driver = Driver::start(engine)?;
        // Without this an environment's proxy would be asked for the way to our own machine.
        let agent = Agent::config_builder()
            .proxy(None)
            .http_status_as_error(false)
            .timeout_global(Some(ANSWER_TIME))
            .build()
            .new_agent();
        let address = driver.address();
        let created = post(&agent, &format!("{address}/session"), &capabilities(engine, options)?)?;
        let id = created["sessionId"]
            .as_str()
            .ok_or_else(|| Error::new("no browser session"))?;
        let session = format!("{address}/session/{id}");
        let browser = Self {
            engine,
            agent,
            session,
            _driver: driver,
        };
        browser.resize(options.size.0, options.size.1)?;
        Ok(browser)
    }

    /// Goes to an address and waits for the page's load event.
    pub fn open(&self, url: &str) -> Result<()> {
        self.command("url", &json!({ "url": url })).map(drop)
    }

    /// Runs the body of a JavaScript function; `arguments` are its arguments.
    pub fn execute(&self, body: &str, arguments: &Value) -> Result<Value> {
        self.command("execute/sync", &json!({ "script": body, "args": list(arguments) }))
    }

    /// Like [`execute`](Self::execute), but the answer is what the function passes to its last
    /// argument, a callback.
    pub fn execute_async(&self, body: &str, arguments: &Value) -> Result<Value> {
        self.command("execute/async", &json!({ "script": body, "args": list(arguments) }))
    }

    /// Sends a command of the Chrome DevTools Protocol.
    pub fn cdp(&self, method: &str, parameters: &Value) -> Result<Value> {
        self.command("goog/cdp/execute", &json!({ "cmd": method, "params": parameters }))
    }

    /// Performs input as a user would: the `actions` of WebDriver's Actions command.
    pub fn actions(&self, actions: &Value) -> Result<()> {
        self.command("actions", &json!({ "actions": list(actions) })).map(drop)
    }

    /// Gives the viewport this size in CSS pixels.
    pub fn resize(&self, width: u32, height: u32) -> Result<()> {
        if self.engine != Engine::Chromium {
            return self.resize_window(width, height);
        }
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", &metrics).map(drop)
    }

    /// Gives the window such a size that the viewport has this one, where the window may be so small.
    fn resize_window(&self, width: u32, height: u32) -> Result<()> {
        self.command("window/rect", &json!({ "width": width, "height": height }))?;
        let frame = "return [outerWidth - innerWidth, outerHeight - innerHeight]";
        let frame = self.execute(frame, &json!([]))?;
        let [beside, above] = [0, 1].map(|index| frame[index].as_i64().unwrap_or_default());
        let size = json!({ "width": i64::from(width) + beside, "height": i64::from(height) + above });
        self.command("window/rect", &size).map(drop)
    }

    /// Makes media features true, in place of those set before:
    /// `&[("prefers-color-scheme", "dark")]`.
    pub fn emulate_media(&self, features: &[(&str, &str)]) -> Result<()> {
        let features: Vec<Value> = features
            .iter()
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect();
        self.cdp("Emulation.setEmulatedMedia", &json!({ "features": features }))
            .map(drop)
    }

    /// The viewport as a PNG file.
    pub fn screenshot(&self) -> Result<Vec<u8>> {
        decoded(&get(&self.agent, &format!("{}/screenshot", self.session))?)
    }

    /// The viewport as an image file of a format that browsers know, such as `webp`, in a quality of 0 to 100.
    pub fn picture(&self, format: &str, quality: u8) -> Result<Vec<u8>> {
        let picture = self.cdp(
            "Page.captureScreenshot",
            &json!({ "format": format, "quality": quality }),
        )?;
        decoded(&picture["data"])
    }

    /// The console's lines since the last call.
    pub fn console(&self) -> Result<Vec<LogEntry>> {
        let entry = |entry: &Value| LogEntry {
            level: entry["level"].as_str().unwrap_or_default().to_owned(),
            message: entry["message"].as_str().unwrap_or_default().to_owned(),
        };
        Ok(self.log("browser")?.iter().map(entry).collect())
    }

    /// The addresses the page has asked for since the last call, whether or not they answered.
    pub fn requested(&self) -> Result<Vec<String>> {
        let address = |entry: &Value| {
            let event: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
            let event = &event["message"];
            (event["method"] == "Network.requestWillBeSent")
                .then(|| event["params"]["request"]["url"].as_str().map(str::to_owned))?
        };
        Ok(self.log("performance")?.iter().filter_map(address).collect())
    }

    /// Waits until the program has taken the place of the loading message, and all that it loads by itself is there.
    pub fn wait_until_started(&self) -> Result<()> {
        self.wait_until("the program has started", Duration::from_secs(20), || {
            let started = "return !document.getElementById('boot') \
                           && document.getElementById('app')?.childElementCount > 0 \
                           && !document.querySelector('[aria-busy=true]')";
            Ok(self.execute(started, &json!([]))? == true)
        })
    }

    /// Asks again and again until `condition` holds; `what` says in the error what never came.
    pub fn wait_until(
        &self,
        what: &str,
        patience: Duration,
        mut condition: impl FnMut() -> Result<bool>,
    ) -> Result<()> {
        let start = Instant::now();
        while !condition()? {
            if start.elapsed() > patience {
                return Err(Error::new(format!("waited {patience:?} in vain until {what}")));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    fn log(&self, kind: &str) -> Result<Vec<Value>> {
        let entries = self.command("se/log", &json!({ "type": kind }))?;
        Ok(entries.as_array().cloned().unwrap_or_default())
    }

    fn command(&self, path: &str, body: &Value) -> Result<Value> {
        post(&self.agent, &format!("{}/{path}", self.session), body)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ends the browser; the driver is killed afterwards whatever the answer.
        let _ = self.agent.delete(&self.session).call();
    }
}

fn capabilities(engine: Engine, options: &Options) -> Result<Value> {
    let wanted = match engine {
        Engine::Chromium => chromium(options)?,
        Engine::Firefox => {
            let browser = locate::firefox().ok_or_else(|| Error::new("no Firefox found on the PATH or in FIREFOX"))?;
            json!({
                "browserName": "firefox",
                "moz:firefoxOptions": { "binary": browser, "args": ["-headless"] },
            })
        }
        Engine::WebKit => {
            let browser = locate::mini_browser().ok_or_else(|| Error::new("no browser of WebKitGTK found"))?;
            json!({ "webkitgtk:browserOptions": { "binary": browser, "args": ["--automation"] } })
        }
    };
    Ok(json!({ "capabilities": { "alwaysMatch": wanted } }))
}

fn chromium(options: &Options) -> Result<Value> {
    let browser = locate::browser().ok_or_else(|| Error::new("no Chromium found on the PATH or in CHROME"))?;
    let mut arguments: Vec<String> = ARGUMENTS.map(str::to_owned).into();
    arguments.push(format!("--accept-lang={}", options.language));
    let preferences = json!({ "webkit.webprefs.default_font_size": options.text_size });
    Ok(json!({
        "browserName": "chrome",
        "goog:chromeOptions": { "binary": browser, "args": arguments, "prefs": preferences },
        "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
    }))
}

/// What a text of base64 stands for.
fn decoded(text: &Value) -> Result<Vec<u8>> {
    BASE64_STANDARD
        .decode(text.as_str().unwrap_or_default())
        .map_err(|error| Error::new(error.to_string()))
}

fn list(value: &Value) -> Value {
    if value.is_array() {
        value.clone()
    } else {
        json!([value])
    }
}

fn post(agent: &Agent, url: &str, body: &Value) -> Result<Value> {
    answer(agent.post(url).send_json(body)?)
}

fn get(agent: &Agent, url: &str) -> Result<Value> {
    answer(agent.get(url).call()?)
}

/// The `value` of a WebDriver answer, or its error.
fn answer(mut response: ureq::http::Response<ureq::Body>) -> Result<Value> {
    let mut answer: Value = response.body_mut().with_config().limit(64 * 1024 * 1024).read_json()?;
    let value = answer["value"].take();
    match value["error"].as_str() {
        Some(error) if !response.status().is_success() => {
            let message = value["message"].as_str().unwrap_or_default();
            Err(Error::new(format!("{error}: {}", message.trim())))
        }
        _ => Ok(value),
    }
}
