//! AWS Signature Version 4: `cargo run --example aws_sigv4`.
//!
//! It prints the signatures that AWS publishes for four requests to S3, in "Authenticating
//! Requests: Using the Authorization Header" of the Amazon S3 API Reference.
//!
//! ```text
//! GET <key>
//! f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41
//! PUT <key>
//! 98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd
//! GET /
//! fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543
//! GET /
//! 34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7
//! ```

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use connectors_client::auth::{AuthError, AuthFuture, AuthRequest, Authenticate};
use connectors_client::{
    Body, Client, Clock, Endpoint, Fake, FakeReply, Secret, SleepFuture, Text, api_client,
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// Signs requests for a service of AWS.
struct SigV4 {
    key_id: String,
    secret: Secret,
    region: &'static str,
    service: &'static str,
}

impl Authenticate for SigV4 {
    fn authenticate<'a>(&'a self, request: &'a mut AuthRequest) -> AuthFuture<'a> {
        AuthFuture::ready(self.sign(request))
    }
}

/// Headers that proxies and transports may change.
const NOT_SIGNED: [&str; 3] = ["accept", "accept-encoding", "user-agent"];

impl SigV4 {
    fn sign(&self, request: &mut AuthRequest) -> Result<(), AuthError> {
        let seconds = request.time().duration_since(UNIX_EPOCH)?.as_secs();
        let time = jiff::Timestamp::from_second(i64::try_from(seconds)?)?;
        let (time, date) = (time.strftime("%Y%m%dT%H%M%SZ").to_string(), time.strftime("%Y%m%d"));
        let hash = request.body().map_or_else(|| "UNSIGNED-PAYLOAD".to_owned(), sha256);
        request.set_header("x-amz-content-sha256", hash.clone())?;
        request.set_header("x-amz-date", time.clone())?;

        let url = request.url();
        let mut headers = vec![("host", url.authority().map_or("", |host| host.as_str()))];
        for (name, value) in request.headers() {
            if !NOT_SIGNED.contains(&name.as_str()) {
                headers.push((name.as_str(), value.to_str()?.trim()));
            }
        }
        headers.sort_unstable();
        let lines: Vec<_> =
            headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        let names = headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
        let (path, query) = (encoded(url.path()), canonical_query(url.query().unwrap_or("")));
        let (method, lines) = (request.method(), lines.concat());
        let canonical = format!("{method}\n{path}\n{query}\n{lines}\n{names}\n{hash}");

        let scope = format!("{date}/{}/{}/aws4_request", self.region, self.service);
        let text = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{}", sha256(canonical.as_bytes()));
        let key = format!("AWS4{}", self.secret.expose()).into_bytes();
        let parts = [&date.to_string(), self.region, self.service, "aws4_request"];
        let key = parts.iter().fold(key, |key, part| hmac(&key, part));
        let signature = Bytes::from(hmac(&key, &text));
        let value = format!(
            "AWS4-HMAC-SHA256 Credential={}/{scope},SignedHeaders={names},Signature={signature:x}",
            self.key_id
        );
        request.set_header("authorization", value)
    }
}

/// Encodes all but unreserved characters and the encoding that is there (RFC 3986 section 2.3).
fn encoded(path: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte);
    let encode =
        |byte| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    path.bytes().map(encode).collect()
}

/// Sorts the pairs of a query. A space is `%20`, and a name without a value has an empty one.
fn canonical_query(query: &str) -> String {
    let query = query.replace('+', "%20");
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let mut pairs: Vec<_> = pairs.map(|(name, value)| (encoded(name), encoded(value))).collect();
    pairs.sort_unstable();
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("&")
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length");
    mac.chain_update(text).finalize().into_bytes().to_vec()
}

fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Bytes::copy_from_slice(&Sha256::digest(bytes)))
}

#[api_client]
trait Bucket {
    #[get("<key>")]
    async fn get(&self, key: &str, #[header("Range")] range: &str) -> Text;

    #[put("<key>", headers("x-amz-storage-class" = "REDUCED_REDUNDANCY"))]
    async fn put(&self, key: &str, #[header("Date")] date: &str, #[body] content: Body) -> Text;

    #[get("/?lifecycle")]
    async fn lifecycle(&self) -> Text;

    #[get("/?<prefix>&max-keys=<max_keys>")]
    async fn list(&self, prefix: &str, max_keys: u32) -> Text;
}

/// The clock of the published examples: 2013-05-24, midnight UTC.
struct Published;

impl Clock for Published {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn system_time(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_369_353_600)
    }

    fn sleep(&self, duration: Duration) -> SleepFuture {
        Box::pin(tokio::time::sleep(duration))
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sigv4 = SigV4 {
        key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        secret: Secret::new("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        region: "us-east-1",
        service: "s3",
    };
    // A fake stands for S3.
    let fake = Fake::new().otherwise(|_| FakeReply::new(200, ""));
    let client = Client::builder("https://examplebucket.s3.amazonaws.com")
        .transport(fake.clone())
        .clock(Published)
        .auth(sigv4);
    let bucket = BucketClient::new(client.build()?);

    bucket.get("test.txt", "bytes=0-9").await?;
    let date = "Fri, 24 May 2013 00:00:00 GMT";
    bucket.put("test$file.text", date, Body::from("Welcome to Amazon S3.")).await?;
    bucket.lifecycle().await?;
    bucket.list("J", 2).await?;
    for request in fake.requests() {
        let endpoint = request.extensions().get::<&'static Endpoint>().ok_or("no endpoint")?;
        let signature = request.headers()["authorization"].to_str()?.rsplit('=').next();
        println!("{endpoint}\n{}", signature.unwrap_or_default());
    }
    Ok(())
}
