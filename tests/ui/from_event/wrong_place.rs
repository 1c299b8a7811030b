//! The derive and its attributes in a wrong place, and unknown options.

use connectors_client::{FromEvent, ServerSentEvent};

#[derive(FromEvent)]
pub enum OnAField {
    #[event("tick")]
    //~ The event is on a field.
    Tick(#[event("tock")] u64),
}

#[derive(FromEvent)]
//~ It is derived for a struct.
pub struct OnStruct {
    done: u64,
}

#[derive(FromEvent)]
//~ The event is on the enum.
#[event("tick")]
pub enum OnTheEnum {
    #[event("tock")]
    Tock,
}

#[derive(FromEvent)]
//~ It is derived for a union.
pub union OnUnion {
    done: u64,
}

#[derive(FromEvent)]
//~ An option of the enum is unknown.
#[from_event(rename_all = "lowercase")]
pub enum UnknownOption {
    #[event("tick")]
    Tick,
}

fn uses(event: &ServerSentEvent) {
    let _ = OnAField::from_event(event);
    let _ = OnStruct::from_event(event);
    let _ = OnTheEnum::from_event(event);
    let _ = OnUnion::from_event(event);
    let _ = UnknownOption::from_event(event);
}

fn main() {}
