//! What was measured as a file, and what is tried as a link.

use yew::prelude::*;

use super::{
    desk::{LabDesk, LabHandle, LabSubject},
    picture,
    plot::{Plot, PlotFrame},
    tried,
};
use crate::{
    lab::file,
    ui::{
        kit::{copy_link::CopyLink, files},
        text::Lang,
    },
};

/// What the row needs.
#[derive(Clone, PartialEq, Properties)]
pub struct SaveProps {
    /// What is saved.
    pub desk: LabHandle,
    /// Which state of it.
    pub revision: u64,
    /// The language.
    pub lang: Lang,
}

/// A row of buttons.
#[component]
pub fn Save(props: &SaveProps) -> Html {
    let lang = props.lang;
    let text = lang.lab_text();
    let save = |name: &'static str, save: fn(&LabDesk, Lang)| {
        let desk = props.desk.clone();
        let onclick = move |_: MouseEvent| save(&desk.desk(), lang);
        html! { <button type="button" class="small" {onclick}>{ name }</button> }
    };
    let desk = props.desk.desk();
    let has_plot = desk
        .lines
        .iter()
        .any(|line| line.series.iter().any(super::line::Series::is_done));
    html! {
        <div class="lab-save" role="group" aria-label={text.save}>
            if has_plot {
                { save(text.csv, save_csv) }
                { save(text.svg, save_svg) }
            }
            if desk.subject == LabSubject::Own {
                { save(text.file, save_file) }
            }
            <CopyLink link={desk.link()} label={text.link} {lang} />
        </div>
    }
}

fn save_csv(desk: &LabDesk, lang: Lang) {
    let named: Vec<_> = desk
        .lines
        .iter()
        .flat_map(|line| line.series.iter().map(move |series| (line, series)))
        .filter(|(_, series)| series.is_done())
        .map(|(line, series)| {
            let tried = lang.lab_tried(&series.experiment).join("; ");
            (format!("{}; {tried}", lang.lab_line(line.name)), &series.outcomes[..])
        })
        .collect();
    let text = file::csv_of_all(named.iter().map(|(name, outcomes)| (name.as_str(), *outcomes)));
    files::download("raft-laboratory.csv", "text/csv", &text);
}

fn save_svg(desk: &LabDesk, lang: Lang) {
    let Some(plot) = Plot::of(&desk.lines, desk.form, desk.quantity, desk.varied, PlotFrame::WIDE) else {
        return;
    };
    let text = lang.lab_text();
    let (title, about) = match desk.subject {
        LabSubject::Figure(half) => (lang.paper_half(half), desk.lines.first()),
        LabSubject::Own => (text.own, desk.lines.first()),
    };
    let trials = about
        .and_then(|line| line.series.last())
        .map_or(0, |series| series.experiment.trials);
    let measured = format!(
        "{}: {}",
        lang.quantity(desk.quantity),
        lang.lab_trials(&lang.grouped(trials as usize))
    );
    let mut about = vec![measured];
    about.extend(tried::in_rows(&tried::in_common(&desk.lines, lang), picture::ROW));
    let names: Vec<_> = desk.lines.iter().map(|line| lang.lab_line(line.name)).collect();
    let svg = picture::in_file(&plot, title, &about, &names, lang);
    files::download("raft-laboratory.svg", "image/svg+xml", &svg);
}

fn save_file(desk: &LabDesk, _: Lang) {
    let name = format!("experiment.{}", file::EXTENSION);
    files::download(&name, "text/plain", &file::write_plan(&desk.plan));
}
