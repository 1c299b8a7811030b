//! Ollama: what is sent.
