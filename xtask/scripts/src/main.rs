//! `scripts FILE…`: makes each of these scripts short, in its place.
//!
//! What wasm-bindgen writes and what `static/` holds is for people to read. A browser needs neither its names nor its space. It is a
//! program of its own because only the page that is published wants it, and the compiler takes most of a minute for it.

use std::env;
use std::error::Error;
use std::fs;

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_minifier::{CompressOptions, MangleOptions, Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;

fn main() -> Result<(), Box<dyn Error>> {
    for path in env::args_os().skip(1) {
        let script = fs::read_to_string(&path)?;
        let short = shortened(&script).map_err(|error| format!("{}: {error}", path.display()))?;
        fs::write(&path, short)?;
    }
    Ok(())
}

/// The same script in fewer characters.
///
/// # Errors
/// What the parser finds wrong with it.
fn shortened(script: &str) -> Result<String, String> {
    let allocator = Allocator::default();
    // Each has names of its own: a module, or a script that is one function. What others call it by stays, as it is exported.
    let mut parsed = Parser::new(&allocator, script, SourceType::mjs()).parse();
    if let Some(error) = parsed.errors.first() {
        return Err(error.to_string());
    }
    let options = MinifierOptions {
        mangle: Some(MangleOptions {
            top_level: true,
            ..MangleOptions::default()
        }),
        compress: Some(CompressOptions::default()),
    };
    let minified = Minifier::new(options).minify(&allocator, &mut parsed.program);
    let codegen = Codegen::new().with_options(CodegenOptions::minify());
    Ok(codegen.with_scoping(minified.scoping).build(&parsed.program).code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_keeps_what_others_call_it_by() {
        let script = "// One.\nfunction greet(longName) {\n    return longName + longName;\n}\nexport { greet };\n";
        let short = shortened(script).unwrap();
        assert!(short.len() < script.len(), "{short}");
        assert!(
            short.contains("greet") && !short.contains("longName") && !short.contains("One"),
            "{short}"
        );
    }

    #[test]
    fn what_is_no_script_is_refused() {
        assert!(shortened("function (").is_err());
    }
}
