//! `cargo xtask lighthouse`: what Lighthouse says of the built page on a slow phone.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use headless::{Site, Value};

use crate::arguments::Arguments;
use crate::process::{command, run as run_process, target};
use crate::{Result, browser, dist, weight};

/// The package, pinned: what a score means changes from version to version.
const PACKAGE: &str = "lighthouse@12.8.2";

/// What is scored, by the names in a report.
const CATEGORIES: [&str; 4] = ["performance", "accessibility", "best-practices", "seo"];

/// What is measured, by the names in a report, and what its numbers count.
const TIMES: [(&str, &str); 5] = [
    ("first-contentful-paint", "ms"),
    ("largest-contentful-paint", "ms"),
    ("speed-index", "ms"),
    ("total-blocking-time", "ms"),
    ("cumulative-layout-shift", ""),
];

/// Builds the page, serves it compressed as web hosts do, and prints the medians of several visits of a slow phone.
pub fn run(mut arguments: Arguments) -> Result<()> {
    let visits: usize = arguments.option("--visits")?.unwrap_or(5);
    arguments.finish()?;
    if visits == 0 {
        return Err("a median needs at least one visit".into());
    }
    let programs = browser::ensure()?;
    dist::build()?;
    let folder = compressed_copy(&dist::folder())?;
    let site = Site::serve(&folder, "/")?;
    let reports = (1..=visits)
        .map(|visit| {
            println!("visit {visit} of {visits}");
            report(&site.url(), programs.browser.as_os_str())
        })
        .collect::<Result<Vec<_>>>()?;
    println!("\nmedians of {visits} visits by {PACKAGE}, on a slow phone");
    for category in CATEGORIES {
        let score = median(&reports, &format!("/categories/{category}/score"))?;
        println!("{category:26}  {:>7.0} of 100", score * 100.0);
        for audit in found_fault(&reports[0], category) {
            println!("  {audit}");
        }
    }
    for (name, unit) in TIMES {
        let value = median(&reports, &format!("/audits/{name}/numericValue"))?;
        let decimals = if unit.is_empty() { 3 } else { 0 };
        println!("{name:26}  {value:>7.decimals$} {unit}");
    }
    Ok(())
}

/// The page with each file's compressed form beside it, which the site sends in its place.
fn compressed_copy(dist: &Path) -> Result<PathBuf> {
    let folder = target().join("lighthouse");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    for path in weight::files_in(dist)? {
        let copy = folder.join(path.strip_prefix(dist)?);
        fs::create_dir_all(copy.parent().unwrap_or(&folder))?;
        let content = fs::read(&path)?;
        fs::write(&copy, &content)?;
        let mut name = copy.into_os_string();
        name.push(".gz");
        fs::write(name, weight::gzip(&content)?)?;
    }
    Ok(folder)
}

/// What one visit found.
fn report(url: &str, browser: &OsStr) -> Result<Value> {
    let path = target().join("lighthouse.json");
    let mut lighthouse = command("npx");
    lighthouse
        .args(["--yes", PACKAGE, url, "--quiet", "--output=json", "--output-path"])
        .arg(&path)
        .arg("--chrome-flags=--headless=new --no-sandbox")
        .env("CHROME_PATH", browser);
    run_process(&mut lighthouse)?;
    Ok(fs::read_to_string(path)?.parse()?)
}

/// The titles of what a category would like to be otherwise.
fn found_fault(report: &Value, category: &str) -> Vec<String> {
    let audits = report.pointer(&format!("/categories/{category}/auditRefs"));
    let audits = audits.and_then(Value::as_array).into_iter().flatten();
    let weighty = audits.filter(|audit| audit["weight"].as_f64() > Some(0.0));
    weighty
        .filter_map(|audit| {
            let audit = &report["audits"][audit["id"].as_str()?];
            let is_less = audit["score"].as_f64()? < 1.0;
            is_less.then(|| audit["title"].as_str().map(str::to_owned))?
        })
        .collect()
}

/// The median of a number in all reports.
fn median(reports: &[Value], pointer: &str) -> Result<f64> {
    let numbers = reports
        .iter()
        .map(|report| report.pointer(pointer).and_then(Value::as_f64));
    let mut numbers: Vec<f64> = numbers
        .collect::<Option<_>>()
        .ok_or_else(|| format!("a report has no number at {pointer}"))?;
    numbers.sort_by(f64::total_cmp);
    Ok(numbers[numbers.len() / 2])
}

#[cfg(test)]
mod tests {
    use headless::json;

    use super::*;

    #[test]
    fn the_median_is_that_of_all_reports() {
        let reports = [3.0, 1.0, 2.0].map(|score| json!({ "categories": { "seo": { "score": score } } }));
        assert_eq!(median(&reports, "/categories/seo/score").unwrap(), 2.0);
        assert!(median(&reports, "/categories/performance/score").is_err());
    }

    #[test]
    fn what_is_less_than_perfect_is_named_if_it_counts() {
        let report = json!({
            "categories": { "seo": { "auditRefs": [
                { "id": "title", "weight": 1 }, { "id": "robots", "weight": 1 }, { "id": "hint", "weight": 0 },
            ] } },
            "audits": {
                "title": { "score": 1, "title": "It has a title" },
                "robots": { "score": 0, "title": "Robots are kept out" },
                "hint": { "score": 0, "title": "A hint" },
            },
        });
        assert_eq!(found_fault(&report, "seo"), ["Robots are kept out"]);
    }
}
