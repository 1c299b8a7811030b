//! Finds out why a connector does not answer: `cargo run --example debug_connector [-- <id>
//! "question"]`.
//!
//! It talks to its own server on loopback, where the connector `archive` always fails.

use std::io::Write as _;

use connectors_client::cohere::Cohere;
use connectors_client::cohere::chat::{ChatConnector, ChatStreamEvent};
use connectors_examples::embedded::Server;

#[tokio::main]
async fn main() -> std::process::ExitCode {
    match debug().await {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            std::process::ExitCode::FAILURE
        }
    }
}

async fn debug() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let id = arguments.next().unwrap_or_else(|| "archive".to_owned());
    let question =
        arguments.next().unwrap_or_else(|| "What is the chemical formula of glucose?".to_owned());

    let server = Server::start_with_samples(0).await?;
    let cohere = Cohere::builder().base_url(server.url()).token("demo-token").build()?;

    let connectors = [ChatConnector::new(id).continue_on_failure(true)];
    let mut answer = cohere.chat().chat_stream(&question).connectors(&connectors).await?;
    while let Some(event) = answer.next().await {
        match event? {
            ChatStreamEvent::SearchResults(found) => {
                for result in found.search_results {
                    let outcome = result.error_message.unwrap_or_else(|| "it answered".to_owned());
                    println!("{}: {outcome}", result.connector.id);
                }
            }
            ChatStreamEvent::TextGeneration(part) => {
                print!("{}", part.text);
                std::io::stdout().flush()?;
            }
            ChatStreamEvent::StreamEnd(end) => {
                println!(
                    "\n({})",
                    end.finish_reason.as_ref().map_or("no reason", |reason| reason.as_str())
                );
            }
            _ => {}
        }
    }
    Ok(())
}
