//! Runs each recipe of the cookbook and compares its output with its documentation.

use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn each_recipe_prints_its_documented_output() {
    let recipes = recipes();
    assert!(recipes.len() >= 14, "{recipes:?}");
    for recipe in &recipes {
        let name = recipe.file_stem().unwrap().to_str().unwrap();
        let source = std::fs::read_to_string(recipe).unwrap();
        let program = examples().join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        assert!(program.exists(), "`{name}` is not built: run `cargo test -p connectors-examples`");
        let output = Command::new(program)
            .envs([("HTTP_PROXY", ""), ("http_proxy", ""), ("ALL_PROXY", ""), ("all_proxy", "")])
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name} failed:\n{said}{errors}");
        assert_eq!(said, promised(&source), "{name} printed something else: {errors}");
    }
}

#[test]
fn each_recipe_is_an_example_listed_in_the_guide() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let page = root.parent().unwrap().join("guide/src/recipes.md");
    let page = std::fs::read_to_string(page).unwrap();
    for recipe in recipes() {
        let file = recipe.file_name().unwrap().to_str().unwrap();
        let name = file.trim_end_matches(".rs");
        assert!(
            manifest.contains(&format!("path = \"cookbook/{file}\"")),
            "{file} is not an example"
        );
        assert!(
            page.contains(&format!("(../../examples/cookbook/{file})")),
            "{file} is not in guide/src/recipes.md"
        );
        let source = std::fs::read_to_string(&recipe).unwrap();
        assert!(
            source.contains(&format!("`cargo run --example {name}`")),
            "{file} does not say how to run it"
        );
    }
}

fn recipes() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cookbook");
    let mut recipes: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    recipes.sort();
    recipes
}

/// Returns the folder of the built examples, next to that of the tests.
fn examples() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    test.parent().unwrap().parent().unwrap().join("examples")
}

/// Returns the text block in a recipe's documentation.
fn promised(source: &str) -> String {
    let lines = source.lines().skip_while(|line| *line != "//! ```text").skip(1);
    let lines = lines.take_while(|line| *line != "//! ```");
    let lines: Vec<_> = lines.map(|line| line.strip_prefix("//! ").unwrap_or_default()).collect();
    lines.join("\n") + "\n"
}
