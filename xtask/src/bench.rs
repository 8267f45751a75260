//! `cargo xtask bench`: how fast the simulator is, on this machine and in the browser.

use std::process::{Command, Stdio};

use crate::arguments::Arguments;
use crate::process::cargo;
use crate::test::in_browser;
use crate::tools::WASM;
use crate::{Result, browser, tools};

/// A line of the benchmark's table: a name, millions of events and millions of steps a second.
struct Row {
    name: String,
    events: f64,
    steps: f64,
}

/// Runs the benchmark twice and prints one table, ready for `docs/performance.md`.
pub fn run(arguments: Arguments) -> Result<()> {
    arguments.finish()?;
    browser::ensure().and(tools::component_test_runner())?;
    let host = rows(&mut cargo(&["bench", "--bench", "events"]))?;
    // With the profile that ships, which is the one that counts.
    let release = ["--profile", "release", "--target", WASM];
    let arguments = [&["bench", "--bench", "events"], &release[..], &["--", "--nocapture"]].concat();
    let mut web = in_browser(&arguments)?;
    let web = rows(web.env("WASM_BINDGEN_TEST_TIMEOUT", "300"))?;
    print!("{}", table(&host, &web));
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
        events: columns.next()?.parse().ok()?,
        steps: columns.next()?.parse().ok()?,
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
        let ratio = web.events / host.events;
        let row = format!(
            "| {} | {:.1} | {:.1} | {:.1} | {ratio:.2} |\n",
            host.name, host.events, web.events, web.steps
        );
        table.push_str(&row);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::{row, table};

    #[test]
    fn rows_of_numbers_are_read_and_nothing_else() {
        let found = row("calm, safety monitor                     22.5         7.8").expect("a row");
        assert_eq!(found.name, "calm, safety monitor");
        assert!((found.events - 22.5).abs() < 0.01 && (found.steps - 7.8).abs() < 0.01);
        assert!(row("five servers, the paper's timing        M events/s   M steps/s").is_none());
        assert!(row("test result: ok. 1 passed; 0 failed").is_none());
    }

    #[test]
    fn the_table_has_both_machines_side_by_side() {
        let rows = |line| row(line).into_iter().collect::<Vec<_>>();
        let table = table(&rows("calm   20.0   7.0"), &rows("calm   10.0   3.5"));
        assert!(table.ends_with("| calm | 20.0 | 10.0 | 3.5 | 0.50 |\n"), "{table}");
    }
}
