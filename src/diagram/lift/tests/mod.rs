//! Tests of `lift`, by subject.

mod editing;
mod garbage;
mod nesting;
mod placing;
mod reading;
mod text;
