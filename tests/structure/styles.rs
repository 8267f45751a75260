//! The style sheets: they hold what the page uses and nothing else, and each colour stands in one place.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Sheets that belong to no feature.
const SHARED: [&str; 7] = ["tokens", "base", "layout", "fields", "boot", "drawing", "print"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files of these kinds in a folder and those below it.
fn files(folder: &Path, kind: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let mut found: Vec<PathBuf> = files
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == kind))
        .collect();
    found.extend(folders.iter().flat_map(|folder| self::files(folder, kind)));
    found
}

fn read(paths: &[PathBuf]) -> String {
    paths
        .iter()
        .map(|path| fs::read_to_string(path).expect("a text"))
        .collect()
}

/// The names of the sheets.
fn sheets() -> Vec<String> {
    files(&root().join("static"), "css")
        .iter()
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .collect()
}

/// A sheet without its comments.
fn sheet(name: &str) -> String {
    let path = root().join("static/styles").join(format!("{name}.css"));
    uncommented(&read(&[path]))
}

fn all_sheets() -> String {
    uncommented(&read(&files(&root().join("static"), "css")))
}

fn uncommented(sheet: &str) -> String {
    sheet.split("*/").filter_map(|part| part.split("/*").next()).collect()
}

fn source() -> String {
    read(&files(&root().join("src"), "rs"))
}

fn words(text: &str) -> BTreeSet<&str> {
    text.split(|sign: char| !(sign.is_ascii_alphanumeric() || "-_".contains(sign)))
        .collect()
}

/// What stands before each brace, in a sheet without comments.
fn selectors(sheet: &str) -> Vec<&str> {
    sheet
        .split('{')
        .map(|rule| rule.rsplit(['}', ';']).next().unwrap_or_default())
        .collect()
}

/// Each selector with its property and value, in a sheet without comments; media queries are left out.
fn declarations(sheet: &str) -> Vec<(&str, &str, &str)> {
    let rules = sheet.split('}').filter_map(|rule| rule.rsplit_once('{'));
    rules
        .flat_map(|(before, body)| {
            let selectors = before.rsplit(['{', ';']).next().unwrap_or_default();
            let declared = body.split(';').filter_map(|declaration| declaration.split_once(':'));
            declared.flat_map(move |(property, value)| {
                selectors
                    .split(',')
                    .map(move |selector| (selector.trim(), property.trim(), value.trim()))
            })
        })
        .collect()
}

fn names(selector: &str, sign: char) -> impl Iterator<Item = &str> {
    selector.split(sign).skip(1).filter_map(|rest| {
        let end = rest.find(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '-'));
        let name = &rest[..end.unwrap_or(rest.len())];
        name.starts_with(|first: char| first.is_ascii_alphabetic())
            .then_some(name)
    })
}

/// The light colour of each token that has one for dark, too.
fn light_colours(tokens: &str) -> BTreeMap<&str, &str> {
    let tokens = declarations(tokens).into_iter();
    tokens
        .filter_map(|(_, token, value)| Some((token, value.strip_prefix("light-dark(")?.split_once(',')?.0)))
        .collect()
}

/// The names of the functions in a value.
fn called(value: &str) -> impl Iterator<Item = &str> {
    let before = value.split('(').rev().skip(1);
    before.filter_map(|text| {
        text.rsplit(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '-'))
            .next()
    })
}

/// What is between `start` and the first `end` after it, wherever `start` is.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    let parts = text.split(start).skip(1);
    parts.filter_map(|rest| rest.split(end).next()).collect()
}

#[test]
fn every_class_and_name_in_the_style_sheets_is_one_of_the_page() {
    let sheets = all_sheets();
    let mut source = source();
    source += &read(&files(&root().join("static"), "js"));
    source += &read(&[root().join("index.html")]);
    let used = words(&source);
    let styled: BTreeSet<&str> = selectors(&sheets)
        .into_iter()
        .flat_map(|selector| names(selector, '.').chain(names(selector, '#')))
        .collect();
    assert!(styled.len() > 300, "{}", styled.len());
    // The depth of a branch is a number after this.
    let unused: Vec<_> = styled
        .iter()
        .filter(|name| !name.starts_with("depth-") && !used.contains(*name))
        .collect();
    assert!(unused.is_empty(), "styled, but not used: {unused:?}");
}

#[test]
fn every_class_of_the_page_is_in_a_style_sheet() {
    let (sheets, source) = (all_sheets(), source());
    let styled: BTreeSet<&str> = selectors(&sheets)
        .into_iter()
        .flat_map(|selector| names(selector, '.'))
        .collect();
    let lists = between(&source, "class=\"", "\"").into_iter();
    let lists = lists.chain(
        between(&source, "classes!(", "}")
            .into_iter()
            .flat_map(|list| list.split('"').skip(1).step_by(2)),
    );
    let used: BTreeSet<&str> = lists.flat_map(str::split_whitespace).collect();
    assert!(used.len() > 300, "{}", used.len());
    let unstyled: Vec<_> = used.iter().filter(|class| !styled.contains(*class)).collect();
    assert!(unstyled.is_empty(), "used, but not styled: {unstyled:?}");
}

#[test]
fn a_sheet_is_shared_or_has_the_name_of_a_feature_or_of_a_part_of_one() {
    let features = root().join("src/ui/features");
    let is_part = |(feature, part): (&str, &str)| features.join(feature).join(part).with_extension("rs").is_file();
    for name in sheets() {
        let of_feature = features.join(&name).is_dir() || name.split_once('-').is_some_and(is_part);
        let known = SHARED.contains(&name.as_str()) || of_feature;
        assert!(known, "there is no feature {name}");
    }
}

#[test]
fn only_the_tokens_name_a_colour() {
    const FUNCTIONS: [&str; 11] = [
        "rgb",
        "rgba",
        "hsl",
        "hsla",
        "hwb",
        "lab",
        "lch",
        "oklab",
        "oklch",
        "color",
        "light-dark",
    ];
    const NAMES: [&str; 18] = [
        "aqua", "black", "blue", "fuchsia", "gray", "green", "grey", "lime", "maroon", "navy", "olive", "orange",
        "purple", "red", "silver", "teal", "white", "yellow",
    ];
    for name in sheets().iter().filter(|name| *name != "tokens") {
        for (selector, property, value) in declarations(&sheet(name)) {
            let literal = value.contains('#')
                || words(value).iter().any(|word| NAMES.contains(word))
                || called(value).any(|function| FUNCTIONS.contains(&function));
            assert!(!literal, "{name}.css: {selector} {{ {property}: {value} }}");
        }
    }
}

#[test]
fn every_token_is_declared_once_and_used() {
    /// Lengths of one feature, in its own sheet, and a sentence that it sets.
    const LOCAL: [&str; 4] = ["--ring-stays", "--sheet", "--step", "--why-locked"];
    let sheets = all_sheets();
    let tokens = sheet("tokens");
    let declared: Vec<&str> = declarations(&tokens)
        .into_iter()
        .filter_map(|(_, name, _)| name.starts_with("--").then_some(name))
        .collect();
    let once: BTreeSet<&str> = declared.iter().copied().collect();
    assert_eq!(declared.len(), once.len(), "{declared:?}");
    let used: BTreeSet<&str> = between(&sheets, "var(", ")").into_iter().collect();
    let unused: Vec<_> = once.difference(&used).collect();
    assert!(unused.is_empty(), "declared, but not used: {unused:?}");
    let unknown: Vec<_> = used.difference(&once).filter(|name| !LOCAL.contains(name)).collect();
    assert!(unknown.is_empty(), "used, but not declared: {unknown:?}");
}

/// What follows after the last `:has()` of a selector: what is styled because of something else on the page.
fn after_has(selector: &str) -> Option<&str> {
    let rest = selector.rsplit_once(":has(")?.1;
    let mut open = 1;
    let end = rest.find(|sign| {
        match sign {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        open == 0
    });
    end.map(|end| &rest[end + 1..])
}

/// A rule of everything inside what has something lets a browser style the whole page anew whenever anything in it changes, which
/// is in every frame of a run. Playing took twice the time because of two such rules.
#[test]
fn what_is_styled_because_the_page_has_something_is_named() {
    let sheets = all_sheets();
    let rests: Vec<&str> = selectors(&sheets).into_iter().filter_map(after_has).collect();
    assert!(rests.len() > 20, "{rests:?}");
    for rest in rests {
        let of_anything = rest.contains('*') || rest.split([' ', '>', '~', '+']).any(|part| part.starts_with(":not("));
        assert!(
            !of_anything,
            "a rule of everything that is in what has something: …{rest}"
        );
    }
}

#[test]
fn the_icon_has_the_colours_of_the_page() {
    let icon = read(&[root().join("static/icon.svg")]);
    let style = between(&icon, "<style>", "</style>").concat();
    let (light, dark) = style
        .split_once("@media (prefers-color-scheme: dark) {")
        .expect("a dark look");
    let tokens = sheet("tokens");
    let told = declarations(&tokens);
    for (scheme, look) in [("light", light), ("dark", dark)] {
        let painted: Vec<_> = declarations(look)
            .into_iter()
            .filter(|(_, _, value)| value.starts_with('#'))
            .collect();
        assert!(painted.len() > 2, "{painted:?}");
        for (class, property, colour) in painted {
            let token = match (class, property) {
                (".leader", "fill") => "--leader",
                (".server", "fill") => "--follower-fill",
                _ => "--follower",
            };
            let value = told.iter().find(|(_, name, _)| *name == token).expect("a token").2;
            let pair = value
                .strip_prefix("light-dark(")
                .and_then(|rest| rest.strip_suffix(')'));
            let (light, dark) = pair
                .and_then(|pair| pair.split_once(", "))
                .expect("a colour for each scheme");
            let of_page = if scheme == "light" { light } else { dark };
            assert_eq!(colour, of_page, "{scheme}: {property} of {class} is {token}");
        }
    }
}

#[test]
fn pictures_that_are_saved_have_the_colours_of_the_light_page() {
    let (tokens, drawing, source) = (sheet("tokens"), sheet("drawing"), source());
    let light = light_colours(&tokens);
    assert!(light.len() > 15, "{light:?}");
    // A picture is drawn in these alone, also its paper and what the page shows by other means.
    let colours = ["fill=\"#", "stroke=\"#"].map(|paint| between(&source, paint, "\""));
    for colour in colours.concat() {
        let known = light.values().any(|light| light.strip_prefix('#') == Some(colour));
        assert!(known, "no token is #{colour}");
    }
    // What a look's class is on the page, its attributes are in a file.
    let on_page: BTreeMap<_, _> = declarations(&drawing)
        .into_iter()
        .filter(|(_, property, _)| matches!(*property, "fill" | "stroke"))
        .map(|(selector, property, value)| ((selector, property), value))
        .collect();
    let looks: Vec<_> = between(&source, ", \"d-", ";")
        .into_iter()
        .filter_map(|look| look.split_once("\", r##\""))
        .collect();
    assert!(looks.len() > 30, "{looks:?}");
    for (class, attributes) in looks {
        let class = format!(".d-{class}");
        if !on_page.keys().any(|(selector, _)| *selector == class) {
            continue;
        }
        for property in ["fill", "stroke"] {
            let in_file = between(attributes, &format!("{property}=\""), "\"").first().copied();
            let on_page = on_page.get(&(class.as_str(), property)).map(|value| {
                let token = value.strip_prefix("var(").and_then(|rest| rest.strip_suffix(')'));
                token.map_or(*value, |token| light[token])
            });
            assert_eq!(
                in_file.unwrap_or("none"),
                on_page.unwrap_or("none"),
                "{property} of {class}"
            );
        }
    }
}

/// The lightness of a colour of tokens.css, between 0 and 1, as WCAG reckons it.
fn lightness(colour: &str) -> f64 {
    let part = |at: usize| {
        let share = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour")) / 255.0;
        if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let [one, other] = [one, other].map(|colour| lightness(colour) + 0.05);
    (one / other).max(other / one)
}

/// Words have 4.5 to 1 on every ground on which they stand, and what is a control, a lane or a timer has 3 to 1.
#[test]
fn colours_differ_enough_from_their_grounds() {
    const WORDS: [&str; 6] = ["ink", "muted", "leader", "candidate", "follower", "broken"];
    const SHAPES: [&str; 5] = ["line-strong", "track", "candidate-mark", "focus", "follower"];
    const GROUNDS: [&str; 3] = ["paper", "card", "hover"];
    const OWN: [(&str, &str); 9] = [
        ("ink", "leader-fill"),
        ("ink", "candidate-fill"),
        ("ink", "follower-fill"),
        ("muted", "follower-fill"),
        ("muted", "candidate-fill"),
        ("muted", "leader-fill"),
        ("broken", "broken-fill"),
        ("leader", "won"),
        ("muted", "won"),
    ];
    let sheet = sheet("tokens");
    let tokens: BTreeMap<&str, [&str; 2]> = declarations(&sheet)
        .into_iter()
        .filter_map(|(_, name, value)| {
            let both = value.strip_prefix("light-dark(")?.strip_suffix(')')?;
            let (light, dark) = both.split_once(", ")?;
            Some((name.strip_prefix("--")?, [light, dark]))
        })
        .collect();
    let pairs =
        |fronts: &'static [&'static str]| fronts.iter().flat_map(|front| GROUNDS.map(|ground| (*front, ground)));
    let words = pairs(&WORDS).chain(OWN).map(|pair| (pair, 4.5));
    let track = [
        ("track", "follower-fill"),
        ("candidate-mark", "candidate-fill"),
        ("leader", "leader-fill"),
    ];
    let shapes = pairs(&SHAPES).chain(track).map(|pair| (pair, 3.0));
    for ((front, ground), least) in words.chain(shapes) {
        for (scheme, name) in ["light", "dark"].into_iter().enumerate() {
            let has = contrast(tokens[front][scheme], tokens[ground][scheme]);
            assert!(has >= least, "{front} on {ground}, {name}: {has:.2} of {least}");
        }
    }
}
