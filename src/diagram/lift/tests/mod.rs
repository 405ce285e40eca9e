//! Tests of `lift`, by the question they ask.

mod editing;
mod garbage;
mod placing;
mod reading;
mod scanning;
mod text;
