//! The code of the README, as it stands there, compiled and run.

#![allow(missing_docs, missing_debug_implementations, reason = "the README's own types")]

use std::time::Duration;

use connectors_client::auth::ClientCredentials;
use connectors_client::{
    Client, Error, ErrorClass, EventStream, Fake, FakeReply, RequestOptions, api_client,
};
use serde::Deserialize;
use serde_json::json;

mod first {
    #![allow(dead_code, unreachable_pub, reason = "a program of its own, which needs the network")]

    #[derive(serde::Deserialize)]
    pub struct Repo {
        stargazers_count: u64,
    }

    #[connectors_client::api_client]
    pub trait GitHub {
        #[get("repos/<owner>/<name>")]
        async fn repo(&self, owner: &str, name: &str) -> Repo;
    }

    #[tokio::main]
    async fn main() -> Result<(), Box<dyn std::error::Error>> {
        let client = connectors_client::Client::builder("https://api.github.com").build()?;
        println!("{}", GitHubClient::new(client).repo("rust-lang", "rust").await?.stargazers_count);
        Ok(())
    }
}

#[derive(Deserialize)]
pub struct Book {
    pub title: String,
}

#[derive(Debug, ErrorClass)]
pub enum BooksError {
    #[status(422)]
    Invalid(Option<Problem>),
    #[status(other)]
    Other,
}

#[derive(Debug, Deserialize)]
pub struct Problem {
    pub field: String,
}

#[derive(Debug, Deserialize)]
pub struct Token {
    pub text: String,
}

#[api_client(prefix = "v1", error = BooksError)]
pub trait Books {
    #[get("books?<author>&<page>", paginate(page))]
    async fn find(&self, author: &str, page: Option<u32>) -> Vec<Book>;

    #[post("books", idempotency_key)]
    async fn add(&self, title: &str, year: Option<u16>) -> Book;
}

#[api_client]
pub trait Chat {
    #[post("chat", done = "[DONE]", fields(stream = true))]
    async fn ask(&self, question: &str) -> EventStream<Token>;
}

fn library() -> Fake {
    Fake::new()
        .on(BooksClient::FIND, |request| match request.uri().query() {
            Some("author=Austen&page=3") => FakeReply::new(200, "[]"),
            _ => FakeReply::json(200, json!([{"title": "Emma"}])),
        })
        .on(BooksClient::ADD, |_| FakeReply::json(201, json!({"title": "Emma"})))
}

#[tokio::test]
async fn calls_are_made_as_shown() -> Result<(), Error> {
    let fake = library();
    let books = BooksClient::new(fake.client());

    let found = books.find("Austen").page(2).await?;
    let raw = books.with_raw_response().add("Emma").year(1815).await?;
    println!("{}, {} attempts: {}", raw.status(), raw.attempts(), raw.data.title);

    assert_eq!(found.len(), 1);
    let sent = fake.requests();
    assert_eq!(sent[0].uri(), "http://localhost/v1/books?author=Austen&page=2");
    assert_eq!(sent[1].body(), r#"{"title":"Emma","year":1815}"#);
    Ok(())
}

#[tokio::test]
async fn errors_are_handled_as_shown() {
    let fake =
        Fake::new().on(BooksClient::ADD, |_| FakeReply::json(422, json!({"field": "title"})));
    assert!(add(&BooksClient::new(fake.client())).await.is_ok());
    let broken = Fake::new().on(BooksClient::ADD, |_| FakeReply::new(400, ""));
    assert!(add(&BooksClient::new(broken.client())).await.is_err());
}

async fn add(books: &BooksClient) -> Result<(), Error> {
    match books.add("Emma").await {
        Err(error) if error.is_timeout() => println!("too slow"),
        Err(error) => match error.class() {
            Some(BooksError::Invalid(Some(problem))) => println!("change {}", problem.field),
            _ => return Err(error),
        },
        Ok(book) => println!("added {}", book.title),
    }
    Ok(())
}

#[tokio::test]
async fn settings_and_tokens_are_set_as_shown() -> Result<(), Error> {
    // Nothing listens at this address: the call fails, at its first attempt.
    let url = "http://127.0.0.1:1";
    let calls = async {
        let patient =
            Client::builder(url).timeout(Duration::from_secs(60)).max_retries(5).build()?;
        let once = RequestOptions::new().timeout(Duration::from_secs(5)).max_retries(0);
        BooksClient::new(patient).add("Emma").options(once).await?;
        Ok::<_, Error>(())
    };
    assert_eq!(calls.await.unwrap_err().attempts(), 1);

    let grant = ClientCredentials::new("https://login.example.com/token", "id", "secret");
    let client = Client::builder("https://api.example.com").auth(grant.scope("read")).build()?;
    assert!(!format!("{client:?}").contains("secret"));
    Ok(())
}

#[tokio::test]
async fn pages_are_read_as_shown() -> Result<(), Error> {
    let fake = library();
    let books = BooksClient::new(fake.client());

    let mut books = books.find("Austen").items();
    while let Some(book) = books.next().await {
        println!("{}", book?.title);
    }

    assert_eq!(fake.requests().len(), 3);
    Ok(())
}

#[tokio::test]
async fn streams_are_read_as_shown() -> Result<(), Error> {
    let events = "data: {\"text\": \"Hi\"}\n\ndata: [DONE]\n\n";
    let fake = Fake::new().on(ChatClient::ASK, move |_| {
        FakeReply::new(200, events).header("content-type", "text/event-stream")
    });
    let mut tokens = ChatClient::new(fake.client()).ask("?").await?;
    assert_eq!(tokens.next().await.transpose()?.map(|token| token.text).as_deref(), Some("Hi"));
    assert!(tokens.next().await.is_none());
    Ok(())
}

#[tokio::test]
async fn fakes_are_used_as_shown() -> Result<(), Error> {
    let fake = Fake::new().on(BooksClient::ADD, |_| FakeReply::json(201, json!({"title": "Emma"})));
    let books = BooksClient::new(fake.client());
    assert_eq!(books.add("Emma").await?.title, "Emma");
    assert_eq!(fake.requests()[0].uri().path(), "/v1/books");
    Ok(())
}

/// Each block of Rust in the README is part of this file, apart from its white space.
#[test]
fn each_block_of_the_readme_is_in_this_file() {
    let blocks = rust_blocks(include_str!("../../README.md"));
    assert!(blocks.len() >= 9, "{} blocks", blocks.len());
    let missing: Vec<_> = blocks.iter().filter(|block| !is_here(block)).collect();
    assert!(missing.is_empty(), "not in guide/tests/readme.rs: {missing:#?}");
    // Control: a block that nothing compiles.
    assert!(!is_here("let found = books.find(\"Austen\").page(3).await?;"));
}

/// The first program has twelve lines, and each task at most ten. The front page has at most 900
/// words of prose.
#[test]
fn the_readme_is_short() {
    let readme = include_str!("../../README.md");
    let first = &rust_blocks(readme)[0];
    let lines = first.lines().filter(|line| !line.trim().is_empty()).count();
    assert!(lines <= 12, "{first}");
    let (_, tasks) = readme.split_once("\n## Tasks").unwrap();
    for block in rust_blocks(tasks) {
        assert!(block.trim().lines().count() <= 10, "{block}");
    }
    assert!(words(readme) <= 900, "{} words", words(readme));
    for command in ["cargo run --example quickstart", "cargo test --workspace"] {
        assert!(readme.lines().any(|line| line == command), "{command}");
    }
}

fn is_here(block: &str) -> bool {
    squeezed(include_str!("readme.rs")).contains(&squeezed(block))
}

/// Removes the white space, and the comma that rustfmt adds where it breaks a list.
fn squeezed(text: &str) -> String {
    let text: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    text.replace(",)", ")").replace(",}", "}")
}

fn rust_blocks(text: &str) -> Vec<String> {
    let blocks = text.split("```rust").skip(1);
    blocks
        .map(|block| block[block.find('\n').unwrap()..block.find("```").unwrap()].to_owned())
        .collect()
}

/// Counts the words outside code blocks and targets of links.
fn words(text: &str) -> usize {
    let outside: String = text.split("```").step_by(2).collect();
    let shown: String = outside
        .split("](")
        .enumerate()
        .map(|(index, part)| match part.split_once(')') {
            Some((_, after)) if index > 0 => after,
            _ => part,
        })
        .collect::<Vec<_>>()
        .join(" ");
    shown.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}
