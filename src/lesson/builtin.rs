//! The built-in lessons: which there are.

use super::{Lesson, file};

/// Makes [`BuiltinLesson`]. A line has the name in the code and the name in addresses, which never changes. The file of the same
/// name in the folder `builtin` has everything else.
macro_rules! lessons {
    ($($id:ident = $slug:literal,)*) => {
        /// Which lesson.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum BuiltinLesson {
            $(
                #[doc = concat!("That of `builtin/", $slug, ".lesson`.")]
                $id,
            )*
        }

        impl BuiltinLesson {
            /// All of them, in the order in which they are offered.
            pub const ALL: [Self; [$(Self::$id),*].len()] = [$(Self::$id),*];

            /// Its name in addresses. Never changes.
            #[must_use]
            pub const fn slug(self) -> &'static str {
                match self {
                    $(Self::$id => $slug,)*
                }
            }

            /// Its file.
            #[must_use]
            pub const fn file(self) -> &'static str {
                match self {
                    $(Self::$id => include_str!(concat!("builtin/", $slug, ".lesson")),)*
                }
            }
        }
    };
}

lessons! {
    OneLeader = "one-leader",
    Majority = "majority",
    Terms = "terms",
    Luck = "luck",
    Timeouts = "timeouts",
    Memory = "memory",
    Logs = "logs",
    Networks = "networks",
    Lab = "lab",
}

impl BuiltinLesson {
    /// The lesson with this name.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lesson| lesson.slug() == slug)
    }

    /// The lesson.
    ///
    /// # Panics
    /// Never: a test reads the files of all.
    #[must_use]
    pub fn lesson(self) -> Lesson {
        file::read(self.file()).expect("the built-in files are right")
    }
}
