//! Measures the cold build of a client and of reqwest alone with the same TLS and features.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use report::median;

use crate::Failure;
use crate::measure::children;

const ROUNDS: usize = 2;

pub(crate) fn run(place: &Path) -> Result<String, Failure> {
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../connectors-client");
    let own = format!("connectors-client = {{ path = {client:?} }}\n");
    let with = |features: &str| {
        format!(
            "connectors-client = {{ path = {client:?}, default-features = false, features = [{features}] }}\n"
        )
    };
    let without_api = with("\"http2\", \"reqwest\", \"tls\"");
    let lean = with("\"http2\", \"hyper\", \"tls\"");
    let reqwest = "reqwest = { version = \"=0.13.5\", default-features = false, features = [\"gzip\", \"http2\", \"json\", \
                   \"query\", \"rustls-no-provider\", \"system-proxy\"] }\n\
                   rustls = { version = \"0.23.46\", default-features = false, features = [\"ring\", \"std\", \"tls12\"] }\n\
                   serde = { version = \"1.0.229\", features = [\"derive\"] }\ntokio = { version = \"1.54\", features = [\"rt\"] }\n";
    let mut rows = Vec::new();
    for (name, what, dependencies) in [
        ("cold-reqwest", "reqwest, rustls with ring, serde, tokio", reqwest),
        ("cold-client", "`connectors-client`", own.as_str()),
        (
            "cold-without-api",
            "`connectors-client` without its feature `cohere`",
            without_api.as_str(),
        ),
        (
            "cold-lean",
            "`connectors-client` with the lean transport, without reqwest and `cohere`",
            lean.as_str(),
        ),
    ] {
        let folder = place.join(name);
        fs::create_dir_all(folder.join("src"))?;
        let manifest = "version = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n";
        fs::write(
            folder.join("Cargo.toml"),
            format!("[package]\nname = \"{name}\"\n{manifest}{dependencies}"),
        )?;
        fs::write(folder.join("src/lib.rs"), "")?;
        fs::copy(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock"),
            folder.join("Cargo.lock"),
        )?;
        rows.push((folder, what, Vec::new()));
    }
    for _ in 0..ROUNDS {
        for (folder, what, seconds) in &mut rows {
            eprintln!("cold build of {what}");
            let target = folder.join("target");
            if target.exists() {
                fs::remove_dir_all(&target)?;
            }
            let before = children()?;
            let mut build = cargo(folder);
            if !build
                .args(["build", "--quiet"])
                .env("CARGO_TARGET_DIR", &target)
                // As a dependency from a registry is built.
                .env("CARGO_INCREMENTAL", "0")
                .status()?
                .success()
            {
                return Err(format!("{what} cannot be built").into());
            }
            seconds.push(children()? - before);
        }
    }
    let mut text = String::from(
        "Cold debug build, user seconds, the lower of 2 in turns, and the crates in it:\n\n\
         | depends on | user seconds | crates |\n|---|--:|--:|\n",
    );
    for (folder, what, seconds) in rows {
        let tree = cargo(&folder)
            .args(["tree", "--edges", "normal,build", "--prefix", "none", "--no-dedupe"])
            .output()?;
        let listed = String::from_utf8(tree.stdout)?;
        let mut crates: Vec<_> =
            listed.lines().filter_map(|line| line.split(" (").next()).collect();
        crates.sort_unstable();
        crates.dedup();
        // Do not count the crate itself.
        let _ = writeln!(text, "| {what} | {:.1} | {} |", median(seconds), crates.len() - 1);
    }
    Ok(text)
}

fn cargo(folder: &Path) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(folder);
    cargo
}
