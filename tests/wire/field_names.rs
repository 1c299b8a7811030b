//! Names and spaces as a trait says for all of its endpoints.

use connectors_client::{Part, RequestOptions, api_client};
use support::server::{Reply, Server};

use crate::{client, whole};

#[derive(serde::Serialize)]
struct Filter {
    min_price: u8,
}

#[api_client(rename_all = "camelCase", query_space = "%20", query("api version" = "a b"))]
trait Things {
    #[get("things/<thing_id>?<page_size>&page_token=<page_token>&q=a b&<filter..>&<..>")]
    async fn list(
        &self,
        thing_id: &str,
        page_size: u8,
        page_token: Option<&str>,
        filter: Filter,
        sort_by: Option<&str>,
    );

    #[post("things")]
    async fn create(
        &self,
        display_name: &str,
        #[field] is_new: bool,
        #[field("due_on")] due: Option<&str>,
        #[header("X-Trace-Id")] trace_id: Option<&str>,
    );

    #[post("form", form)]
    async fn form(&self, full_name: &str);

    #[post("parts", multipart)]
    async fn parts(&self, file_name: Part);

    #[get("")]
    async fn next(&self, #[url] next_link: &str);
}

#[api_client(rename_all = "kebab-case")]
trait Kebab {
    #[get("a?<page_2>&<type>")]
    async fn get(&self, page_2: u8, r#type: &str);
}

const HEAD: &str = " HTTP/1.1\naccept: */*\nauthorization: Bearer test-token\n";

#[tokio::test]
async fn names_are_sent_in_the_case_of_the_trait() {
    let server = Server::start([Reply::empty(204)]);
    let things = ThingsClient::new(client(&server));
    let filter = Filter { min_price: 1 };
    things.list("a b+c", 2, filter).page_token("d +e").sort_by("x y").await.unwrap();
    things.create("n", true).due("today").trace_id("t").await.unwrap();
    things.form("a b").await.unwrap();
    things.next("/next?q=a+b").options(RequestOptions::new()).await.unwrap();
    let sent: Vec<_> = server.requests().iter().map(whole).collect();
    let version = "api%20version=a%20b";
    assert_eq!(
        sent,
        [
            format!(
                "GET /things/a%20b%2Bc?pageSize=2&page_token=d%20%2Be&q=a%20b&min_price=1&sortBy=x%20y&\
                 {version}{HEAD}accept-encoding: gzip\n\n"
            ),
            format!(
                "POST /things?{version}{HEAD}content-type: application/json\nx-trace-id: t\n\
                 accept-encoding: gzip\ncontent-length: 49\n\n\
                 {}",
                br#"{"displayName":"n","isNew":true,"due_on":"today"}"#.escape_ascii()
            ),
            format!(
                "POST /form?{version}{HEAD}content-type: application/x-www-form-urlencoded\n\
                 accept-encoding: gzip\ncontent-length: 12\n\nfullName=a+b"
            ),
            format!("GET /next?q=a+b{HEAD}accept-encoding: gzip\n\n"),
        ]
    );
    let options = RequestOptions::new().query("o p", "q r");
    things.form("a").options(options).await.unwrap();
    things.parts(Part::new("a")).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[4].target, format!("/form?{version}&o%20p=q%20r"));
    assert!(requests[5].text().contains("name=\"fileName\""), "{}", requests[5].text());
    assert_eq!(ThingsClient::LIST.template(), "things/<thing_id>");
    // The query of a link stays as it was given.
    let options = RequestOptions::new().query("o p", "q r");
    things.next("/next?q=a+b").options(options).await.unwrap();
    assert_eq!(server.requests()[6].target, "/next?q=a+b&o%20p=q%20r");
}

#[tokio::test]
async fn other_cases_are_those_of_serde() {
    let server = Server::start([Reply::empty(204)]);
    KebabClient::new(client(&server)).get(1, "t").await.unwrap();
    assert_eq!(server.request().target, "/a?page-2=1&type=t");
}
