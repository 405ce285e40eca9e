//! Tests of merging two schemes, of mapping colours, and of removing attributes.

use super::super::parts::Part;
use super::super::{Styled, read};
use super::picture;

fn baked(inside: &str) -> Styled {
    match read(&picture(inside)) {
        Ok(picture) => picture.styled(),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn colours_are_mapped_whole() {
    let mut both = baked(
        "<rect fill='light-dark(#fff, #111)' stroke='none' color='tan'/>\
         <path fill='url(#g) #fff' id='g'/>",
    );
    let mut seen = Vec::new();
    both.recolour(|colour| {
        seen.push(colour.to_string());
        (colour.to_string() == "light-dark(#fff, #111)").then(|| Part::token("--paper"))
    });
    assert_eq!(seen, ["tan", "light-dark(#fff, #111)", "#fff"]);
    let out = both.clone().as_drawn().inline("", &[]);
    assert!(out.contains("fill=\"var(--paper)\""), "{out}");
    assert!(out.contains("url(#g) #fff"), "{out}");
    both.without("color");
    assert!(!both.clone().as_drawn().inline("", &[]).contains("color="));
}
