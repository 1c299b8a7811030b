//! Argument types that select how a list is written, by the styles of OpenAPI 3.1.

use serde::{Serialize, Serializer};

// Names by which the serializers of queries, paths and headers recognise these types. Others, such as
// that of JSON, see only the value.
pub(crate) const COMMA: &str = "$connectors::Comma";
pub(crate) const SPACE: &str = "$connectors::Space";
pub(crate) const PIPE: &str = "$connectors::Pipe";
pub(crate) const BRACKETS: &str = "$connectors::Brackets";

macro_rules! list_style {
    ($(#[$doc:meta])* $name:ident = $known:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub struct $name<T>(pub T);

        impl<T: Serialize> Serialize for $name<T> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_newtype_struct($known, &self.0)
            }
        }

        impl<T> From<T> for $name<T> {
            fn from(list: T) -> Self {
                Self(list)
            }
        }
    };
}

list_style! {
    /// A list in one pair, separated by commas: `id=1,2` (style `form` without `explode`).
    ///
    /// A comma within an item is percent-encoded; the commas between items are not. In a header and
    /// in a path a plain list has this style too. As a `CommaSeparated`, an empty list is sent as
    /// an empty header instead of none.
    ///
    /// ```
    /// use connectors_client::{CommaSeparated, Fake, FakeReply, api_client};
    ///
    /// #[api_client]
    /// trait Items {
    ///     #[get("items?<id>")]
    ///     async fn find(&self, id: CommaSeparated<&[u32]>);
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), connectors_client::Error> {
    /// let fake = Fake::new().on(ItemsClient::FIND, |_| FakeReply::new(204, ""));
    /// ItemsClient::new(fake.client()).find(CommaSeparated(&[1, 2])).await?;
    /// assert_eq!(fake.requests()[0].uri().query(), Some("id=1,2"));
    /// # Ok(())
    /// # }
    /// ```
    CommaSeparated = COMMA
}

list_style! {
    /// A list in one pair, separated by encoded spaces: `id=1%202` (style `spaceDelimited`).
    /// In a header the spaces are plain.
    SpaceSeparated = SPACE
}

list_style! {
    /// A list in one pair, separated by encoded bars: `id=1%7C2` (style `pipeDelimited`). In
    /// a header the bars are plain.
    PipeSeparated = PIPE
}

list_style! {
    /// A list that repeats its name with brackets appended: `id%5B%5D=1&id%5B%5D=2`. The brackets
    /// belong to the names of pairs: in JSON it is a plain list, and in a path or a header it does
    /// not compile. Behind an alias it is a [`Build`](crate::ErrorKind::Build) error there.
    Bracketed = BRACKETS
}
