//! Starts the page, nothing else.

use raft_playground::ui::{App, AppProps};

#[cfg(not(feature = "split"))]
use raft_playground::ui::at_once as load;

fn main() {
    let root = gloo::utils::document()
        .get_element_by_id("app")
        .expect("index.html has an element #app");
    yew::Renderer::<App>::with_root_and_props(root, AppProps { load }).render();
}

#[cfg(feature = "split")]
fn load() -> raft_playground::ui::Loading {
    Box::pin(async { second_part().await.ok() })
}

/// The split point: what only this function leads to is a file of its own.
#[cfg(feature = "split")]
#[wasm_split_helpers::wasm_split(second_part, fallible)]
fn second_part() -> Result<&'static raft_playground::ui::LazyViews, wasm_split_helpers::SplitLoaderError> {
    Ok(raft_playground::ui::lazy_views())
}
