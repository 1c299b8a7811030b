//! Mistakes in an enum of numbers.

use connectors_client::OpenEnum;

#[derive(OpenEnum)]
//~ There are no texts.
#[open_enum(rename_all = "lowercase")]
enum Level {
    #[open_enum(number = 1)]
    Low,
    //~ Another variant has this number.
    #[open_enum(number = 1)]
    Same,
    //~ The number is a text.
    #[open_enum(number = "2")]
    Text,
    //~ The number is too large for `u8`.
    #[open_enum(number = 300)]
    TooLarge,
    //~ `u8` has no negative numbers.
    #[open_enum(number = -1)]
    Negative,
    //~ It has a text too.
    #[open_enum(number = 4, rename = "four")]
    Renamed,
    //~ It has a text and no number.
    #[open_enum(rename = "five")]
    Text5,
    //~ It has no number.
    Forgotten,
    Unknown(u8),
}

#[derive(OpenEnum)]
enum OfTexts {
    #[open_enum(number = 1)]
    Low,
    //~ A text cannot keep a number.
    Unknown(String),
}

#[derive(OpenEnum)]
//~ There is no place for other numbers.
enum Closed {
    #[open_enum(number = 1)]
    Low,
}

#[derive(OpenEnum)]
enum Suffixed {
    //~ The number has a type.
    #[open_enum(number = 1u8)]
    Low,
    //~ The number is missing.
    #[open_enum(number)]
    High,
    //~ The variant for other numbers has one.
    #[open_enum(number = 3)]
    Unknown(i64),
}

fn main() {
    let _: u8 = Level::Low.as_number();
    let _ = Level::from(3);
}
