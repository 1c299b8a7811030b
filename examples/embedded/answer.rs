//! Answer of a chat with connectors, whole or as events.

use serde_json::{Value, json};

use super::paced::words;
use super::search::Findings;
use super::store::random_id;

/// There is no model. The answer reports the findings.
const OPENING: &str = "There is no model behind this server, but your connectors were asked.";

pub(crate) struct Answer {
    question: String,
    findings: Findings,
    text: String,
    generation_id: String,
}

impl Answer {
    /// Creates the answer, whose text is empty if the findings end the chat.
    pub(crate) fn of(question: String, findings: Findings) -> Self {
        let text = if findings.are_fatal() { String::new() } else { told(&findings.sentences) };
        Self { question, findings, text, generation_id: random_id() }
    }

    /// Returns the events in the order in which the API sends them.
    pub(crate) fn events(&self) -> Vec<Value> {
        let start = json!({"event_type": "stream-start", "generation_id": self.generation_id});
        let text =
            words(&self.text).map(|text| json!({"event_type": "text-generation", "text": text}));
        let mut events = vec![start];
        events.extend(self.search_events());
        events.extend(text);
        events.extend(self.citation_event());
        events.push(json!({
            "event_type": "stream-end",
            "finish_reason": self.finish_reason(),
            "response": self.response(),
        }));
        let last = events.len() - 1;
        events
            .into_iter()
            .enumerate()
            .map(|(index, event)| finished(event, index == last))
            .collect()
    }

    /// Returns the whole response, which the last event contains too.
    pub(crate) fn response(&self) -> Value {
        let mut response = json!({
            "response_id": random_id(),
            "text": self.text,
            "generation_id": self.generation_id,
            "chat_history": [
                {"role": "USER", "message": self.question},
                {"role": "CHATBOT", "message": self.text},
            ],
            "finish_reason": self.finish_reason(),
            "meta": {"api_version": {"version": "1"}},
            "citations": self.citations(),
            "documents": self.findings.documents,
            "search_results": self.findings.results,
            "search_queries": [self.findings.query],
        });
        if self.findings.are_fatal() {
            response["error"] = "connector request failed".into();
        }
        response
    }

    fn finish_reason(&self) -> &'static str {
        if self.findings.are_fatal() { "ERROR" } else { "COMPLETE" }
    }

    /// Returns `None` if no connector was asked.
    fn search_events(&self) -> Vec<Value> {
        if self.findings.results.is_empty() {
            return vec![];
        }
        vec![
            json!({"event_type": "search-queries-generation", "search_queries": [self.findings.query]}),
            json!({
                "event_type": "search-results",
                "search_results": self.findings.results,
                "documents": self.findings.documents,
            }),
        ]
    }

    fn citation_event(&self) -> Option<Value> {
        let citations = self.citations();
        (!citations.is_empty())
            .then(|| json!({"event_type": "citation-generation", "citations": citations}))
    }

    fn citations(&self) -> Vec<Value> {
        let searched = self.findings.results.iter().zip(&self.findings.sentences);
        searched
            .filter_map(|(result, sentence)| self.citation(sentence, result.document_ids()))
            .collect()
    }

    /// Returns the sentence based on these documents. Positions are counted in characters.
    fn citation(&self, sentence: &str, document_ids: &[String]) -> Option<Value> {
        if document_ids.is_empty() {
            return None;
        }
        let start = self.text[..self.text.find(sentence)?].chars().count();
        let end = start + sentence.chars().count();
        Some(json!({"start": start, "end": end, "text": sentence, "document_ids": document_ids}))
    }
}

fn told(sentences: &[String]) -> String {
    match sentences {
        [] => "There is no model behind this server, and no connector was asked.".to_owned(),
        sentences => format!("{OPENING} {}", sentences.join(" ")),
    }
}

fn finished(mut event: Value, is_finished: bool) -> Value {
    event["is_finished"] = is_finished.into();
    event
}
