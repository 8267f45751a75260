//! `cargo xtask screenshots`: pictures of the page, to look at and for the README.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use headless::{Browser, Options, Site};

use crate::arguments::Arguments;
use crate::process::target;
use crate::{Result, browser, dist, test};

/// A laptop on a projector, and the narrowest phone.
const SIZES: [(&str, (u32, u32)); 2] = [("wide", (1280, 800)), ("narrow", (360, 740))];
const THEMES: [&str; 2] = ["light", "dark"];

/// Takes a picture of the built page in each size and theme, some seconds after it has started; or takes those of the README anew.
pub fn run(mut arguments: Arguments) -> Result<()> {
    if arguments.flag("--readme") {
        arguments.finish()?;
        return test::page("pictures::", &[("RENEW_PICTURES", "1")]);
    }
    let folder = arguments
        .option("--out")?
        .unwrap_or_else(|| target().join("screenshots"));
    let seconds: u64 = arguments.option("--after")?.unwrap_or(3);
    arguments.finish()?;
    browser::ensure()?;
    dist::build()?;
    fs::create_dir_all(&folder)?;
    let site = Site::serve(dist::folder(), "/")?;
    for (name, size) in SIZES {
        let browser = Browser::start(&Options {
            size,
            ..Options::default()
        })?;
        for theme in THEMES {
            browser.emulate_media(&[("prefers-color-scheme", theme)])?;
            let file = picture(&browser, &site, seconds, &folder, &format!("{name}-{theme}.png"))?;
            println!("{}", file.display());
        }
    }
    Ok(())
}

fn picture(browser: &Browser, site: &Site, seconds: u64, folder: &Path, name: &str) -> Result<PathBuf> {
    browser.open(&site.url())?;
    browser.wait_until_started()?;
    thread::sleep(Duration::from_secs(seconds));
    let file = folder.join(name);
    fs::write(&file, browser.screenshot()?)?;
    Ok(file)
}
