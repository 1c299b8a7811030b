//! Names of requests that collide. There is one error for each, which names the request.

use connectors_client::api_client;

#[api_client]
pub trait User {
    #[get("users/<id>/groups")]
    async fn group_list(&self, id: &str) -> Vec<String>;

    #[get("users/<id>/groups/all?<limit>")]
    async fn group_all(&self, id: &str, limit: Option<u32>) -> Vec<String>;
}

//~ The request has the name of another endpoint's.
//~ The request with setters has it too.
#[api_client]
pub trait UserGroup {
    #[get("groups")]
    async fn list(&self) -> Vec<String>;

    #[get("groups/all?<limit>")]
    async fn all(&self, limit: Option<u32>) -> Vec<String>;
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct OrdersCreateRequest {
    pub name: String,
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct OrdersSendRequest {
    pub id: u64,
}

//~ The request with setters has the name of a type above it.
//~ The request without setters has such a name too.
//~ The request with setters has the name of a type below it.
#[api_client]
pub trait Orders {
    #[post("orders")]
    async fn create(&self, name: &str, count: Option<u32>) -> String;

    #[post("orders/send")]
    async fn send(&self, #[body] order: &OrdersSendRequest) -> String;

    #[put("orders/<id>")]
    async fn update(&self, id: u64, count: Option<u32>) -> String;

    #[put("orders")]
    async fn replace(&self, #[body] order: &OrdersReplaceRequest) -> String;
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct OrdersUpdateRequest {
    pub name: String,
}

#[derive(Clone, Debug, serde::Serialize)]
//~ The request without setters has the name of a type below it.
pub struct OrdersReplaceRequest {
    pub name: String,
}

async fn uses(orders: OrdersClient) -> Result<OrdersCreateRequest, connectors_client::Error> {
    let order = OrdersCreateRequest { name: orders.create("a").count(1).await? };
    orders.update(1).count(2).await?;
    orders.send(&OrdersSendRequest { id: 1 }).await?;
    orders.replace(&OrdersReplaceRequest { name: order.name.clone() }).await?;
    Ok(order)
}

fn main() {}
