//! Starts the page, nothing else.

fn main() {
    yew::Renderer::<raft_playground::ui::App>::new().render();
}
