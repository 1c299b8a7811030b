//! An error is one pointer wide, so that results stay small.

#![deny(warnings)]

use connectors_client::Error;

const _: () = assert!(size_of::<Error>() == size_of::<usize>());
const _: () = assert!(size_of::<Result<(), Error>>() == size_of::<usize>());
