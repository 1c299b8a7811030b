//! Descriptions with mistakes: each is read, or refused in one sentence, and none causes a panic.

use std::thread;

use connectors_openapi::model::Document;
use connectors_openapi::{Steering, generate};
use serde_json::Value;

use crate::files::{NAMES, text};

/// Number of mutated descriptions.
const COUNT: u64 = 10_000;
const THREADS: u64 = 4;

/// A generator of numbers that are always the same (`SplitMix64`).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit.max(1) as u64)).unwrap()
    }
}

fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let token = name.replace('~', "~0").replace('/', "~1");
                pointers(value, &format!("{at}/{token}"), found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                pointers(value, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn strange(numbers: &mut Numbers, pointer: &str, all: &Value) -> Value {
    match numbers.below(14) {
        0 => Value::Null,
        1 => true.into(),
        2 => serde_json::json!([]),
        3 => serde_json::json!({}),
        4 => "".into(),
        5 => "object".into(),
        6 => 1.5.into(),
        7 => serde_json::json!({"$ref": format!("#{pointer}")}),
        8 => serde_json::json!({"$ref": "#/components/schemas/Nothing"}),
        9 => serde_json::json!(["null", "string", "ü", "}{", "<a>"]),
        10 => "{a}/<b>\"\\\n".into(),
        11 => serde_json::json!({"oneOf": [{"$ref": format!("#{pointer}")}, {"type": "string"}]}),
        12 => {
            serde_json::json!({"allOf": [{"$ref": format!("#{pointer}")}], "properties": {"self": {}}})
        }
        _ => {
            let mut found = Vec::new();
            pointers(all, "", &mut found);
            let other = &found[numbers.below(found.len())];
            all.pointer(other).cloned().unwrap_or(Value::Null)
        }
    }
}

#[test]
fn ten_thousand_mutated_descriptions_cause_no_panic() {
    // This one is large and has nothing that the others do not have.
    let others = NAMES.iter().filter(|name| **name != "connectors.yaml");
    let originals: Vec<Value> = others.map(|name| json(name)).collect();
    let run = &|seed| mutate(&originals, COUNT / THREADS, &mut Numbers(seed));
    let generated: u64 = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|seed| scope.spawn(move || run(seed))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    println!("{COUNT} mutated descriptions: {generated} read and generated");
    assert!(generated > COUNT * 9 / 10, "most are read leniently: {generated}");
}

/// Returns the number of mutated descriptions that could be read.
fn mutate(originals: &[Value], count: u64, numbers: &mut Numbers) -> u64 {
    let places = |one: &Value| {
        let mut found = Vec::new();
        pointers(one, "", &mut found);
        found
    };
    let places: Vec<Vec<String>> = originals.iter().map(places).collect();
    let mut generated = 0;
    for _ in 0..count {
        let which = numbers.below(originals.len());
        let mut mutated = originals[which].clone();
        for _ in 0..=numbers.below(3) {
            let pointer = &places[which][numbers.below(places[which].len())];
            let value = strange(numbers, pointer, &originals[which]);
            if let Some(place) = mutated.pointer_mut(pointer) {
                *place = value;
            }
        }
        let Ok(document) = Document::parse("mutated.json", &mutated.to_string()) else { continue };
        let source = generate(&document, &Steering::default()).unwrap().source;
        generated += 1;
        // Parsing takes longer than all else, so only some are parsed.
        if generated % 20 == 0 {
            assert!(syn::parse_file(&source).is_ok(), "{mutated}\n{source}");
        }
    }
    generated
}

/// Reads YAML or JSON by the crate's own reader of choices: the descriptions here use only what both
/// have.
fn json(name: &str) -> Value {
    let text = text(name);
    serde_json::from_str(&text).unwrap_or_else(|_| connectors_openapi::yaml_to_json(&text).unwrap())
}
