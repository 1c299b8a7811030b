//! Commands: the calls they make and the output of their responses.

use std::future;

use connectors_client::cohere::{Cohere, ConnectorsUpdateRequest};
use serde::Serialize;

use super::chat;
use super::cli::Command;
use super::debug;
use super::failure::Failure;
use super::output::Output;
use super::settings::{Creation, Field, Update};
use super::tables;
use crate::embedded::Server;

type Outcome = Result<(), Failure>;

pub(crate) async fn execute(command: Command, cohere: &Cohere, output: &mut Output<'_>) -> Outcome {
    match command {
        Command::Serve { port } => serve(port, output).await,
        Command::List { limit, offset } => list(limit, offset, cohere, output).await,
        Command::Get { id } => get(&id, cohere, output).await,
        Command::Create(creation) => create(&creation, cohere, output).await,
        Command::Update(update) => change(&update, cohere, output).await,
        Command::Enable { id } => activate(&id, true, cohere, output).await,
        Command::Disable { id } => activate(&id, false, cohere, output).await,
        Command::Authorize { id, after_token_redirect } => {
            authorize(&id, after_token_redirect.as_deref(), cohere, output).await
        }
        Command::Delete { id } => delete(&id, cohere, output).await,
        Command::Debug { id, question } => ask(&id, &question, cohere, output).await,
    }
}

#[derive(Serialize)]
struct Serving {
    url: String,
}

/// Returns only if the server cannot start.
pub(crate) async fn serve(port: u16, output: &mut Output<'_>) -> Outcome {
    let server = Server::start_with_samples(port).await.map_err(Failure::Server)?;
    output.give(&Serving { url: server.url() }, |serving| {
        format!(
            "A connectors server with a few samples runs until you stop it, at\n{}\n",
            serving.url
        )
    })?;
    future::pending().await
}

async fn list(
    limit: Option<u32>,
    offset: Option<u64>,
    cohere: &Cohere,
    output: &mut Output<'_>,
) -> Outcome {
    let page = cohere.connectors().list().maybe_limit(limit).maybe_offset(offset).await?;
    output.give(&page, tables::page)
}

async fn get(id: &str, cohere: &Cohere, output: &mut Output<'_>) -> Outcome {
    let found = cohere.connectors().get(id).await?;
    output.give(&found, |found| tables::connector(&found.connector))
}

async fn create(creation: &Creation, cohere: &Cohere, output: &mut Output<'_>) -> Outcome {
    let settings = &creation.settings;
    let made = cohere
        .connectors()
        .create(&creation.name, &creation.search_url)
        .maybe_description(creation.description.as_deref())
        .maybe_excludes(settings.excludes().as_deref())
        .maybe_oauth(settings.oauth().as_ref())
        .maybe_active(settings.active)
        .maybe_continue_on_failure(settings.continue_on_failure)
        .maybe_service_auth(settings.service_auth().as_ref())
        .await?;
    output.give(&made, |made| tables::connector(&made.connector))
}

async fn change(update: &Update, cohere: &Cohere, output: &mut Output<'_>) -> Outcome {
    let settings = &update.settings;
    let request = cohere
        .connectors()
        .update(&update.id)
        .maybe_name(update.name.as_deref())
        .maybe_url(update.search_url.as_deref())
        .maybe_excludes(settings.excludes().as_deref())
        .maybe_oauth(settings.oauth().as_ref())
        .maybe_active(settings.active)
        .maybe_continue_on_failure(settings.continue_on_failure)
        .maybe_service_auth(settings.service_auth().as_ref());
    let changed = update.null.iter().copied().fold(request, with_null).await?;
    output.give(&changed, |changed| tables::connector(&changed.connector))
}

fn with_null(request: ConnectorsUpdateRequest, field: Field) -> ConnectorsUpdateRequest {
    match field {
        Field::Name => request.name_null(),
        Field::Url => request.url_null(),
        Field::Excludes => request.excludes_null(),
        Field::OAuth => request.oauth_null(),
        Field::Active => request.active_null(),
        Field::ContinueOnFailure => request.continue_on_failure_null(),
        Field::ServiceAuth => request.service_auth_null(),
    }
}

async fn activate(id: &str, active: bool, cohere: &Cohere, output: &mut Output<'_>) -> Outcome {
    let changed = cohere.connectors().update(id).active(active).await?;
    output.give(&changed, |changed| tables::connector(&changed.connector))
}

async fn authorize(
    id: &str,
    after_token_redirect: Option<&str>,
    cohere: &Cohere,
    output: &mut Output<'_>,
) -> Outcome {
    let connectors = cohere.connectors();
    let authorize =
        connectors.o_auth_authorize(id).maybe_after_token_redirect(after_token_redirect).await?;
    output.give(&authorize, |authorize| tables::authorization(id, authorize))
}

async fn delete(id: &str, cohere: &Cohere, output: &mut Output<'_>) -> Outcome {
    let deleted = cohere.connectors().delete(id).await?;
    output.give(&deleted, |_| tables::deletion(id))
}

async fn ask(id: &str, question: &str, cohere: &Cohere, output: &mut Output<'_>) -> Outcome {
    let events = chat::ask(cohere, id, question).await?;
    debug::show(events, output).await
}
