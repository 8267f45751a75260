//! What is said about branches and what-if.

use super::Lang;

catalogue! {
    /// The sentences about branches and what-if.
    BranchesText, branches_text;

    title: "Branches", "Ramos";
}
