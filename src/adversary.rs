//! The search, in a worker of the page: a program of its own, built for speed and loaded when somebody wants to find something.

fn main() {
    raft_playground::ui::serve_as_worker();
}
