//! English and Brazilian Portuguese: from the browser, or as the reader wants it, also next time.

use std::collections::BTreeSet;

use headless::{Node, Page, any, starting};

use crate::steps::{every_line, panel, panels, stopped};

fn is_portuguese(page: &Page) -> bool {
    page.execute("return document.documentElement.lang") == "pt-BR" && page.find("button", "Ajuda").is_some()
}

#[test]
fn the_browsers_language_decides_at_first() {
    for (browser, portuguese) in [("pt-BR", true), ("pt-PT", true), ("de-DE", false)] {
        let page = Page::visit().language(browser).open();
        assert_eq!(is_portuguese(&page), portuguese, "{browser}");
        assert!(
            page.find("heading", any())
                .is_some_and(|heading| heading.name() == "Raft Election Playground")
        );
    }
}

#[test]
fn the_reader_chooses_for_good() {
    let page = Page::open();
    page.get("combobox", "Language").fill("pt-BR");
    page.wait_until("it is Portuguese", is_portuguese);
    assert_eq!(page.execute("return document.title"), "Raft Election Playground");
    page.reload();
    assert!(is_portuguese(&page), "it is remembered");
    page.get("combobox", "Idioma").fill("en");
    page.wait_for("button", "Help");
    page.reload();
    page.wait_for("button", "Help");
}

/// The protocol's words, which stay English, and names.
const SHARED: [&str; 27] = [
    "Ctrl+Z",
    "PgUp  PgDn",
    "PgUp PgDn",
    "crashed",
    "election timeout",
    "election timer",
    "Cluster",
    "Election timeout",
    "EN",
    "Enter",
    "Home  End",
    "Home End",
    "Leader",
    "candidate",
    "leader",
    "Pre-vote",
    "Log",
    "PT",
    "Raft Election Playground",
    "Term",
    "Timer",
    "follower",
    "heartbeat",
    "heartbeats",
    "run logic",
    "terms",
    "voted for",
];

/// Everything with a name or a text in a panel, menu or sheet, but for logs and numbers.
fn words(page: &Page) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for (index, name) in panels(page).iter().enumerate() {
        panel(page, name);
        if index == 0 {
            words.extend(page.tree().iter().map(|node: &Node<'_>| node.name().to_owned()));
            every_line(page);
            page.all("tabpanel")[0].call("function () { this.querySelector('[aria-expanded]').click(); }", &[]);
        }
        words.extend(page.tree().iter().map(|node: &Node<'_>| node.name().to_owned()));
    }
    page.button(starting("S1, ")).right_click();
    words.extend(page.tree().iter().map(|node| node.name().to_owned()));
    page.press("Escape");
    page.press("?");
    words.extend(page.tree().iter().map(|node| node.name().to_owned()));
    words
}

/// Whether a text is worth translating: words of the language, not numbers or the lab's log.
fn speaks(text: &str) -> bool {
    let log = text.contains('[') || text == "Run Logic." || text == "Accepting connections.";
    // The paper is quoted as it stands, in every language.
    let quote = text.starts_with('“');
    let letters = text.chars().filter(|letter| letter.is_lowercase()).count();
    letters > 2 && !log && !quote && !text.contains(|digit: char| digit.is_ascii_digit())
}

#[test]
fn nothing_is_left_untranslated() {
    let of = |language: &str| {
        let page = Page::visit().language(language).open();
        page.press("Space");
        page.press("r");
        words(&page)
    };
    let (english, portuguese) = (of("en-US"), of("pt-BR"));
    let same: Vec<&String> = english.intersection(&portuguese).filter(|text| speaks(text)).collect();
    let left: Vec<_> = same.iter().filter(|text| !SHARED.contains(&text.as_str())).collect();
    assert!(english.len() > 100, "{english:?}");
    assert!(left.is_empty(), "in both languages: {left:#?}");
}

/// Numbers with a decimal point in a text, but for sections of the paper.
fn points(text: &str) -> Vec<&str> {
    let has_point = |word: &&str| {
        let bytes = word.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        !word.contains('§') && (1..bytes.len()).any(|at| bytes[at] == b'.' && digit(at - 1) && digit(at + 1))
    };
    text.split_whitespace().filter(has_point).collect()
}

#[test]
fn portuguese_numbers_have_a_decimal_comma_also_where_they_are_entered() {
    let page = stopped(Page::visit().language("pt-BR"));
    for _ in 0..30 {
        page.press("ArrowRight");
    }
    page.wait_for_text("lidera o term 1");
    assert!(page.get("timer", any()).text().starts_with("0,"), "the clock");
    // The terminals show what the lab's servers print, as it was.
    for tab in [
        "Log",
        "Servidores",
        "Rede",
        "Regras",
        "Segurança",
        "Espaço-tempo",
        "Ramos",
    ] {
        panel(&page, tab);
        let text = page.text();
        assert_eq!(points(&text), [""; 0], "{tab}: {text}");
    }
    panel(&page, "Rede");
    // As it is seen: to assistive technology its value is a number, beside which it says the same.
    let field = |page: &Page| -> String {
        let shown =
            page.execute("return document.querySelector('[aria-label=\"Intervalo de heartbeat\"] input').value");
        shown.as_str().unwrap_or_default().to_owned()
    };
    for typed in ["7,5", "8.5"] {
        page.get("spinbutton", "Intervalo de heartbeat").fill(typed);
        page.wait_until("it is taken", |page| field(page) == typed.replace('.', ","));
    }
    page.get("spinbutton", "Intervalo de heartbeat").focus();
    page.press("ArrowUp");
    page.wait_until("it is a millisecond more", |page| field(page) == "9,5");
}
