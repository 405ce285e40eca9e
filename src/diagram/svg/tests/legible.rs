//! Tests of the size of the smallest letters.

use crate::diagram::svg;

#[test]
fn the_smallest_drawn_text_counts_with_its_transforms() {
    for (inside, least) in [
        ("<rect width='9' height='9'/>", None),
        ("<text>a</text>", Some(16.0)),
        (
            "<text font-size='14'>a<tspan font-size='9px'>b</tspan></text>",
            Some(9.0),
        ),
        (
            "<g transform='scale(.5)'><text font-size='20'>a</text></g>",
            Some(10.0),
        ),
        (
            "<svg x='9' width='40' height='20' viewBox='0 0 80 40'><text>a</text></svg>",
            Some(8.0),
        ),
        (
            "<g transform='rotate(90)'><text font-size='20'>a</text></g>",
            Some(20.0),
        ),
        (
            "<defs><text font-size='2'>a</text></defs><text font-size='12'>b</text>",
            Some(12.0),
        ),
        (
            "<title>a</title><style>text{font-size:13px}</style><text>a</text>",
            Some(13.0),
        ),
    ] {
        let text = format!("<svg viewBox='0 0 90 90'>{inside}<path d='M0 0h9v9z'/></svg>");
        let picture = svg::read(&text).expect("a picture").styled().as_drawn();
        let rounded = picture
            .least_text()
            .map(|size| (size * 100.0).round() / 100.0);
        assert_eq!(rounded, least, "{inside}");
    }
}
