//! One thing on the page, as assistive technology sees it.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{Page, Result};

/// How long a click waits for whatever lies over its target.
const PATIENCE: Duration = Duration::from_secs(3);

/// Scrolls an element into view and finds a point of it that nothing else covers.
const FIND_POINT: &str = "function () {
    this.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
    // A pointer goes to whole pixels.
    const middle = (element) => {
        const box = element.getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2].map(Math.floor);
    };
    const reaches = ([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return top && (this.contains(top) || top.closest('label')?.control === this);
    };
    return [this, ...this.querySelectorAll('*')].map(middle).find(reaches) ?? null;
}";

/// What an element shows.
const TEXT: &str = "function () { return this.innerText ?? this.textContent; }";

/// Gives a form element a value as a user's hand would, framework or not.
const FILL: &str = "function (value) {
    const prototype = Object.getPrototypeOf(this);
    Object.getOwnPropertyDescriptor(prototype, 'value').set.call(this, value);
    this.dispatchEvent(new Event('input', { bubbles: true }));
    this.dispatchEvent(new Event('change', { bubbles: true }));
}";

/// A node of the accessibility tree. Its role, name, value and states are those of the moment it
/// was found; the element it acts on is the living one.
pub struct Node<'p> {
    page: &'p Page,
    element: Value,
    role: String,
    name: String,
    value: String,
    states: Vec<(String, Value)>,
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} “{}”", self.role, self.name)
    }
}

impl<'p> Node<'p> {
    /// A node of `Accessibility.getFullAXTree`, unless it is hidden from assistive technology
    /// or only a line of a text that is there already.
    pub(crate) fn new(page: &'p Page, node: &Value) -> Option<Self> {
        if node["ignored"] == true || node["role"]["value"] == "InlineTextBox" {
            return None;
        }
        let element = node["backendDOMNodeId"].clone();
        let states = node["properties"].as_array().into_iter().flatten().map(|state| {
            (
                state["name"].as_str().unwrap_or_default().to_owned(),
                state["value"]["value"].clone(),
            )
        });
        Some(Self {
            page,
            element,
            role: plain(&node["role"]["value"]),
            name: plain(&node["name"]["value"]),
            value: plain(&node["value"]["value"]),
            states: states.collect(),
        })
    }

    /// Its role: `button`, `status`, `tab`, ...
    #[must_use]
    pub fn role(&self) -> &str {
        &self.role
    }

    /// Its accessible name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value of a slider or a field.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// A state such as `disabled`, `focused`, `checked`, `pressed`, `expanded` or `selected`.
    #[must_use]
    pub fn state(&self, name: &str) -> Option<&Value> {
        self.states
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// Whether a state is true, be it `true` or `"true"`.
    #[must_use]
    pub fn is(&self, state: &str) -> bool {
        self.state(state)
            .is_some_and(|value| *value == true || *value == "true")
    }

    /// The text it shows now.
    #[must_use]
    #[track_caller]
    pub fn text(&self) -> String {
        plain(&self.call(TEXT, &[]))
    }

    /// Whether it shows a text now. What has gone since it was found shows none.
    #[must_use]
    pub fn says(&self, text: &str) -> bool {
        self.try_call(TEXT, &[]).is_ok_and(|shown| plain(&shown).contains(text))
    }

    /// An attribute of its element.
    #[must_use]
    #[track_caller]
    pub fn attribute(&self, name: &str) -> Option<String> {
        let value = self.call("function (name) { return this.getAttribute(name); }", &[name.into()]);
        value.as_str().map(str::to_owned)
    }

    /// Left, top, width and height in CSS pixels of the viewport.
    #[must_use]
    #[track_caller]
    pub fn bounds(&self) -> [f64; 4] {
        let bounds = self.call(
            "function () { const b = this.getBoundingClientRect(); \
             return [b.x, b.y, b.width, b.height]; }",
            &[],
        );
        [0, 1, 2, 3].map(|index| bounds[index].as_f64().unwrap_or_default())
    }

    /// Clicks it with the mouse.
    #[track_caller]
    pub fn click(&self) {
        self.point("mouse", 0);
    }

    /// Clicks it with the mouse's right button.
    #[track_caller]
    pub fn right_click(&self) {
        self.point("mouse", 2);
    }

    /// Taps it with a finger.
    #[track_caller]
    pub fn tap(&self) {
        self.point("touch", 0);
    }

    /// Rests a finger on it for a second. The page sees the pointer go down and up and no click;
    /// `contextmenu` comes on some phones only, so a desktop's browser doesn't send it here.
    #[track_caller]
    pub fn long_press(&self) {
        let [x, y] = self.free_point();
        let press = json!({ "x": x, "y": y, "duration": 1000, "gestureSourceType": "touch" });
        self.page.cdp("Input.synthesizeTapGesture", &press);
    }

    /// Moves the mouse over it.
    #[track_caller]
    pub fn hover(&self) {
        let [x, y] = self.free_point();
        let moves = json!([{ "type": "pointerMove", "duration": 0, "x": x, "y": y }]);
        self.page.act(&pointer("mouse", &moves));
    }

    /// Gives it the focus as a key does.
    #[track_caller]
    pub fn focus(&self) {
        const KEY: &str = "new KeyboardEvent('keydown', { key: 'Tab' })";
        self.call(
            &format!("function () {{ document.dispatchEvent({KEY}); this.focus(); }}"),
            &[],
        );
    }

    /// Puts a value into a field, a slider or a selection, with the events that follow.
    #[track_caller]
    pub fn fill(&self, value: &str) {
        self.call(FILL, &[value.into()]);
    }

    /// Calls a JavaScript function with the element as `this`.
    #[track_caller]
    pub fn call(&self, function: &str, arguments: &[Value]) -> Value {
        match self.try_call(function, arguments) {
            Ok(value) => value,
            Err(error) => panic!("{self:?}: {error}"),
        }
    }

    fn try_call(&self, function: &str, arguments: &[Value]) -> Result<Value> {
        let browser = self.page.browser();
        let object = browser.cdp("DOM.resolveNode", &json!({ "backendNodeId": self.element }))?;
        let arguments: Vec<Value> = arguments.iter().map(|value| json!({ "value": value })).collect();
        let call = json!({
            "objectId": object["object"]["objectId"],
            "functionDeclaration": function,
            "arguments": arguments,
            "returnByValue": true,
            "awaitPromise": true,
            "userGesture": true,
        });
        let answer = browser.cdp("Runtime.callFunctionOn", &call)?;
        match answer["exceptionDetails"]["exception"]["description"].as_str() {
            Some(exception) => Err(crate::Error::new(exception)),
            None => Ok(answer["result"]["value"].clone()),
        }
    }

    #[track_caller]
    fn point(&self, device: &str, button: u8) {
        let [x, y] = self.free_point();
        let press = json!([
            { "type": "pointerMove", "duration": 0, "x": x, "y": y },
            { "type": "pointerDown", "button": button },
            { "type": "pointerUp", "button": button },
        ]);
        self.page.act(&pointer(device, &press));
    }

    /// A point where a click reaches this and nothing that lies over it.
    #[track_caller]
    fn free_point(&self) -> [i64; 2] {
        let start = Instant::now();
        loop {
            let point = self.call(FIND_POINT, &[]);
            if let (Some(x), Some(y)) = (point[0].as_f64(), point[1].as_f64()) {
                return [whole(x), whole(y)];
            }
            assert!(
                start.elapsed() < PATIENCE,
                "{self:?} is nowhere to be reached by a click"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

fn pointer(device: &str, actions: &Value) -> Value {
    json!({
        "type": "pointer",
        "id": device,
        "parameters": { "pointerType": device },
        "actions": actions,
    })
}

/// A pixel's coordinate, which viewports keep far below the limits of the type.
#[expect(clippy::cast_possible_truncation)]
fn whole(coordinate: f64) -> i64 {
    coordinate.floor() as i64
}

/// A text in which a space is a space, whether a line may break there or not.
pub(crate) fn with_plain_spaces(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

/// A string without the quotes of JSON, and nothing for nothing.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => with_plain_spaces(text),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
