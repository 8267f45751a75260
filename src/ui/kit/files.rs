//! Text to the clipboard and to a file, and what is in a file.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, DragEvent, Event, File, HtmlAnchorElement, HtmlInputElement, Url};
use yew::{Callback, platform::spawn_local};

/// Puts a text on the clipboard, and says whether the browser let us.
pub fn copy(text: &str, done: Callback<bool>) {
    let clipboard = gloo::utils::window().navigator().clipboard();
    // Without https there is no clipboard at all.
    if JsValue::from(clipboard.clone()).is_undefined() {
        return done.emit(false);
    }
    let promise = clipboard.write_text(text);
    spawn_local(async move {
        let copied = JsFuture::from(promise).await;
        done.emit(copied.is_ok());
    });
}

/// Lets the browser save a text as a file.
pub fn download(name: &str, media_type: &str, text: &str) {
    // A browser that can't make a file from a text has nothing else to offer either.
    let _ = try_download(name, media_type, text);
}

fn try_download(name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let anchor: HtmlAnchorElement = gloo::utils::document().create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    Url::revoke_object_url(&url)
}

/// The file that was chosen in the field whose event this is. Choosing the same one again will be an event again.
#[must_use]
pub fn chosen(event: &Event) -> Option<File> {
    let field: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let file = field.files()?.get(0);
    field.set_value("");
    file
}

/// Whether it is files that are being dragged.
#[must_use]
pub fn are_dragged(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|data| data.types());
    types.is_some_and(|types| types.includes(&"Files".into(), 0))
}

/// Reads a file; `None` if the browser can't.
pub fn read(file: &File, done: Callback<Option<Vec<u8>>>) {
    let promise = file.array_buffer();
    spawn_local(async move {
        let buffer = JsFuture::from(promise).await;
        done.emit(buffer.ok().map(|buffer| Uint8Array::new(&buffer).to_vec()));
    });
}
