//! The page's root component, mounted in a real browser.

use gloo::utils::document;
use raft_playground::ui::{App, at_once};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn the_page_takes_the_place_of_what_was_in_its_root() {
    let root = document().create_element("div").expect("an element");
    root.set_inner_html("<p id='boot'>Loading</p>");
    document()
        .body()
        .expect("a body")
        .append_child(&root)
        .expect("an attached root");

    yew::Renderer::<App>::with_root_and_props(root.clone(), at_once()).render();
    yew::platform::time::sleep(std::time::Duration::ZERO).await;

    assert!(root.query_selector("#boot").expect("a selector").is_none());
    assert!(root.query_selector("h1").expect("a selector").is_some());
}
