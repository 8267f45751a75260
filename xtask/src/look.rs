//! A page to look at on this machine, without trunk.
//!
//! Trunk is the largest program that a newcomer would have to compile, and of what it does a look needs little: the names that
//! `index.html` gives to sheets, scripts and programs become those of files. What is published is trunk's ([`crate::dist`]).

use std::env;
use std::fs;
use std::path::Path;
use std::thread;

use crate::Result;
use crate::process::{cargo, command, root, run, target};
use crate::tools::WASM;

/// The page's program, and those that run beside it.
const PROGRAMS: [&str; 3] = ["raft-playground", "adversary", "laboratory"];

/// Makes the page in a folder, by a profile of Cargo.toml.
pub fn build(folder: &Path, profile: &str) -> Result<()> {
    fs::create_dir_all(folder)?;
    run(&mut cargo(&["run", "--quiet", "--package", "styles"]))?;
    let mut programs = cargo(&["build", "--target", WASM, "--profile", profile]);
    programs.args(PROGRAMS.iter().flat_map(|program| ["--bin", program]));
    let mut build_bind = cargo(&["build", "--quiet", "--package", "bind"]);
    // Neither needs the other, and each alone leaves processors idle at its end.
    thread::scope(|scope| {
        let bound = scope.spawn(|| run(&mut build_bind).map_err(|error| error.to_string()));
        run(&mut programs)?;
        bound.join().map_err(|_| "the build of `bind` stopped")??;
        Ok::<_, Box<dyn std::error::Error>>(())
    })?;
    let made = if profile == "dev" { "debug" } else { profile };
    let bind = target().join("debug").join(format!("bind{}", env::consts::EXE_SUFFIX));
    for program in PROGRAMS {
        let wasm = target().join(WASM).join(made).join(program).with_extension("wasm");
        run(command(&bind).arg(wasm).arg(folder))?;
    }
    let index = fs::read_to_string(root().join("index.html"))?;
    let trunk = fs::read_to_string(root().join("Trunk.toml"))?;
    let page = Page::of(&index, &preload(&trunk)?)?;
    for file in page.files {
        let from = root().join(&file);
        fs::copy(&from, folder.join(name(&file))).map_err(|error| format!("{}: {error}", from.display()))?;
    }
    fs::write(folder.join("index.html"), page.html)?;
    Ok(())
}

/// What Trunk.toml puts in the place of the program, with the names that the files have here.
fn preload(trunk: &str) -> Result<String> {
    let links = trunk.split("pattern_preload = \"\"\"").nth(1);
    let links = links.and_then(|rest| rest.split("\"\"\"").next());
    let links = links.ok_or("Trunk.toml has no pattern_preload")?.trim();
    let [program, ..] = PROGRAMS;
    Ok(links
        .replace("{base}", "./")
        .replace("{js}", &format!("{program}.js"))
        .replace("{wasm}", &format!("{program}_bg.wasm")))
}

/// The page with the names of files, and the files that lie beside it.
struct Page {
    html: String,
    files: Vec<String>,
}

impl Page {
    fn of(index: &str, preload: &str) -> Result<Self> {
        let (mut html, mut files) = (String::new(), Vec::new());
        let mut rest = index;
        while let Some((before, after)) = rest.split_once(" data-trunk") {
            let (before, element) = before
                .rsplit_once('<')
                .ok_or("`data-trunk` stands outside of an element")?;
            let (attributes, after) = after.split_once('>').ok_or("an element does not end")?;
            html += before;
            match (
                value(attributes, "rel"),
                value(attributes, "href").or(value(attributes, "src")),
            ) {
                (Some("rust"), _) if value(attributes, "data-type") == Some("worker") => {}
                (Some("rust"), _) => html += preload,
                (Some("copy-file"), Some(file)) => files.push(file.to_owned()),
                (_, Some(file)) => {
                    let attributes = attributes.replace(file, &format!("./{}", name(file)));
                    html += &format!("<{element}{}>", attributes.replace("\"css\"", "\"stylesheet\""));
                    files.push(file.to_owned());
                }
                (_, None) => return Err(format!("what is <{element} data-trunk{attributes}>?").into()),
            }
            rest = after;
        }
        html += rest;
        Ok(Self { html, files })
    }
}

/// The value of an attribute.
fn value<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let (_, value) = attributes.split_once(&format!(" {name}=\""))?;
    value.split('"').next()
}

/// The name of a file without its folder.
fn name(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_the_files_that_lie_beside_it() {
        let index = "<head>\n<link data-trunk rel=\"icon\" href=\"static/icon.svg\" type=\"image/svg+xml\">\n\
                     <link rel=\"manifest\" href=\"./manifest.webmanifest\">\n\
                     <link data-trunk rel=\"css\" href=\"target/later.css\" id=\"later\" disabled>\n\
                     <link data-trunk rel=\"rust\" data-bin=\"raft-playground\">\n\
                     <link data-trunk rel=\"rust\" data-bin=\"adversary\" data-type=\"worker\">\n</head>\n\
                     <link data-trunk rel=\"copy-file\" href=\"static/worker.js\">\n\
                     <script data-trunk type=\"module\" src=\"static/loader.js\"></script>\n";
        let page = Page::of(index, "<link id=\"program-js\">").unwrap();
        assert_eq!(
            page.html,
            "<head>\n<link rel=\"icon\" href=\"./icon.svg\" type=\"image/svg+xml\">\n\
             <link rel=\"manifest\" href=\"./manifest.webmanifest\">\n\
             <link rel=\"stylesheet\" href=\"./later.css\" id=\"later\" disabled>\n\
             <link id=\"program-js\">\n\n</head>\n\n<script type=\"module\" src=\"./loader.js\"></script>\n"
        );
        assert_eq!(
            page.files,
            [
                "static/icon.svg",
                "target/later.css",
                "static/worker.js",
                "static/loader.js"
            ]
        );
    }

    #[test]
    fn what_is_in_the_project_becomes_a_page() {
        let read = |file: &str| fs::read_to_string(root().join(file)).unwrap();
        let page = Page::of(&read("index.html"), &preload(&read("Trunk.toml")).unwrap()).unwrap();
        for part in [
            "href=\"./raft-playground.js\"",
            "href=\"./raft-playground_bg.wasm\"",
            "src=\"./start.js\"",
        ] {
            assert!(page.html.contains(part), "{part}");
        }
        assert!(!page.html.contains("data-trunk"));
    }
}
