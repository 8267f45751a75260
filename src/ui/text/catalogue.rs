//! The form of the catalogue: a row is what is said, in all languages side by side.

/// Makes a struct of texts, and the ways to it from a language:
/// ```text
/// catalogue! {
///     /// The sentences about the log.
///     LogText, log_text;
///
///     copy: "Copy", "Copiar";
///     lost_at(server: NodeId, at: Micros): "{server} lost it at {at}", "{server} o perdeu aos {at}";
/// }
/// ```
/// A row without parameters is a field, `lang.log_text().copy`; one with parameters is a function of the language,
/// `lang.lost_at(server, at)`. What may stand in a sentence and how it is said is in [`super::template`].
///
/// The struct is put together where it is asked for, out of rows that are each a constant of its own. In the optimised program
/// only the rows that are read are left of it, so no part of the program (`xtask/split`) carries sentences that it does not say.
/// Read a row as a value, in `format!` as `{ lang.log_text().copy }`: of what a reference points to, all has to be there.
macro_rules! catalogue {
    ($(#[$about:meta])* $name:ident, $getter:ident; $($(#[$doc:meta])*
        $key:ident $(($($param:ident: $kind:ty),*))?: $($cell:literal),+;)*) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name {
            $($(#[$doc])* pub $key: &'static str,)*
        }

        impl $crate::ui::text::Lang {
            $(#[$about])*
            #[must_use]
            #[inline(always)]
            pub const fn $getter(self) -> $name {
                $name {
                    $($key: $crate::ui::text::row!($key ($($($param),*)?): $($cell),+)[self as usize],)*
                }
            }

            $($crate::ui::text::sentence! {
                $getter; $(#[$doc])* $key($($($param: $kind),*)?)
            })*
        }
    };
}

/// The function that says a row with parameters; the others need none.
macro_rules! sentence {
    ($getter:ident; $(#[$doc:meta])* $key:ident()) => {};
    ($getter:ident; $(#[$doc:meta])* $key:ident($($param:ident: $kind:ty),+)) => {
        $(#[$doc])*
        #[must_use]
        pub fn $key(self, $($param: $kind),+) -> String {
            $crate::ui::text::template::fill(self, self.$getter().$key, &[$(&$param),+])
        }
    };
}

/// Makes a function of the language that has a word for each variant of an enum:
/// ```text
/// words! {
///     /// A role as a word.
///     role: Role;
///     Follower: "follower", "seguidor";
///     ...
/// }
/// ```
macro_rules! words {
    ($(#[$about:meta])* $function:ident: $of:ident; $($variant:ident: $($cell:literal),+;)*) => {
        const _: () = {
            #[derive(Clone, Copy)]
            #[allow(non_snake_case, reason = "the fields are named like the variants")]
            struct Words {
                $($variant: &'static str,)*
            }

            $crate::ui::text::columns! {
                Words; $($variant (): $($cell),+;)*
            }

            impl $crate::ui::text::Lang {
                $(#[$about])*
                #[must_use]
                pub const fn $function(self, of: $of) -> &'static str {
                    let words = &Words::COLUMNS[self as usize];
                    match of {
                        $($of::$variant { .. } => words.$variant,)*
                    }
                }
            }
        };
    };
}

/// Turns rows into columns, one for each language.
macro_rules! columns {
    ($name:ident; $($key:ident ($($param:ident),*): $($cell:literal),+;)*) => {
        impl $name {
            const COLUMNS: &'static [Self; $crate::ui::text::Lang::COUNT] = &{
                let mut columns = [Self::column(0); $crate::ui::text::Lang::COUNT];
                let mut lang = 1;
                while lang < columns.len() {
                    columns[lang] = Self::column(lang);
                    lang += 1;
                }
                columns
            };

            const fn column(lang: usize) -> Self {
                Self {
                    $($key: $crate::ui::text::row!($key ($($param),*): $($cell),+)[lang],)*
                }
            }
        }
    };
}

/// What is said in one row, language by language. A row that lacks a language does not compile, and is named.
macro_rules! row {
    ($key:ident ($($param:ident),*): $($cell:literal),+) => {{
        const NAMES: &[&str] = &[$(stringify!($param)),*];
        const ROW: &[&str] = $crate::ui::text::cells!(
            NAMES, concat!("`", stringify!($key), "`: a language has other parameters"), $($cell),+
        );
        const _: () = assert!(
            ROW.len() == $crate::ui::text::Lang::COUNT,
            concat!("`", stringify!($key), "` is not said once in each language")
        );
        ROW
    }};
}

/// The cells of a row, read by the compiler.
#[cfg(not(test))]
macro_rules! cells {
    ($names:ident, $fault:expr, $($cell:literal),+) => {
        &[$($crate::ui::text::template::template!($cell, $names, $fault)),+]
    };
}

/// The same with the test's own language, made of the first.
#[cfg(test)]
macro_rules! cells {
    ($names:ident, $fault:expr, $($cell:literal),+) => {{
        const PSEUDO: &str = $crate::ui::text::pseudo::accented!([$($cell),+][0]);
        &[$($crate::ui::text::template::template!($cell, $names, $fault),)+
            $crate::ui::text::template::template!(PSEUDO, $names, $fault)]
    }};
}

pub(crate) use {catalogue, cells, columns, row, sentence, words};
