//! What makes a program of a table: on the host, and in the browser.

/// Prints what `run` gives line by line, on the host and in the browser. Give it the name that the browser's runner shows.
macro_rules! table {
    ($name:ident) => {
        #[cfg(not(target_arch = "wasm32"))]
        fn main() {
            // `cargo test --benches` only wants to know that it compiles.
            if std::env::args().any(|argument| argument == "--bench") {
                run(|line| println!("{line}"));
            }
        }

        #[cfg(target_arch = "wasm32")]
        mod web {
            use wasm_bindgen_test::{Criterion, console_log, wasm_bindgen_bench, wasm_bindgen_test_configure};

            wasm_bindgen_test_configure!(run_in_browser);

            /// Leaves the runner's own stopwatch alone, so that all tables are made in the same way.
            #[wasm_bindgen_bench]
            fn $name(_: &mut Criterion) {
                super::run(|line| console_log!("{line}"));
            }
        }

        #[cfg(target_arch = "wasm32")]
        fn main() {}
    };
}
