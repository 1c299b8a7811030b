//! Bytes in places of text.

use std::borrow::Cow;

use connectors_client::{CommaSeparated, api_client};

mod hex {
    pub fn serialize<S: serde::Serializer>(
        bytes: impl AsRef<[u8]>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{:02x?}", bytes.as_ref()))
    }
}

#[api_client]
pub trait Things {
    #[get("v1/things/<id>?<days>&<small>")]
    async fn encoded(&self, #[with(hex)] id: &[u8], days: CommaSeparated<&[u8]>, small: &[u16]);

    #[post("v1/things")]
    async fn fields(&self, numbers: &[u8]) -> Vec<u8>;

    #[post("v1/things", multipart)]
    async fn part(&self, file: Vec<u8>);

    #[get("v1/things/<id>")]
    //~ A segment of the path is bytes.
    async fn segment(&self, id: [u8; 16]);

    #[get("v1/things/<path..>")]
    //~ The rest of the path is bytes.
    async fn rest(&self, path: &[u8]);

    #[get("v1/things?<cursor>")]
    //~ A pair of the query is bytes.
    async fn query(&self, cursor: Option<&[u8]>);

    #[get("v1/things?<..>")]
    //~ One of the other pairs is bytes.
    async fn rest_of_query(&self, cursor: Option<Box<[u8]>>);

    #[get("v1/things")]
    //~ A header is bytes.
    async fn header(&self, #[header("Content-MD5")] digest: &[u8; 16]);

    #[post("v1/things", form)]
    //~ A field of a form is bytes.
    async fn form(&self, data: Vec<u8>);

    #[post("v1/things", form)]
    //~ A field of a form borrows bytes.
    async fn borrowed(&self, data: Cow<'static, [u8]>);
}

async fn uses(client: ThingsClient) -> Result<(), connectors_client::Error> {
    client.encoded(b"a", CommaSeparated(&[1]), &[1]).await?;
    client.query().cursor(b"a").await?;
    client.header(&[0; 16]).await?;
    Ok(())
}

fn main() {}
