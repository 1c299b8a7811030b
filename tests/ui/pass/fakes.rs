//! A fake is an implementation of the trait by plain `async fn`s; code under test takes it for the client.

#![deny(warnings)]

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use connectors_client::{Error, Nullable, api_client};

#[api_client]
pub trait Notes {
    #[get("notes?<limit>")]
    async fn list(&self, limit: Option<usize>) -> Vec<String>;

    #[put("notes/<id>")]
    async fn put(&self, id: &str, text: Nullable<&str>) -> Option<String>;

    #[get("notes/<id>")]
    async fn get(&self, id: &str) -> String;
}

#[derive(Default)]
struct InMemory(Mutex<HashMap<String, String>>);

impl Notes for InMemory {
    async fn list(&self, limit: Option<usize>) -> Result<Vec<String>, Error> {
        let mut all: Vec<_> = self.0.lock().unwrap().keys().cloned().collect();
        all.sort();
        all.truncate(limit.unwrap_or(usize::MAX));
        Ok(all)
    }

    async fn put(&self, id: &str, text: Nullable<&str>) -> Result<Option<String>, Error> {
        tokio::task::yield_now().await;
        let mut notes = self.0.lock().unwrap();
        Ok(match text {
            Nullable::Value(text) => notes.insert(id.to_owned(), text.to_owned()),
            Nullable::Null => notes.remove(id),
            Nullable::Unset => None,
        })
    }

    fn get(&self, id: &str) -> impl Future<Output = Result<String, Error>> + Send {
        let note = self.0.lock().unwrap().get(id).cloned();
        std::future::ready(note.ok_or_else(|| Error::fake(404, "")))
    }
}

/// The code under test.
async fn rename<N: Notes>(notes: N, from: &str, to: &str) -> Result<(), Error> {
    let text = notes.get(from).await?;
    notes.put(to, Nullable::Value(&text)).await?;
    notes.put(from, Nullable::Null).await?;
    Ok(())
}

#[tokio::test]
async fn a_fake_is_a_client() {
    let notes = Arc::new(InMemory::default());
    notes.put("a", "text".into()).await.unwrap();

    rename(Arc::clone(&notes), "a", "b").await.unwrap();
    assert_eq!(notes.list(None).await.unwrap(), ["b"]);
    assert_eq!(notes.list(Some(0)).await.unwrap(), [""; 0]);

    let error = rename(&*notes, "a", "c").await.unwrap_err();
    assert!(error.is_not_found());
}

#[tokio::test]
async fn a_fake_can_be_given_to_another_task() {
    let notes = Arc::new(InMemory::default());
    let other = Arc::clone(&notes);
    tokio::spawn(async move { other.put("a", "text".into()).await }).await.unwrap().unwrap();
    assert_eq!(notes.get("a").await.unwrap(), "text");
}
