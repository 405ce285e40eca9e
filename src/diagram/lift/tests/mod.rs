//! Tests of `lift`, by subject.

mod editing;
mod garbage;
mod placing;
mod reading;
mod scanning;
mod text;
