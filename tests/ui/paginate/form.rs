//! Invalid forms of `paginate`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ The brackets are missing.
    #[get("things?<offset>", paginate)]
    async fn alone(&self, offset: Option<u64>) -> Vec<String>;

    //~ `paginate` has nothing in its brackets.
    #[get("things?<offset>", paginate())]
    async fn empty(&self, offset: Option<u64>) -> Vec<String>;

    //~ `paginate` is given as an option with a value.
    #[get("things?<offset>", paginate = "offset")]
    async fn text(&self, offset: Option<u64>) -> Vec<String>;

    //~ The argument is in quotes.
    #[get("things?<offset>", paginate(offset = "offset"))]
    async fn argument_in_quotes(&self, offset: Option<u64>) -> Vec<String>;

    //~ A link takes no argument.
    #[get("things?<offset>", paginate(link = offset))]
    async fn argument_of_link(&self, offset: Option<u64>) -> Vec<String>;

    //~ Two ways to continue are given.
    #[get("things?<offset>", paginate(offset, link))]
    async fn two_kinds(&self, offset: Option<u64>) -> Vec<String>;

    //~ The way to continue is unknown.
    #[get("things?<offset>", paginate(token))]
    async fn unknown_kind(&self, offset: Option<u64>) -> Vec<String>;

    //~ The way to continue is unknown, and has an argument.
    #[get("things?<offset>", paginate(token = offset))]
    async fn unknown_kind_with_argument(&self, offset: Option<u64>) -> Vec<String>;

    //~ The first page is negative.
    #[get("things?<offset>", paginate(page = offset, first = -1))]
    async fn first_is_negative(&self, offset: Option<u64>) -> Vec<String>;

    //~ The first page is a text.
    #[get("things?<offset>", paginate(page = offset, first = "0"))]
    async fn first_is_text(&self, offset: Option<u64>) -> Vec<String>;

    //~ Only pages are counted from a first one.
    #[get("things?<offset>", paginate(offset = offset, first = 0))]
    async fn first_of_offset(&self, offset: Option<u64>) -> Vec<String>;

    //~ Only a cursor is in a header.
    #[get("things?<offset>", paginate(page = offset, header = "X-Next"))]
    async fn header_of_page(&self, offset: Option<u64>) -> Vec<String>;

    //~ The name of the header has a space.
    #[get("things?<offset>", paginate(cursor = offset, header = "X Next"))]
    async fn header_with_space(&self, offset: Option<u64>) -> Vec<String>;

    //~ The header is not in quotes.
    #[get("things?<offset>", paginate(cursor = offset, header = next))]
    async fn header_without_quotes(&self, offset: Option<u64>) -> Vec<String>;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    client.alone().send().await?;
    let _ = client.alone().items();
    client.empty().send().await?;
    let _ = client.empty().items();
    client.text().send().await?;
    let _ = client.text().items();
    client.argument_in_quotes().send().await?;
    let _ = client.argument_in_quotes().items();
    client.argument_of_link().send().await?;
    let _ = client.argument_of_link().items();
    client.two_kinds().send().await?;
    let _ = client.two_kinds().items();
    client.unknown_kind().send().await?;
    let _ = client.unknown_kind().items();
    client.unknown_kind_with_argument().send().await?;
    let _ = client.unknown_kind_with_argument().items();
    client.first_is_negative().send().await?;
    let _ = client.first_is_negative().items();
    client.first_is_text().send().await?;
    let _ = client.first_is_text().items();
    client.first_of_offset().send().await?;
    let _ = client.first_of_offset().items();
    client.header_of_page().send().await?;
    let _ = client.header_of_page().items();
    client.header_with_space().send().await?;
    let _ = client.header_with_space().items();
    client.header_without_quotes().send().await?;
    let _ = client.header_without_quotes().items();
    Ok(())
}

fn main() {}
