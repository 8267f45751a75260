//! Starts the page, or in a worker of the page the search, nothing else.

fn main() {
    if raft_playground::ui::serve_as_worker() {
        return;
    }
    let root = gloo::utils::document()
        .get_element_by_id("app")
        .expect("index.html has an element #app");
    yew::Renderer::<raft_playground::ui::App>::with_root(root).render();
}
