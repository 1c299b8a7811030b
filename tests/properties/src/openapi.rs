//! Descriptions of APIs, and the source made from them.

use connectors_openapi::model::Document;
use connectors_openapi::{Steering, generate};

/// Reads a description as JSON or YAML.
///
/// It is read, or refused in one sentence. The source generated from it is Rust.
#[allow(clippy::missing_panics_doc, reason = "panics if the property does not hold")]
pub fn openapi(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    match Document::parse("openapi.yaml", &text) {
        Ok(document) => {
            let generated = generate(&document, &Steering::default()).unwrap();
            if let Err(error) = syn::parse_file(&generated.source) {
                panic!("{error}: {}", generated.source);
            }
        }
        Err(notice) => assert!(!notice.message.contains('\n'), "{notice}"),
    }
}
