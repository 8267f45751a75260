//! The form of the catalogue: a row is what is said, in all languages side by side.

/// Makes a struct of texts, with a column for each language, and the ways to it from a language:
/// ```text
/// catalogue! {
///     /// The sentences about the log.
///     LogText, log_text;
///
///     copy: "Copy", "Copiar";
///     lost_at(server: NodeId, at: Micros): "{server} lost it at {at}", "{server} o perdeu em {at}";
/// }
/// ```
/// A row without parameters is a field, `lang.log_text().copy`; one with parameters is a function of the language,
/// `lang.lost_at(server, at)`. What may stand in a sentence and how it is said is in [`super::template`].
macro_rules! catalogue {
    ($(#[$about:meta])* $name:ident, $getter:ident; $($(#[$doc:meta])*
        $key:ident $(($($param:ident: $kind:ty),*))?: $($cell:literal),+;)*) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name {
            $($(#[$doc])* pub $key: &'static str,)*
        }

        $crate::ui::text::columns! {
            $name; $($key ($($($param),*)?): $($cell),+;)*
        }

        impl $crate::ui::text::Lang {
            $(#[$about])*
            #[must_use]
            pub const fn $getter(self) -> &'static $name {
                &$name::COLUMNS[self as usize]
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

/// Turns rows into columns, one for each language. A row that lacks a language does not compile, and is named.
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
                    $($key: {
                        const NAMES: &[&str] = &[$(stringify!($param)),*];
                        const ROW: &[&str] = $crate::ui::text::row!(
                            NAMES, concat!("`", stringify!($key), "`: a language has other parameters"), $($cell),+
                        );
                        const _: () = assert!(
                            ROW.len() == $crate::ui::text::Lang::COUNT,
                            concat!("`", stringify!($key), "` is not said once in each language")
                        );
                        ROW[lang]
                    },)*
                }
            }
        }
    };
}

/// What is said in one row, language by language.
#[cfg(not(test))]
macro_rules! row {
    ($names:ident, $fault:expr, $($cell:literal),+) => {
        &[$($crate::ui::text::template::template!($cell, $names, $fault)),+]
    };
}

/// The same with the test's own language, made of the first.
#[cfg(test)]
macro_rules! row {
    ($names:ident, $fault:expr, $($cell:literal),+) => {{
        const PSEUDO: &str = $crate::ui::text::pseudo::accented!([$($cell),+][0]);
        &[$($crate::ui::text::template::template!($cell, $names, $fault),)+
            $crate::ui::text::template::template!(PSEUDO, $names, $fault)]
    }};
}

pub(crate) use {catalogue, columns, row, sentence, words};
