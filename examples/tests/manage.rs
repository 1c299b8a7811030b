//! Tests the program `manage`, from its arguments to its output and exit code.

use std::io::{self, Write};
use std::net::TcpListener;

use connectors_examples::embedded::Server;
use connectors_examples::manage;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use unicode_width::UnicodeWidthStr;

struct Ran {
    code: u8,
    out: String,
    err: String,
}

impl Ran {
    /// Returns the output of a successful command.
    fn ok(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
        self.out
    }

    /// Returns the single line of a failed command.
    fn failed(self, code: u8) -> String {
        assert_eq!((self.code, self.out.as_str()), (code, ""), "{}", self.err);
        let line = self.err.strip_suffix('\n').unwrap();
        assert!(!line.contains('\n'), "{line}");
        line.strip_prefix("error: ").unwrap().to_owned()
    }

    /// Returns clap's text about invalid arguments.
    fn misused(self) -> String {
        assert_eq!((self.code, self.out.as_str()), (2, ""));
        assert!(self.err.contains("--help"), "{}", self.err);
        self.err
    }
}

/// Runs a command without environment variables that name a server.
async fn run(arguments: &[&str]) -> Ran {
    run_at(None, arguments).await
}

/// Runs a command with this value of `CO_API_URL`.
async fn run_at(url: Option<&str>, arguments: &[&str]) -> Ran {
    let (mut out, mut err) = (vec![], vec![]);
    let arguments = ["manage"].iter().chain(arguments);
    let code = manage::run(arguments, url.map(str::to_owned), &mut out, &mut err).await;
    Ran { code, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

async fn json_of(arguments: &[&str]) -> Value {
    let out = run(&[arguments, &["--json"]].concat()).await.ok();
    serde_json::from_str(&out).unwrap()
}

/// Returns the value of a field in the table of one connector.
fn field<'a>(table: &'a str, name: &str) -> Option<&'a str> {
    let mut rows = table.lines().filter_map(|line| line.split_once("  "));
    rows.find(|(field, _)| *field == name).map(|(_, value)| value.trim_start())
}

// Commands, each with its own server.

#[tokio::test]
async fn list_shows_a_row_per_connector_and_the_total() {
    let out = run(&["list"]).await.ok();
    let lines: Vec<_> = out.lines().collect();
    assert!(lines[0].starts_with("ID "), "{out}");
    assert!(lines[1].starts_with("wiki      Team wiki "), "{out}");
    assert!(lines[2].contains("oauth, not authorised"), "{out}");
    assert_eq!(lines[5..], ["", "4 of 4"]);
}

#[tokio::test]
async fn list_takes_a_limit_and_an_offset() {
    let page = json_of(&["list", "--limit", "2", "--offset", "1"]).await;
    let ids: Vec<_> =
        page["connectors"].as_array().unwrap().iter().map(|found| &found["id"]).collect();
    assert_eq!(ids, ["handbook", "tickets"]);
    assert_eq!(page["total_count"], 4.0);
    assert!(run(&["list", "--limit", "0"]).await.ok().ends_with("\n0 of 4\n"));
}

#[tokio::test]
async fn get_shows_fields_with_a_value() {
    let out = run(&["get", "wiki"]).await.ok();
    assert_eq!(field(&out, "name"), Some("Team wiki"));
    assert_eq!(field(&out, "excludes"), Some("drafts"));
    assert_eq!(field(&out, "auth_type"), Some("service_auth"));
    assert_eq!(field(&out, "oauth.scope"), None);
    assert_eq!(json_of(&["get", "handbook"]).await["connector"]["oauth"]["scope"], "read");
}

#[tokio::test]
async fn create_accepts_every_field_of_the_api() {
    let arguments = "create Docs https://docs.example.com/search --description All --excludes a,b --active false \
                     --continue-on-failure true --oauth-authorize-url https://auth.example.com/a \
                     --oauth-token-url https://auth.example.com/t --oauth-client-id me --oauth-client-secret hidden \
                     --oauth-scope read";
    let made = &json_of(&arguments.split_whitespace().collect::<Vec<_>>()).await["connector"];
    assert_eq!(made["name"], "Docs");
    assert_eq!(made["url"], "https://docs.example.com/search");
    assert_eq!(made["description"], "All");
    assert_eq!(made["excludes"], json!(["a", "b"]));
    assert_eq!((&made["active"], &made["continue_on_failure"]), (&json!(false), &json!(true)));
    assert_eq!(
        made["oauth"],
        json!({
            "authorize_url": "https://auth.example.com/a",
            "token_url": "https://auth.example.com/t",
            "client_id": "me",
            "scope": "read",
        })
    );
}

#[tokio::test]
async fn create_accepts_a_service_token() {
    let arguments = ["create", "Docs", "https://docs.example.com/", "--service-auth-token", "t"];
    assert_eq!(json_of(&arguments).await["connector"]["auth_type"], "service_auth");
    let odd = run(&[&arguments[..], &["--service-auth-type", "odd"]].concat()).await.failed(1);
    assert!(odd.contains("service_auth.type must be bearer, basic or noscheme"), "{odd}");
}

#[tokio::test]
async fn update_changes_only_given_fields() {
    let out = run(&["update", "wiki", "--name", "Wiki", "--search-url", "https://w.example.com/"])
        .await
        .ok();
    assert_eq!(field(&out, "name"), Some("Wiki"));
    assert_eq!(field(&out, "url"), Some("https://w.example.com/"));
    assert_eq!(field(&out, "excludes"), Some("drafts"));
}

#[tokio::test]
async fn update_clears_fields_by_explicit_null() {
    let out = run(&["update", "wiki", "--null", "excludes", "--null", "service_auth"]).await.ok();
    assert_eq!((field(&out, "excludes"), field(&out, "auth_type")), (None, None));
    let out =
        run(&["update", "tickets", "--null", "active", "--null", "continue_on_failure"]).await.ok();
    assert_eq!(field(&out, "active"), Some("yes"));
    let out = run(&["update", "handbook", "--null", "oauth"]).await.ok();
    assert_eq!(field(&out, "oauth.scope"), None);
    for required in ["name", "url"] {
        let line = run(&["update", "wiki", "--null", required]).await.failed(1);
        assert!(line.contains(&format!("{required} must not be null")), "{line}");
    }
}

#[tokio::test]
async fn enable_and_disable_change_one_field() {
    assert_eq!(field(&run(&["enable", "tickets"]).await.ok(), "active"), Some("yes"));
    assert_eq!(field(&run(&["disable", "wiki"]).await.ok(), "active"), Some("no"));
    assert_eq!(json_of(&["enable", "tickets"]).await["connector"]["active"], true);
    assert_eq!(json_of(&["disable", "wiki"]).await["connector"]["active"], false);
}

#[tokio::test]
async fn authorize_shows_the_url_to_visit() {
    let arguments =
        ["authorize", "handbook", "--after-token-redirect", "https://app.example.com/done"];
    let out = run(&arguments).await.ok();
    assert!(
        out.starts_with("To authorise handbook, visit\nhttps://auth.example.com/authorize?"),
        "{out}"
    );
    let url = json_of(&arguments).await["redirect_url"].as_str().unwrap().to_owned();
    assert!(url.ends_with("&after_token_redirect=https%3A%2F%2Fapp.example.com%2Fdone"), "{url}");
}

#[tokio::test]
async fn delete_names_the_deleted_connector() {
    assert_eq!(run(&["delete", "wiki"]).await.ok(), "deleted wiki\n");
    assert_eq!(json_of(&["delete", "wiki"]).await, json!({}));
}

#[tokio::test]
async fn debug_shows_the_answer_of_a_working_connector() {
    let out = run(&["debug", "wiki", "What is glucose?"]).await.ok();
    assert!(out.contains("Team wiki has a page on it.\n"), "{out}");
    assert!(out.ends_with("\n\nfinish reason: COMPLETE\ndocuments found: 1\n"), "{out}");
    assert!(!out.contains("failed"), "{out}");
}

#[tokio::test]
async fn debug_shows_the_error_of_a_broken_connector() {
    let out = run(&["debug", "archive", "What is glucose?"]).await.ok();
    let error = "cannot reach https://archive.invalid/search: no such host: archive.invalid";
    assert!(out.starts_with(&format!("connector archive failed: {error}\n")), "{out}");
    assert!(out.ends_with("finish reason: COMPLETE\ndocuments found: 0\n"), "{out}");
    let outcome = json_of(&["debug", "archive", "What is glucose?"]).await;
    assert_eq!(outcome["failed"], json!([{"id": "archive", "error_message": error}]));
    assert_eq!(outcome["finish_reason"], "COMPLETE");
}

#[tokio::test]
async fn debug_finds_other_faults() {
    let faults = [
        ("tickets", "connector tickets is not active"),
        ("handbook", "connector handbook is not authorized"),
    ];
    for (id, fault) in faults {
        let out = run(&["debug", id, "What?"]).await.ok();
        assert_eq!(
            out,
            format!("connector {id} failed: {fault}\n\nfinish reason: ERROR\ndocuments found: 0\n")
        );
    }
}

// Commands that share a server.

#[tokio::test]
async fn changes_persist_on_a_running_server() {
    let server = Server::start_with_samples(0).await.unwrap();
    let url = server.url();
    let at = async |arguments: &[&str]| run(&[arguments, &["--url", &url]].concat()).await;
    at(&["delete", "tickets"]).await.ok();
    at(&["authorize", "handbook"]).await.ok();
    at(&["update", "archive", "--continue-on-failure", "false"]).await.ok();
    let list = at(&["list"]).await.ok();
    assert!(list.contains("oauth, valid") && list.ends_with("\n3 of 3\n"), "{list}");
    assert!(
        at(&["debug", "handbook", "What?"]).await.ok().ends_with("COMPLETE\ndocuments found: 1\n")
    );
    assert!(at(&["debug", "archive", "What?"]).await.ok().contains("\nfinish reason: ERROR\n"));
    let gone = at(&["get", "tickets"]).await.failed(1);
    assert!(gone.contains("404 NotFound: connector tickets not found"), "{gone}");
}

#[tokio::test]
async fn an_option_overrides_the_server_of_the_environment() {
    let (kept, other) =
        (Server::start_with_samples(0).await.unwrap(), Server::start().await.unwrap());
    let kept = kept.url();
    assert!(run_at(Some(&kept), &["list"]).await.ok().ends_with("\n4 of 4\n"));
    let out = run_at(Some(&kept), &["--url", &other.url(), "list"]).await.ok();
    assert!(out.ends_with("\n0 of 0\n"), "{out}");
}

/// Passes on everything that is written.
struct Pipe(mpsc::UnboundedSender<String>);

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send(String::from_utf8(bytes.to_vec()).unwrap()).unwrap();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

async fn list_on_served(arguments: &[&str], url: impl Fn(&str) -> String) -> String {
    let (sender, mut written) = mpsc::unbounded_channel();
    let (mut out, mut err) = (Pipe(sender), vec![]);
    let visit = async {
        let url = url(&written.recv().await.unwrap());
        run(&["list", "--url", &url]).await.ok()
    };
    tokio::select! {
        code = manage::run(arguments, None, &mut out, &mut err) => panic!("serve ended with {code}"),
        listed = visit => listed,
    }
}

#[tokio::test]
async fn serve_prints_a_usable_url() {
    let last_line = |out: &str| out.lines().last().unwrap().to_owned();
    let listed = list_on_served(&["manage", "serve"], last_line).await;
    assert!(listed.ends_with("\n4 of 4\n"), "{listed}");
    let json =
        |out: &str| serde_json::from_str::<Value>(out).unwrap()["url"].as_str().unwrap().to_owned();
    let listed = list_on_served(&["manage", "serve", "--json"], json).await;
    assert!(listed.ends_with("\n4 of 4\n"), "{listed}");
}

#[tokio::test]
async fn serve_fails_on_a_used_port() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let line = run(&["serve", "--port", &port]).await.failed(1);
    assert!(line.starts_with("the server cannot start: "), "{line}");
}

// Tables.

#[tokio::test]
async fn columns_line_up_with_any_names() {
    let server = Server::start_with_samples(0).await.unwrap();
    let url = server.url();
    for name in ["e\u{301}te\u{301}", "東京タワー", "🦀", "Ünïcödé", "two\nlines\tand\u{1b}[31m"]
    {
        run(&["create", name, "https://x.example.com/", "--url", &url]).await.ok();
    }
    let out = run(&["list", "--url", &url]).await.ok();
    let table: Vec<_> = out.lines().take_while(|line| !line.is_empty()).collect();
    assert_eq!(table.len(), 10, "{out}");
    let column = |line: &str, text: &str| line[..line.find(text).unwrap()].width();
    for row in &table[1..] {
        assert_eq!(column(row, "https://"), column(table[0], "URL"), "{out}");
    }
    assert!(out.contains("two\\nlines\\tand\\u{1b}[31m"), "{out}");
}

// Failures.

#[tokio::test]
async fn an_error_of_the_api_is_one_line() {
    let lines = [
        run(&["get", "nope"]).await.failed(1),
        run(&["delete", "nope", "--json"]).await.failed(1),
        run(&["disable", "nope"]).await.failed(1),
        run(&["debug", "nope", "What?"]).await.failed(1),
    ];
    for line in lines {
        assert!(line.contains("connector nope not found (request id "), "{line}");
    }
    let line = run(&["authorize", "wiki"]).await.failed(1);
    assert!(
        line.contains("400 BadRequest: invalid request: connector wiki does not use oauth"),
        "{line}"
    );
    let line = run(&["list", "--limit", "101"]).await.failed(1);
    assert!(line.contains("limit must be a whole number from 0 to 100"), "{line}");
}

#[tokio::test]
async fn a_missing_server_is_reported_in_one_line() {
    // A port that was free a moment ago may belong to another test by now. Port 1 has no server.
    let line = run(&["list", "--url", "http://127.0.0.1:1"]).await.failed(1);
    assert!(line.starts_with("GET v1/connectors: could not connect: "), "{line}");
}

#[tokio::test]
async fn unsendable_arguments_are_wrong_usage() {
    let line = run(&["list", "--url", "nonsense"]).await.failed(2);
    assert!(line.starts_with("the base URL is not valid: "), "{line}");
    let line = run(&["get", ""]).await.failed(2);
    assert!(line.contains("`id` is empty"), "{line}");
}

#[tokio::test]
async fn clap_reports_wrong_usage() {
    for arguments in [
        &[][..],
        &["frob"],
        &["get"],
        &["list", "--limit", "many"],
        &["create", "only a name"],
        &["update", "wiki", "--active", "perhaps"],
        &["update", "wiki", "--null", "description"],
        &["update", "wiki", "--description", "new"],
        &["update", "wiki", "--service-auth-type", "basic"],
    ] {
        run(arguments).await.misused();
    }
}

#[tokio::test]
async fn conflicting_options_are_wrong_usage() {
    for (arguments, reason) in [
        (
            &["list", "--live", "--url", "http://127.0.0.1:1"][..],
            "--url cannot be used with --live",
        ),
        (&["--live", "list", "--url", "http://127.0.0.1:1"], "--url cannot be used with --live"),
        (&["serve", "--live"], "serve is a server of its own"),
        (
            &["update", "wiki", "--name", "x", "--null", "name"],
            "--null name cannot be used with a value",
        ),
        (
            &["update", "wiki", "--active", "true", "--null", "active"],
            "--null active cannot be used with a value",
        ),
        (
            &["update", "wiki", "--oauth-scope", "x", "--service-auth-token", "t"],
            "'--service-auth-token <TOKEN>' cannot be used with",
        ),
    ] {
        let said = run(arguments).await.misused();
        assert!(said.contains(reason), "{said}");
    }
}

#[tokio::test]
async fn help_says_that_changes_are_not_kept() {
    let out = run(&["--help"]).await.ok();
    assert!(out.contains("Nothing that you change there is kept"), "{out}");
}

/// Refuses every write.
struct Refusing(io::ErrorKind);

impl Write for Refusing {
    fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_closed_output_is_not_a_failure() {
    for (kind, code, said) in [
        (io::ErrorKind::BrokenPipe, 0, ""),
        (io::ErrorKind::StorageFull, 1, "error: the output cannot be written: no storage space\n"),
    ] {
        let mut err = vec![];
        let ended = manage::run(["manage", "list"], None, &mut Refusing(kind), &mut err).await;
        assert_eq!((ended, String::from_utf8(err).unwrap().as_str()), (code, said));
    }
}
