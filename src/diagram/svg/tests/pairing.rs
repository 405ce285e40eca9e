//! Tests of merging two renderings, of mapping colours, and of removing attributes.

use super::super::{Baked, read};
use super::picture;

fn baked(inside: &str) -> Baked {
    match read(&picture(inside)) {
        Ok(picture) => picture.bake(),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn renderings_that_differ_in_colours_are_one() {
    for (light, dark, both) in [
        (
            "<rect fill='#fff'/>",
            "<rect fill='#111'/>",
            Some("fill=\"light-dark(#fff, #111)\""),
        ),
        (
            "<rect fill='none'/>",
            "<rect fill='#111'/>",
            Some("fill=\"light-dark(transparent, #111)\""),
        ),
        (
            "<rect fill='rgb(1,2,3)'/>",
            "<rect fill='hsl(1 2% 3%)'/>",
            Some("fill=\"light-dark(rgb(1, 2, 3), hsl(1 2% 3%))\""),
        ),
        (
            "<rect style='fill:red'/>",
            "<style>rect{fill:tan}</style><rect/>",
            Some("fill=\"light-dark(red, tan)\""),
        ),
        (
            "<rect filter='drop-shadow(1px 2px red)'/>",
            "<rect filter='drop-shadow(1px 2px tan)'/>",
            Some("filter=\"drop-shadow(1px 2px light-dark(red, tan))\""),
        ),
        (
            "<g id='g'/><rect fill='url(#g) red'/>",
            "<g id='g'/><rect fill='url(#g) tan'/>",
            Some("fill=\"url(#g) light-dark(red, tan)\""),
        ),
        (
            "<stop stop-color='red'/>",
            "<stop stop-color='tan'/>",
            Some("stop-color=\"light-dark(red, tan)\""),
        ),
        ("<text>a</text>", "<text>b</text>", None),
        ("<rect width='1'/>", "<rect width='2'/>", None),
        ("<rect id='red'/>", "<rect id='tan'/>", None),
        ("<rect stroke-width='1'/>", "<rect stroke-width='2'/>", None),
        ("<rect fill='red'/>", "<rect/>", None),
        ("<rect/>", "<circle/>", None),
        ("<g><rect/></g>", "<g/><rect/>", None),
    ] {
        let found = baked(light).paired(&baked(dark));
        let out = found.map(|pair| pair.inline("", &[]));
        match both {
            Some(both) => assert!(
                out.as_ref().is_some_and(|out| out.contains(both)),
                "{out:?}"
            ),
            None => assert_eq!(out, None, "{light} {dark}"),
        }
    }
}

#[test]
fn repeats_are_found_after_pairing() {
    // In one rendering the child repeats its parent's value, in the other it does not.
    let light = baked("<g fill='red'><rect fill='red'/></g>");
    let dark = baked("<g fill='tan'><rect fill='blue'/></g>");
    let both = light.paired(&dark).map(|pair| pair.inline("", &[]));
    let expected = "<g fill=\"light-dark(red, tan)\"><rect fill=\"light-dark(red, blue)\"/></g>";
    assert!(both.is_some_and(|both| both.contains(expected)));
}

#[test]
fn colours_are_mapped_whole() {
    let light =
        baked("<rect fill='#fff' stroke='none' color='tan'/><path fill='url(#g) #fff' id='g'/>");
    let dark =
        baked("<rect fill='#111' stroke='none' color='tan'/><path fill='url(#g) #fff' id='g'/>");
    let Some(mut both) = light.paired(&dark) else {
        panic!("the renderings differ in colours only");
    };
    let mut seen = Vec::new();
    both.recolour(|colour| {
        seen.push(colour.to_owned());
        (colour == "light-dark(#fff, #111)").then(|| "var(--paper)".to_owned())
    });
    assert_eq!(seen, ["tan", "light-dark(#fff, #111)", "#fff"]);
    let out = both.inline("", &[]);
    assert!(out.contains("fill=\"var(--paper)\""), "{out}");
    assert!(out.contains("url(#g) #fff"), "{out}");
    both.without("color");
    assert!(!both.inline("", &[]).contains("color="));
}
