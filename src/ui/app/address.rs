//! What the page's address asks for.

use crate::ui::{
    features::atlas,
    kit::{panel::Panel, theme::Theme},
    text::Lang,
};

/// What the part of the address after `?` asks for. What it does not know, it ignores.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UrlOptions {
    /// `embed=1`: ring, transport and these panels only (`panels=log,servers`), for a frame in another page.
    pub embed: Option<Vec<Panel>>,
    /// `lang=pt-BR`: the language.
    pub lang: Option<Lang>,
    /// `theme=dark`: light or dark.
    pub theme: Option<Theme>,
    /// `lesson=terms`: the built-in lesson with this name, if there is one.
    pub lesson: Option<String>,
    /// `scenario=split-vote`: the built-in scenario with this name, if there is one.
    pub scenario: Option<String>,
    /// `lab=figure-16-timeouts`: what the laboratory has under this name; `atlas`, `atlas=pre-vote`: its atlas.
    pub lab: Option<String>,
}

impl UrlOptions {
    /// Those of this page, if there are these panels.
    #[must_use]
    pub fn of_this_page(panels: &[Panel]) -> Self {
        let search = gloo::utils::window().location().search();
        Self::from_query(&search.unwrap_or_default(), panels)
    }

    /// Lets the document show whether it is in a frame.
    pub fn apply(&self) {
        if let (Some(_), Some(root)) = (&self.embed, gloo::utils::document().document_element()) {
            let _ = root.set_attribute("data-embed", "");
        }
    }

    /// Those of a query, with or without its `?`, if there are these panels.
    #[must_use]
    pub fn from_query(query: &str, all: &[Panel]) -> Self {
        let query = query.strip_prefix('?').unwrap_or(query);
        let mut options = Self::default();
        let mut panels = None;
        for pair in query.split('&') {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            match key {
                "embed" if matches!(value, "" | "1") => options.embed = Some(Vec::new()),
                "panels" => panels = Some(panels_of(value, all)),
                "lang" => options.lang = Some(Lang::from_tag(value)),
                "theme" => options.theme = Theme::from_name(value),
                "lesson" => options.lesson = Some(value.to_owned()),
                "lab" => options.lab = Some(value.to_owned()),
                // The laboratory has it as well; what follows are rules.
                atlas::ADDRESS => options.lab = Some(pair.to_owned()),
                "scenario" => options.scenario = Some(value.to_owned()),
                _ => {}
            }
        }
        if options.embed.is_some() {
            let told_of = || panels_of(panels_told_of(options.lesson.as_deref()), all);
            options.embed = Some(panels.unwrap_or_else(told_of));
        }
        options
    }
}

/// The panels that a built-in lesson speaks of, as in an address: a frame has them unless it asks for others.
fn panels_told_of(lesson: Option<&str>) -> &'static str {
    match lesson {
        Some("terms" | "luck" | "memory" | "logs" | "networks") => "rules",
        Some("timeouts") => "network",
        Some("lab") => "log,rules",
        _ => "",
    }
}

/// The panels of a list with commas, as written or as programs that build addresses write them.
fn panels_of(list: &str, all: &[Panel]) -> Vec<Panel> {
    let mut panels = Vec::new();
    for part in list.split([',', '%']) {
        let after_comma = ["2C", "2c"].into_iter().find_map(|code| part.strip_prefix(code));
        let slug = after_comma.unwrap_or(part);
        let panel = all.iter().find(|panel| panel.slug == slug);
        if let Some(panel) = panel.filter(|panel| !panels.contains(*panel)) {
            panels.push(*panel);
        }
    }
    panels
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        lesson::BuiltinLesson,
        ui::{app::panels, features::share::Frame},
    };

    const LOG: Panel = panel("log");
    const WHY: Panel = panel("why");
    const DIAGRAM: Panel = panel("diagram");
    const ALL: [Panel; 3] = [LOG, WHY, DIAGRAM];

    const fn panel(slug: &'static str) -> Panel {
        Panel {
            slug,
            title: |_| "",
            about: |_| "",
        }
    }

    fn asked_for(query: &str) -> UrlOptions {
        UrlOptions::from_query(query, &ALL)
    }

    #[test]
    fn a_plain_address_asks_for_nothing() {
        for query in [
            "",
            "?",
            "?panic",
            "?panels=log",
            "?utm_source=mail&embedded=1",
            "?embed=0",
        ] {
            assert_eq!(asked_for(query), UrlOptions::default(), "{query}");
        }
    }

    #[test]
    fn an_embedded_page_has_the_panels_that_were_asked_for_in_that_order() {
        let embedded = |query| asked_for(query).embed;
        assert_eq!(embedded("?embed=1"), Some(vec![]));
        assert_eq!(embedded("?embed"), Some(vec![]));
        assert_eq!(embedded("?embed=1&panels=why,log"), Some(vec![WHY, LOG]));
        assert_eq!(embedded("?panels=log%2Cwhy&embed=1"), Some(vec![LOG, WHY]));
        assert_eq!(embedded("?embed=1&panels=,Log,nothing,log,log,<b>"), Some(vec![LOG]));
    }

    #[test]
    fn language_and_theme_can_be_asked_for() {
        let options = asked_for("?embed=1&lang=pt-BR&theme=dark");
        assert_eq!((options.lang, options.theme), (Some(Lang::Pt), Some(Theme::Dark)));
        assert_eq!(asked_for("?theme=loud").theme, None);
    }

    #[test]
    fn a_lesson_can_be_asked_for() {
        assert_eq!(asked_for("?lang=en&lesson=terms").lesson.as_deref(), Some("terms"));
    }

    #[test]
    fn a_lesson_in_a_frame_brings_the_panels_that_it_speaks_of() {
        let panels = |query: &str| UrlOptions::from_query(query, &panels::ALL).embed.unwrap_or_default();
        for lesson in BuiltinLesson::ALL {
            let query = format!("embed=1&lesson={}", lesson.slug());
            let steps: Vec<_> = lesson
                .lesson()
                .scenes
                .into_iter()
                .flat_map(|scene| scene.steps)
                .collect();
            for lang in Lang::ALL {
                let texts = steps.iter().map(|step| step.text.get(lang.tag()).to_owned());
                let texts = texts.collect::<Vec<_>>().join(" ");
                let is_named = |panel: &Panel| {
                    let title = (panel.title)(lang);
                    [format!("panel “{title}”"), format!("painel “{title}”")]
                        .iter()
                        .any(|name| texts.contains(name))
                };
                let named: Vec<_> = panels::ALL.into_iter().filter(is_named).collect();
                let has: Vec<_> = panels::ALL
                    .into_iter()
                    .filter(|panel| panels(&query).contains(panel))
                    .collect();
                assert_eq!(named, has, "{query}, {}", lang.tag());
            }
            assert_eq!(panels(&format!("{query}&panels=servers")).len(), 1);
            assert_eq!(panels(&format!("{query}&panels=")), []);
        }
    }

    #[test]
    fn an_experiment_can_be_asked_for() {
        assert_eq!(
            asked_for("?lab=figure-16-timeouts").lab.as_deref(),
            Some("figure-16-timeouts")
        );
    }

    #[test]
    fn the_atlas_can_be_asked_for_with_rules() {
        let asked = |query| asked_for(query).lab;
        assert_eq!(asked("?atlas&lang=pt-BR").as_deref(), Some("atlas"));
        assert_eq!(
            asked("?atlas=pre-vote%2Ccheck-quorum").as_deref(),
            Some("atlas=pre-vote%2Ccheck-quorum")
        );
    }

    #[test]
    fn a_scenario_can_be_asked_for_by_its_name() {
        let asked = |query| asked_for(query).scenario;
        assert_eq!(asked("?scenario=split-vote&embed=1").as_deref(), Some("split-vote"));
        assert_eq!(asked("?lang=en"), None);
    }

    #[test]
    fn what_a_frame_asks_for_is_what_the_page_in_it_understands() {
        let frame = Frame {
            page: "https://example.org/raft/",
            run: "1abc_-9",
            panels: &[LOG, DIAGRAM],
            height: 480,
            lang: Lang::Pt,
            theme: Theme::Dark,
        };
        let address = frame.address();
        let (before, run) = address.split_once('#').unwrap();
        let (page, query) = before.split_once('?').unwrap();
        assert_eq!((page, run), ("https://example.org/raft/", "1abc_-9"));
        let asked = UrlOptions {
            embed: Some(vec![LOG, DIAGRAM]),
            lang: Some(Lang::Pt),
            theme: Some(Theme::Dark),
            lesson: None,
            scenario: None,
            lab: None,
        };
        assert_eq!(asked_for(query), asked);
    }
}
