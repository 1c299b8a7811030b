//! The location of an argument in the request, and its letter in an endpoint's description.

/// Declares each location with its letters. `argument_kinds.txt` says what each letter means.
macro_rules! locations {
    ($($(#[$attribute:meta])* $name:ident = $($letter:literal)|+;)*) => {
        /// The location of an argument in the request.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Location {
            $($(#[$attribute])* $name,)*
        }

        impl Location {
            /// Returns the location for a letter written by the macro.
            ///
            /// # Panics
            ///
            /// Panics if no location has the letter. This is a compile error, because descriptions
            /// are constants that check their letters.
            #[inline]
            pub(crate) const fn from_letter(letter: u8) -> Self {
                match letter {
                    $($($letter)|+ => Self::$name,)*
                    _ => panic!("no argument has a location with this letter"),
                }
            }
        }
    };
}

locations! {
    Path = b'p';
    Query = b'q' | b'Q' | b'r' | b'R' | b'k' | b'K';
    Field = b'f' | b'F' | b'n' | b'm' | b'M' | b'c';
    Header = b'h' | b'H';
    /// A header whose value is a secret.
    SecretHeader = b's' | b'S';
    Body = b'b' | b'B';
    Url = b'u' | b'U';
}

impl Location {
    /// Checks the letters of a description.
    pub(crate) const fn check(letters: &str) {
        let letters = letters.as_bytes();
        let mut i = 0;
        while i < letters.len() {
            let _ = Self::from_letter(letters[i]);
            i += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Location;

    #[test]
    fn letters_match_the_table() {
        let table = include_str!("argument_kinds.txt");
        let rows = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let mut count = 0;
        for row in rows {
            let [_, _, letters, location] = row.split_whitespace().collect::<Vec<_>>()[..] else {
                panic!("the row has four columns: {row}");
            };
            for letter in letters.bytes().filter(|letter| *letter != b'-') {
                assert_eq!(format!("{:?}", Location::from_letter(letter)), location, "{row}");
            }
            count += 1;
        }
        assert!(count > 10, "{count} rows");
    }

    /// In a constant, this panic is a compile error.
    #[test]
    #[should_panic(expected = "no argument has a location with this letter")]
    fn an_unknown_letter_panics() {
        Location::check("pqx");
    }
}
