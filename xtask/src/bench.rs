//! `cargo xtask bench`: how fast the simulator is, the laboratory, and going anywhere in a day of a run, on this machine and in the
//! browser.

use std::process::{Command, Stdio};

use crate::arguments::Arguments;
use crate::process::cargo;
use crate::test::in_browser;
use crate::tools::WASM;
use crate::{Result, browser, tools};

/// A line of a benchmark's table: a name, and two numbers. Of `events` they are millions of events and of steps a second, of `lab` the
/// milliseconds for a thousand trials and the trials a second, of `seeking` a median and the worst.
struct Row {
    name: String,
    first: f64,
    second: f64,
}

/// What the rows of the host and of the browser become.
type Table = fn(&[Row], &[Row]) -> String;

/// The benchmarks, and their tables.
const TABLES: [(&str, Table); 3] = [("events", table), ("lab", table_of_trials), ("seeking", table_of_seeks)];

/// Runs the benchmarks twice, or the one that was named, and prints tables, ready for `docs/performance.md`.
pub fn run(mut arguments: Arguments) -> Result<()> {
    let wanted = arguments.word();
    arguments.finish()?;
    browser::ensure().and(tools::component_test_runner())?;
    let mut chosen = TABLES
        .into_iter()
        .filter(|(name, _)| wanted.as_deref().is_none_or(|wanted| wanted == *name))
        .peekable();
    if chosen.peek().is_none() {
        return Err("the benchmarks are called events, lab and seeking".into());
    }
    for (name, table) in chosen {
        let host = rows(&mut cargo(&["bench", "--bench", name]))?;
        // With the profile that ships, which is the one that counts.
        let release = ["--profile", "release", "--target", WASM];
        let arguments = [&["bench", "--bench", name], &release[..], &["--", "--nocapture"]].concat();
        let mut web = in_browser(&arguments)?;
        let web = rows(web.env("WASM_BINDGEN_TEST_TIMEOUT", "300"))?;
        print!("{}", table(&host, &web));
    }
    Ok(())
}

/// Runs the benchmark and picks its table out of what it prints.
fn rows(benchmark: &mut Command) -> Result<Vec<Row>> {
    let output = benchmark.stderr(Stdio::inherit()).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let rows: Vec<Row> = text.lines().filter_map(row).collect();
    if !output.status.success() || rows.is_empty() {
        return Err(format!("the benchmark failed ({})\n{text}", output.status).into());
    }
    Ok(rows)
}

fn row(line: &str) -> Option<Row> {
    let mut columns = line.split("  ").map(str::trim).filter(|column| !column.is_empty());
    let row = Row {
        name: columns.next()?.to_owned(),
        first: columns.next()?.parse().ok()?,
        second: columns.next()?.parse().ok()?,
    };
    columns.next().is_none().then_some(row)
}

fn table(host: &[Row], web: &[Row]) -> String {
    let mut table = "\
| million a second | events, host | events, wasm | node steps, wasm | wasm to host |
|---|--:|--:|--:|--:|
"
    .to_owned();
    for (host, web) in host.iter().zip(web) {
        let ratio = web.first / host.first;
        let row = format!(
            "| {} | {:.1} | {:.1} | {:.1} | {ratio:.2} |\n",
            host.name, host.first, web.first, web.second
        );
        table.push_str(&row);
    }
    table
}

fn table_of_trials(host: &[Row], web: &[Row]) -> String {
    let mut table = "\
| a line of Figure 16 | trials a second, host | trials a second, wasm | 1000 trials, wasm |
|---|--:|--:|--:|
"
    .to_owned();
    for (host, web) in host.iter().zip(web) {
        let (name, host, millis, web) = (&host.name, host.second, web.first, web.second);
        table.push_str(&format!("| {name} | {host:.0} | {web:.0} | {millis:.0} ms |\n"));
    }
    table
}

fn table_of_seeks(host: &[Row], web: &[Row]) -> String {
    let mut table = "\
| a seek | median, host | worst, host | median, wasm | worst, wasm |
|---|--:|--:|--:|--:|
"
    .to_owned();
    for (host, web) in host.iter().zip(web) {
        let Row { name, first, second } = host;
        table.push_str(&format!(
            "| {name} | {first:.1} | {second:.1} | {:.1} | {:.1} |\n",
            web.first, web.second
        ));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::{row, table, table_of_seeks, table_of_trials};

    #[test]
    fn rows_of_numbers_are_read_and_nothing_else() {
        let found = row("calm, safety monitor                     22.5         7.8").expect("a row");
        assert_eq!(found.name, "calm, safety monitor");
        assert!((found.first - 22.5).abs() < 0.01 && (found.second - 7.8).abs() < 0.01);
        assert!(row("five servers, the paper's timing        M events/s   M steps/s").is_none());
        assert!(row("test result: ok. 1 passed; 0 failed").is_none());
    }

    #[test]
    fn the_table_has_both_machines_side_by_side() {
        let rows = |line| row(line).into_iter().collect::<Vec<_>>();
        let table = table(&rows("calm   20.0   7.0"), &rows("calm   10.0   3.5"));
        assert!(table.ends_with("| calm | 20.0 | 10.0 | 3.5 | 0.50 |\n"), "{table}");
    }

    #[test]
    fn the_table_of_seeks_has_both_machines_side_by_side() {
        let rows = |line| row(line).into_iter().collect::<Vec<_>>();
        let table = table_of_seeks(&rows("time in ms   4.0   9.0"), &rows("time in ms   7.5   16.0"));
        assert!(table.ends_with("| time in ms | 4.0 | 9.0 | 7.5 | 16.0 |\n"), "{table}");
    }

    #[test]
    fn the_table_of_the_laboratory_says_how_long_a_thousand_trials_take() {
        let rows = |line| row(line).into_iter().collect::<Vec<_>>();
        let table = table_of_trials(
            &rows("150 to 300 ms   8.0   125000"),
            &rows("150 to 300 ms   20.0   50000"),
        );
        assert!(
            table.ends_with("| 150 to 300 ms | 125000 | 50000 | 20 ms |\n"),
            "{table}"
        );
    }
}
