//! Cohere's models, datasets, embed jobs, tokenize and rerank: more endpoints on an account that has connectors: what is sent.
