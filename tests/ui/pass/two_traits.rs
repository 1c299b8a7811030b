//! Two traits in one module with endpoints of the same name.

#![deny(warnings)]

use connectors_client::{Error, Fake, FakeReply, api_client};

#[api_client]
pub trait Apples {
    #[get("apples?<limit>")]
    async fn list(&self, limit: Option<u8>) -> Vec<u8>;
}

#[api_client(prefix = "v2")]
pub trait Pears {
    #[get("pears?<limit>")]
    async fn list(&self, limit: Option<u8>) -> Vec<u8>;
}

#[api_client]
pub trait User {
    #[get("users/<id>/groups?<limit>")]
    async fn group_list(&self, id: u8, limit: Option<u8>) -> Vec<u8>;
}

/// Its request would have the name of the one above.
#[api_client]
pub(super) trait UserGroup {
    #[get("groups?<limit>", request = ListGroups)]
    async fn list(&self, limit: Option<u8>) -> Vec<u8>;

    /// Its request would have the name of the struct below.
    #[post("groups", request = CreateGroup)]
    async fn create(&self, #[body] group: &UserGroupCreateRequest);

    #[get("types?<limit>", request = r#Type)]
    async fn types(&self, limit: Option<u8>) -> Vec<u8>;
}

#[derive(serde::Serialize)]
pub(super) struct UserGroupCreateRequest {
    pub(super) name: &'static str,
}

#[tokio::test]
async fn a_request_has_the_name_that_it_is_given() {
    let fake = Fake::new()
        .on(UserClient::GROUP_LIST, |_| FakeReply::json(200, [1]))
        .on(UserGroupClient::LIST, |_| FakeReply::json(200, [2]))
        .on(UserGroupClient::CREATE, |_| FakeReply::new(204, ""));
    let of_user: UserGroupListRequest = UserClient::new(fake.client()).group_list(7);
    assert_eq!(of_user.limit(1).await.unwrap(), [1]);
    let groups = UserGroupClient::new(fake.client());
    let list: ListGroups = groups.list();
    assert_eq!(list.limit(1).await.unwrap(), [2]);
    let create: CreateGroup = groups.create(&UserGroupCreateRequest { name: "a" });
    create.await.unwrap();
}

/// A request is as visible as its trait.
mod visibilities {
    pub(super) mod inner {
        use connectors_client::api_client;

        #[api_client]
        pub(self) trait Own {
            #[get("own?<limit>")]
            async fn list(&self, limit: Option<u8>) -> Vec<u16>;
        }

        #[api_client]
        pub(in self::super) trait Above {
            #[get("above?<limit>")]
            async fn list(&self, limit: Option<u8>) -> Vec<u16>;
        }

        #[api_client]
        pub(in super::super) trait Far {
            #[get("far?<limit>")]
            async fn list(&self, limit: Option<u8>) -> Vec<u16>;
        }

        #[api_client]
        pub(in super::super::visibilities) trait Named {
            #[get("named?<limit>")]
            async fn list(&self, limit: Option<u8>) -> Vec<u16>;
        }

        pub(super) fn own(client: connectors_client::Client) {
            let _: OwnListRequest = OwnClient::new(client).list().limit(1);
        }
    }

    pub(super) fn above(client: connectors_client::Client) {
        let _: inner::AboveListRequest = inner::AboveClient::new(client.clone()).list().limit(1);
        let _: inner::NamedListRequest = inner::NamedClient::new(client.clone()).list().limit(1);
        inner::own(client);
    }
}

#[tokio::test]
async fn a_request_is_as_visible_as_its_trait() {
    let client = Fake::new().client();
    let _: visibilities::inner::FarListRequest =
        visibilities::inner::FarClient::new(client.clone()).list().limit(1);
    visibilities::above(client);
}

/// One fake for both.
struct Empty;

impl Apples for Empty {
    async fn list(&self, _: Option<u8>) -> Result<Vec<u8>, Error> {
        Ok(vec![1])
    }
}

impl Pears for Empty {
    async fn list(&self, _: Option<u8>) -> Result<Vec<u8>, Error> {
        Ok(vec![2])
    }
}

#[tokio::test]
async fn each_has_its_own() {
    let fake = Fake::new()
        .on(ApplesClient::LIST, |_| FakeReply::json(200, [1]))
        .on(PearsClient::LIST, |_| FakeReply::json(200, [2]));
    assert_eq!(ApplesClient::new(fake.client()).list().limit(1).await.unwrap(), [1]);
    assert_eq!(PearsClient::new(fake.client()).list().limit(1).await.unwrap(), [2]);
    assert_ne!(ApplesClient::LIST, PearsClient::LIST);

    assert_eq!(Apples::list(&Empty, None).await.unwrap(), [1]);
    assert_eq!(Pears::list(&Empty, None).await.unwrap(), [2]);
}
