//! A server on loopback for a recipe.

use std::io;

use axum::Router;
use tokio::net::TcpListener;

/// Serves on a free port of 127.0.0.1, as a task of the current runtime, and gives the URL.
pub async fn serve(router: Router) -> io::Result<String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(url)
}
