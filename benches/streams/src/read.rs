//! Ways to read a stream.

use std::time::Instant;

use connectors_client::{Client, EventStream, JsonLines, api_client};
use eventsource_stream::Eventsource as _;
use futures_util::{Stream, StreamExt as _, TryStreamExt as _};
use serde::Deserialize;
use tokio_util::codec::{FramedRead, LinesCodec};
use tokio_util::io::StreamReader;

use crate::Failure;

#[derive(Deserialize)]
struct Item {
    id: u64,
    text: String,
    done: bool,
}

#[api_client]
trait Streams {
    #[get("")]
    async fn events(&self, #[url] url: &str) -> EventStream<Item>;

    #[get("")]
    async fn lines(&self, #[url] url: &str) -> JsonLines<Item>;
}

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn run(way: &str, url: &str) -> Result<(), Failure> {
    // A provider may be installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let start = Instant::now();
    let items = match way {
        "events" => count(client(url)?.events(url).await?).await?,
        "lines" => count(client(url)?.lines(url).await?).await?,
        "events-by-hand" => {
            let events = reqwest::get(url).await?.bytes_stream().eventsource();
            count(events.map(|event| Ok::<_, Failure>(serde_json::from_str::<Item>(&event?.data)?)))
                .await?
        }
        _ => {
            let bytes = reqwest::get(url).await?.bytes_stream().map_err(std::io::Error::other);
            let lines = FramedRead::new(
                StreamReader::new(bytes),
                LinesCodec::new_with_max_length(1024 * 1024),
            );
            count(lines.map(|line| Ok::<_, Failure>(serde_json::from_str::<Item>(&line?)?))).await?
        }
    };
    println!("{items} {} {}", start.elapsed().as_secs_f64(), peak());
    Ok(())
}

fn client(url: &str) -> Result<StreamsClient, Failure> {
    let origin = url.rsplitn(3, '/').last().unwrap_or(url);
    Ok(StreamsClient::new(Client::builder(origin).build()?))
}

async fn count<E: Into<Failure>>(
    stream: impl Stream<Item = Result<Item, E>>,
) -> Result<u64, Failure> {
    let mut stream = std::pin::pin!(stream);
    let mut count = 0;
    while let Some(item) = stream.next().await {
        let item = item.map_err(Into::into)?;
        if item.id == 0 || item.text.is_empty() || item.done {
            return Err("an item is not what the server sent".into());
        }
        count += 1;
    }
    Ok(count)
}

/// Returns the peak memory of this process in KiB, or 0 if the system does not report it.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
