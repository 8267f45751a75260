//! The trials of the laboratory, in a worker of the page: a program of its own, built for speed and loaded when somebody wants to
//! measure something.

fn main() {
    raft_playground::ui::serve_trials();
}
