//! Bytes in multipart forms: each list of bytes is one file, whatever its type.

use std::borrow::Cow;

use bytes::Bytes;
use connectors_client::{Part, Parts, RequestOptions, api_client};
use support::server::{Recorded, Reply, Server};

use crate::client;

#[api_client]
trait Uploads {
    #[post("a", multipart)]
    async fn bytes(&self, pictures: Bytes);

    #[post("a", multipart)]
    async fn several(&self, pictures: Vec<Bytes>);

    #[post("a", multipart)]
    async fn vec(&self, pictures: Vec<u8>);

    #[post("a", multipart)]
    async fn slice(&self, pictures: &[u8]);

    #[post("a", multipart)]
    async fn array(&self, pictures: [u8; 2]);

    #[post("a", multipart)]
    async fn array_ref(&self, pictures: &[u8; 2]);

    #[post("a", multipart)]
    async fn cow(&self, pictures: Cow<'_, [u8]>);

    #[post("a", multipart)]
    async fn optional(&self, pictures: Option<Vec<u8>>);

    #[post("a", multipart)]
    async fn several_vecs(&self, pictures: Vec<Vec<u8>>);

    #[post("a", multipart)]
    async fn several_slices(&self, pictures: &[&[u8]]);

    #[post("a", multipart)]
    async fn part(&self, pictures: Part);

    #[post("a", multipart)]
    async fn parts(&self, pictures: Parts);
}

/// Returns the parts of a request without their boundary.
fn parts(request: &Recorded) -> Vec<String> {
    let boundary =
        request.header("content-type").unwrap().split_once("boundary=").unwrap().1.to_owned();
    let separator = format!("--{boundary}");
    let text = request.text().to_owned();
    let inner = text.strip_suffix(&format!("{separator}--\r\n")).unwrap();
    let parts = inner.split(&separator).filter(|part| !part.is_empty());
    parts.map(|part| part.trim_start_matches("\r\n").trim_end_matches("\r\n").to_owned()).collect()
}

fn file(content: &str) -> String {
    format!(
        "Content-Disposition: form-data; name=\"pictures\"; filename=\"pictures\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n{content}"
    )
    .trim_end_matches("\r\n")
    .to_owned()
}

#[tokio::test]
async fn a_list_of_bytes_is_one_file() {
    let server = Server::answer(|_| Reply::empty(204));
    let uploads = UploadsClient::new(client(&server));
    uploads.bytes(Bytes::from_static(b"ab")).await.unwrap();
    uploads.vec(b"ab".to_vec()).await.unwrap();
    uploads.slice(b"ab").await.unwrap();
    uploads.array(*b"ab").await.unwrap();
    uploads.array_ref(b"ab").await.unwrap();
    uploads.cow(Cow::Borrowed(b"ab")).await.unwrap();
    uploads.optional().pictures(b"ab".to_vec()).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 7);
    for request in requests {
        assert_eq!(parts(&request), [file("ab")]);
    }
}

#[tokio::test]
async fn an_empty_file_is_sent() {
    let server = Server::answer(|_| Reply::empty(204));
    let uploads = UploadsClient::new(client(&server));
    uploads.bytes(Bytes::new()).await.unwrap();
    uploads.vec(Vec::new()).await.unwrap();
    uploads.slice(&[]).await.unwrap();
    uploads.optional().pictures(Vec::new()).await.unwrap();
    for request in server.requests() {
        assert_eq!(parts(&request), [file("")]);
    }
}

#[tokio::test]
async fn a_list_of_files_is_a_part_each() {
    let server = Server::answer(|_| Reply::empty(204));
    let uploads = UploadsClient::new(client(&server));
    let several = [Bytes::from_static(b"a"), Bytes::from_static(b"b")];
    uploads.several(several.to_vec()).await.unwrap();
    uploads.several_vecs(vec![b"a".to_vec(), b"b".to_vec()]).await.unwrap();
    uploads.several_slices(&[b"a", b"b"]).await.unwrap();
    let blocking = BlockingUploadsClient::new(client(&server));
    std::thread::spawn(move || blocking.several(several.to_vec()).send()).join().unwrap().unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 4);
    for request in requests {
        assert_eq!(parts(&request), [file("a"), file("b")]);
    }
}

#[tokio::test]
async fn a_file_name_without_a_type_is_an_octet_stream() {
    let server = Server::answer(|_| Reply::empty(204));
    let uploads = UploadsClient::new(client(&server));
    uploads.part(Part::new("a").file_name("b.bin")).await.unwrap();
    uploads.part(Part::new("a").file_name("b").content_type("text/plain")).await.unwrap();
    uploads.part(Part::new("a")).await.unwrap();
    uploads.parts([Part::new("a").file_name("b")].into_iter().collect()).await.unwrap();
    let heads: Vec<_> = server.requests().iter().map(|request| parts(request)[0].clone()).collect();
    let named = "Content-Disposition: form-data; name=\"pictures\"; filename=";
    assert_eq!(
        heads[0],
        format!("{named}\"b.bin\"\r\nContent-Type: application/octet-stream\r\n\r\na")
    );
    assert_eq!(heads[1], format!("{named}\"b\"\r\nContent-Type: text/plain\r\n\r\na"));
    assert_eq!(heads[2], "Content-Disposition: form-data; name=\"pictures\"\r\n\r\na");
    assert_eq!(
        heads[3],
        format!("{named}\"b\"\r\nContent-Type: application/octet-stream\r\n\r\na")
    );
}

#[tokio::test]
async fn a_body_field_of_numbers_stays_text() {
    let server = Server::answer(|_| Reply::empty(204));
    let options = RequestOptions::new().body_field("pictures", [1000, 2000]);
    let uploads = UploadsClient::new(client(&server));
    uploads.vec(vec![1]).options(options).await.unwrap();
    let text = |text| format!("Content-Disposition: form-data; name=\"pictures\"\r\n\r\n{text}");
    assert_eq!(parts(&server.request()), [text("1000"), text("2000")]);
}
