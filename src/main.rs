//! Starts the page, nothing else.

fn main() {
    let root = gloo::utils::document()
        .get_element_by_id("app")
        .expect("index.html has an element #app");
    yew::Renderer::<raft_playground::ui::App>::with_root(root).render();
}
