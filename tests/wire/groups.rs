//! Several traits grouped into one client.

use connectors_client::mode::{BlockingRaw, Mode, Thin};
use connectors_client::{ApiClient, Client, RequestOptions, api_client};
use support::server::{Reply, Server};

mod issues {
    #[connectors_client::api_client(prefix = "issues")]
    pub(crate) trait Issues {
        #[get("<id>")]
        async fn get(&self, id: u64);
    }
}

#[api_client(prefix = "users")]
trait Users {
    #[delete("<id>")]
    async fn delete(&self, id: u64);
}

#[derive(Clone, Debug, ApiClient)]
struct People {
    users: UsersClient,
}

#[derive(Clone, Debug, ApiClient)]
struct Tracker {
    issues: issues::IssuesClient,
    people: People,
    client: Client,
}

#[derive(ApiClient)]
struct AnyTracker<M: Mode = Thin> {
    issues: issues::GenericIssuesClient<M>,
    users: GenericUsersClient<M>,
}

fn client(server: &Server) -> Client {
    support::client(server.url()).env_proxies(false).bearer_token("t").build().unwrap()
}

/// Generic code over any client.
fn over<C: ApiClient>(client: &Client) -> C {
    C::new(client.clone()).with_options(RequestOptions::new().header("X-Over", "1"))
}

#[tokio::test]
async fn grouped_clients_share_one_client_and_its_options() {
    let server = Server::start([Reply::empty(204)]);
    let tracker = Tracker::new(client(&server));
    tracker.issues.get(7).await.unwrap();
    let view = tracker.with_options(RequestOptions::new().header("X-View", "1"));
    view.people.users.delete(8).await.unwrap();
    view.client.send::<()>(http::Request::get("/x").body("").unwrap()).await.unwrap();
    over::<issues::IssuesClient>(&tracker.client).get(9).await.unwrap();
    let requests = server.requests();
    let sent: Vec<_> = requests
        .iter()
        .map(|request| {
            (request.target.as_str(), request.header("x-view"), request.header("x-over"))
        })
        .collect();
    assert_eq!(
        sent,
        [
            ("/issues/7", None, None),
            ("/users/8", Some("1"), None),
            ("/x", Some("1"), None),
            ("/issues/9", None, Some("1"))
        ]
    );
    assert!(requests.iter().all(|request| request.header("authorization") == Some("Bearer t")));
    assert_eq!(server.connections(), 1, "the clients share one connection pool");
}

#[test]
fn a_group_generic_over_a_mode_serves_all_modes() {
    let server = Server::start([Reply::empty(204)]);
    let tracker = AnyTracker::<BlockingRaw>::new(client(&server));
    assert_eq!(tracker.issues.get(7).send().unwrap().status(), 204);
    assert_eq!(tracker.users.delete(8).send().unwrap().status(), 204);
}
