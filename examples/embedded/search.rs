//! Results of the connectors of a chat: documents, or the reason for their absence.

use serde::{Deserialize, Serialize};

use super::connector::Connector;
use super::reply::Problem;
use super::store::{Store, random_id};

/// A connector as named in a chat.
#[derive(Deserialize)]
pub(crate) struct ChatConnector {
    id: String,
    /// Overrides the connector's own setting.
    continue_on_failure: Option<bool>,
}

#[derive(Clone, Serialize)]
pub(crate) struct SearchQuery {
    text: String,
    generation_id: String,
}

#[derive(Serialize)]
struct ConnectorId {
    id: String,
}

#[derive(Serialize)]
pub(crate) struct SearchResult {
    search_query: SearchQuery,
    connector: ConnectorId,
    document_ids: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_message: Option<String>,
    continue_on_failure: bool,
}

#[derive(Serialize)]
pub(crate) struct Document {
    pub(crate) id: String,
    title: String,
    snippet: String,
    url: String,
}

impl SearchResult {
    pub(crate) fn document_ids(&self) -> &[String] {
        &self.document_ids
    }
}

/// Results of a search, with a sentence of the answer for each connector.
pub(crate) struct Findings {
    pub(crate) query: SearchQuery,
    pub(crate) results: Vec<SearchResult>,
    pub(crate) documents: Vec<Document>,
    pub(crate) sentences: Vec<String>,
}

impl Findings {
    /// Searches with each connector. An unknown connector is an invalid request, and a failing one
    /// is a result.
    pub(crate) fn of(
        question: &str,
        connectors: &[ChatConnector],
        store: &Store,
    ) -> Result<Self, Problem> {
        let query = SearchQuery { text: question.to_owned(), generation_id: random_id() };
        let mut findings = Self { query, results: vec![], documents: vec![], sentences: vec![] };
        for wanted in connectors {
            findings.ask(wanted, &store.get(&wanted.id)?);
        }
        Ok(findings)
    }

    /// Returns true if a failed connector ends the chat.
    pub(crate) fn are_fatal(&self) -> bool {
        self.results
            .iter()
            .any(|result| result.error_message.is_some() && !result.continue_on_failure)
    }

    fn ask(&mut self, wanted: &ChatConnector, connector: &Connector) {
        let fault = connector.fault();
        let document = fault.is_none().then(|| self.document(connector));
        self.results.push(SearchResult {
            search_query: self.query.clone(),
            connector: ConnectorId { id: connector.id.clone() },
            document_ids: document.iter().map(|document| document.id.clone()).collect(),
            error_message: fault,
            continue_on_failure: wanted
                .continue_on_failure
                .unwrap_or(connector.continue_on_failure),
        });
        self.sentences.push(match document {
            Some(_) => format!("{} has a page on it.", connector.name),
            None => format!("{} could not be searched.", connector.name),
        });
        self.documents.extend(document);
    }

    fn document(&self, connector: &Connector) -> Document {
        Document {
            id: format!("{}_{}", connector.id, self.documents.len()),
            title: format!("{}: {}", connector.name, self.query.text),
            snippet: format!("A page of {} that answers the question.", connector.name),
            url: connector.url.clone(),
        }
    }
}
