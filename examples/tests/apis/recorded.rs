//! Records calls of the APIs, and makes them again with the server gone.

use std::fmt::Debug;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use connectors_client::Recorder;
use support::server::{Recorded, Reply, Server};

/// A file for a recording, which is removed when it is dropped.
struct File(PathBuf);

impl File {
    fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("connectors-apis-{}-{number}.har", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Makes calls with a client that `open` makes for a URL, and makes them again with the server gone.
/// Returns the requests of the server, the result and the recording.
///
/// # Panics
///
/// Panics if the replay has another result than the server.
pub(crate) async fn recorded<C, T: Debug>(
    replies: impl IntoIterator<Item = Reply>,
    open: impl Fn(&str, &Recorder) -> C,
    calls: impl AsyncFn(C) -> T,
) -> (Vec<Recorded>, T, String) {
    replayed(Server::start(replies), open, calls).await
}

/// Does the same with a server that was started already.
pub(crate) async fn replayed<C, T: Debug>(
    server: Server,
    open: impl Fn(&str, &Recorder) -> C,
    calls: impl AsyncFn(C) -> T,
) -> (Vec<Recorded>, T, String) {
    let file = File::new();
    let url = server.url();
    let recorder = Recorder::record(&file.0);
    let live = calls(open(&url, &recorder)).await;
    recorder.save().unwrap();
    let requests = server.requests();
    drop(server);
    let recorder = Recorder::replay(&file.0);
    let again = calls(open(&url, &recorder)).await;
    assert_eq!(format!("{again:#?}"), format!("{live:#?}"));
    (requests, live, std::fs::read_to_string(&file.0).unwrap())
}
