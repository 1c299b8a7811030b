#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| connectors_properties::openapi(input));
