//! Progress of uploads and downloads.

use std::sync::{Arc, Mutex};

use connectors_client::{Body, ByteStream, Part, Progress, RequestOptions, Text, api_client};
use support::clock::TestClock;
use support::server::{Recorded, Reply, Server};

use crate::test_file::TestFile;

#[api_client]
trait Files {
    #[put("files")]
    async fn put(&self, #[body] content: Body) -> Text;

    #[get("files")]
    async fn get(&self) -> ByteStream;

    #[post("forms", multipart)]
    async fn form(&self, note: &str, file: Part);
}

/// The reported progress, in order.
#[derive(Clone, Default)]
struct ProgressLog(Arc<Mutex<Vec<Step>>>);

/// The number of bytes so far and the total.
type Step = (u64, Option<u64>);

impl ProgressLog {
    fn watcher(&self) -> impl Fn(Progress) + Send + Sync + 'static {
        let log = self.clone();
        move |progress| log.0.lock().unwrap().push((progress.bytes, progress.total))
    }

    fn all(&self) -> Vec<Step> {
        self.0.lock().unwrap().clone()
    }
}

fn files(server: &Server) -> FilesClient {
    let builder = support::client(server.url()).env_proxies(false).clock(TestClock::new());
    FilesClient::new(builder.build().unwrap())
}

#[tokio::test]
async fn upload_progress_restarts_with_each_attempt() {
    let server = Server::start([Reply::empty(503), Reply::text(200, "text/plain", "ok")]);
    let (up, down) = (ProgressLog::default(), ProgressLog::default());
    let options = RequestOptions::new().on_upload(up.watcher()).on_download(down.watcher());
    files(&server).put(Body::from(vec![b'x'; 150_000])).options(options).await.unwrap();
    let one = [(65_536, Some(150_000)), (131_072, Some(150_000)), (150_000, Some(150_000))];
    assert_eq!(up.all(), [one, one].concat());
    assert_eq!(down.all(), [(2, Some(2))]);
    for request in server.requests() {
        assert_eq!(request.header("content-length"), Some("150000"));
        assert_eq!(request.body.len(), 150_000);
    }
}

/// Asserts that the progress grows to the length of the body that the server received.
fn assert_whole(log: &[Step], request: &Recorded) {
    let length = request.body.len() as u64;
    assert_eq!(request.header("content-length"), Some(&*length.to_string()));
    assert!(log.len() > 1, "{log:?}");
    assert!(log.is_sorted() && log.iter().all(|(_, total)| *total == Some(length)), "{log:?}");
    assert_eq!(log.last(), Some(&(length, Some(length))));
}

#[tokio::test]
async fn progress_of_a_file_and_of_a_form_has_a_total() {
    let file = TestFile::new("plain", vec![b'x'; 200_000]);
    let server = Server::start([Reply::text(200, "text/plain", "ok"), Reply::empty(204)]);
    let (whole, form) = (ProgressLog::default(), ProgressLog::default());
    let options = RequestOptions::new().on_upload(whole.watcher());
    files(&server).put(Body::file(&file.0)).options(options).await.unwrap();
    let options = RequestOptions::new().on_upload(form.watcher());
    files(&server).form("a note", Part::file(&file.0)).options(options).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].body.len(), 200_000);
    assert_whole(&whole.all(), &requests[0]);
    // The progress of a form includes boundaries and part headers.
    assert!(requests[1].body.len() > 200_000);
    assert_whole(&form.all(), &requests[1]);
}

/// If the caller compresses the body, progress counts the compressed bytes.
#[tokio::test]
async fn progress_of_a_compressed_upload_counts_sent_bytes() {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    encoder.write_all(&vec![0; 150_000]).unwrap();
    let file = TestFile::new("compressed.gz", encoder.finish().unwrap());
    let server = Server::start([Reply::text(200, "text/plain", "ok")]);
    let log = ProgressLog::default();
    let options = RequestOptions::new().header("content-encoding", "gzip").on_upload(log.watcher());
    files(&server).put(Body::file(&file.0)).options(options).await.unwrap();
    let request = server.request();
    assert_eq!(request.header("content-encoding"), Some("gzip"));
    assert_whole(&log.all(), &request);
    let mut plain = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&request.body[..]), &mut plain)
        .unwrap();
    assert_eq!(plain, vec![0; 150_000]);
}

#[tokio::test]
async fn a_stream_of_unknown_length_has_no_total() {
    let server = Server::start([Reply::empty(200)]);
    let log = ProgressLog::default();
    let chunks = futures_util::stream::iter(["ab", "c"].map(Ok::<_, std::io::Error>));
    let options = RequestOptions::new().on_upload(log.watcher());
    files(&server).put(Body::from_stream(chunks)).options(options).await.unwrap();
    assert_eq!(log.all(), [(2, None), (3, None)]);
    assert_eq!(server.request().text(), "abc");
}

#[tokio::test]
async fn download_progress_has_a_total_if_the_length_is_known() {
    let server = Server::start([
        Reply::bytes(200, "a/b", vec![1; 200_000]),
        Reply::bytes(200, "a/b", vec![1; 200_000]).chunked([50_000]),
    ]);
    for total in [Some(200_000), None] {
        let log = ProgressLog::default();
        let options = RequestOptions::new().on_download(log.watcher());
        let mut chunks = files(&server).get().options(options).await.unwrap();
        let mut size = 0;
        while let Some(chunk) = chunks.next().await {
            size += chunk.unwrap().len() as u64;
            assert_eq!(
                log.all().last(),
                Some(&(size, total)),
                "progress is reported before the chunk is returned"
            );
        }
        assert!(log.all().len() > 1);
        assert_eq!(size, 200_000);
    }
}
