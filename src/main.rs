//! Starts the page, nothing else.

#[cfg(not(feature = "split"))]
use raft_playground::ui::at_once as parts;

fn main() {
    let root = gloo::utils::document()
        .get_element_by_id("app")
        .expect("index.html has an element #app");
    raft_playground::ui::start(root, parts());
}

/// The program's other files.
#[cfg(feature = "split")]
fn parts() -> raft_playground::ui::AppProps {
    raft_playground::ui::AppProps::in_parts(
        || Box::pin(async { soon_part().await.ok() }),
        || Box::pin(async { later_part().await.ok() }),
        || Box::pin(async { lessons_part().await.ok() }),
        || Box::pin(async { lab_part().await.ok() }),
    )
}

/// A split point: what only this function leads to is a file of its own.
#[cfg(feature = "split")]
#[wasm_split_helpers::wasm_split(soon_part, fallible)]
fn soon_part() -> Result<&'static raft_playground::ui::SoonViews, wasm_split_helpers::SplitLoaderError> {
    Ok(raft_playground::ui::soon_views())
}

/// Another split point: the lessons.
#[cfg(feature = "split")]
#[wasm_split_helpers::wasm_split(lessons_part, fallible)]
fn lessons_part() -> Result<&'static raft_playground::ui::LessonViews, wasm_split_helpers::SplitLoaderError> {
    Ok(raft_playground::ui::lesson_views())
}

/// Another split point: the laboratory.
#[cfg(feature = "split")]
#[wasm_split_helpers::wasm_split(lab_part, fallible)]
fn lab_part() -> Result<&'static raft_playground::ui::LabViews, wasm_split_helpers::SplitLoaderError> {
    Ok(raft_playground::ui::lab_views())
}

/// The other split point. What several lead to is a file by itself.
#[cfg(feature = "split")]
#[wasm_split_helpers::wasm_split(later_part, fallible)]
fn later_part() -> Result<&'static raft_playground::ui::LazyViews, wasm_split_helpers::SplitLoaderError> {
    Ok(raft_playground::ui::lazy_views())
}
