//! A client shared by all handlers of a web server: `cargo run --example axum_handler`.
//!
//! ```text
//! GET /weather/paris -> 200 Paris: sunny
//! GET /weather/atlantis -> 404 no such city
//! GET /weather/broken -> 502 the weather service has a problem
//! 100 at a time -> 100 responses over 1 client
//! ```

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use connectors_client::{Client, Text, api_client};
use connectors_examples::serve;

#[api_client]
trait Weather {
    #[get("weather/<city>")]
    async fn of(&self, city: &str) -> Text;
}

/// The handler. Cloning the client copies a pointer, and all clones share its connections.
async fn weather(
    State(weather): State<WeatherClient>,
    Path(city): Path<String>,
) -> Result<String, (StatusCode, &'static str)> {
    // An id from the user stays one segment, whatever it contains.
    match weather.of(&city).await {
        Ok(report) => Ok(report.into()),
        Err(error) if error.is_not_found() => Err((StatusCode::NOT_FOUND, "no such city")),
        Err(_) => Err((StatusCode::BAD_GATEWAY, "the weather service has a problem")),
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let upstream = Client::builder(serve(upstream()).await?).max_retries(0).build()?;
    let app = Router::new()
        .route("/weather/{city}", get(weather))
        .with_state(WeatherClient::new(upstream));

    // Our own server, called like any other.
    let own = WeatherClient::new(Client::builder(serve(app).await?).max_retries(0).build()?);
    for city in ["paris", "atlantis", "broken"] {
        let (status, text) = match own.with_raw_response().of(city).await {
            Ok(reply) => (reply.status().as_u16(), reply.data.to_string()),
            Err(error) => {
                let body = error.body().map(|body| String::from_utf8_lossy(body).into_owned());
                (error.status().map_or(0, |status| status.as_u16()), body.unwrap_or_default())
            }
        };
        println!("GET /weather/{city} -> {status} {text}");
    }

    let calls: Vec<_> = (0..100).map(|_| tokio::spawn(own.of("paris").send())).collect();
    let mut replies = 0;
    for call in calls {
        call.await??;
        replies += 1;
    }
    println!("100 at a time -> {replies} responses over 1 client");
    Ok(())
}

/// The called service.
fn upstream() -> Router {
    Router::new().route(
        "/weather/{city}",
        get(|Path(city): Path<String>| async move {
            match city.as_str() {
                "paris" => Ok("Paris: sunny"),
                "broken" => Err(StatusCode::INTERNAL_SERVER_ERROR),
                _ => Err(StatusCode::NOT_FOUND),
            }
        }),
    )
}
