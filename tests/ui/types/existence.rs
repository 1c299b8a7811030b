//! Results that tell if something exists, without a status that says so.

use connectors_client::{HttpResponse, api_client};

type Maybe = Option<()>;
type Perhaps<T> = HttpResponse<Option<T>>;

#[api_client]
pub trait Things {
    #[get("v1/things/a")]
    //~ No status says that it is `None`.
    async fn option_unit(&self) -> Option<()>;

    #[get("v1/things/b")]
    //~ The result is an `Option` by its path.
    async fn option_unit_by_path(&self) -> std::option::Option<()>;

    #[get("v1/things/c")]
    //~ The result is an `Option` by an alias.
    async fn alias(&self) -> Maybe;

    #[get("v1/things/d")]
    //~ The result has status and headers beside it.
    async fn with_response(&self) -> HttpResponse<Option<()>>;

    #[get("v1/things/e")]
    //~ The same by an alias with a parameter.
    async fn response_by_alias(&self) -> Perhaps<()>;

    #[cfg(not(test))]
    #[get("v1/things/f")]
    //~ The endpoint is conditional.
    async fn conditional(&self) -> Option<()>;

    #[head("v1/things/g")]
    //~ A HEAD has no body.
    async fn of_head(&self) -> Maybe;
}

// These are sound.
#[api_client]
pub trait Sound {
    #[get("v1/things/a", none_on = 404)]
    async fn alias(&self) -> Maybe;

    #[head("v1/things/b", none_on = 404)]
    async fn of_head(&self) -> Option<()>;

    #[get("v1/things/c")]
    async fn response(&self) -> HttpResponse<()>;

    #[get("v1/things/d")]
    async fn pair(&self) -> Option<((), ())>;
}

fn main() {}
