//! Graphviz's colours, written in the one way that CSS and flowcharts share: `#rrggbb` in lower
//! case, followed by the opacity if there is one, or `transparent`.
//!
//! Not here: gradients (the first colour of a list counts) and colour schemes with numbered
//! colours; an unknown colour is `None`, and its attribute is ignored. Where X11 and CSS disagree
//! (`green`, `gray`, `maroon`, `purple`), CSS wins: a browser shows Graphviz's drawings that way.

use color::{Hwb, OpaqueColor, Srgb, parse_color};

/// Names that Graphviz has and CSS does not have, apart from `webgray` and the like.
#[rustfmt::skip]
const NAMES: [(&str, &str); 8] = [
    ("lightgoldenrod", "#eedd82"), ("lightslateblue", "#8470ff"), ("navyblue", "#000080"),
    ("violetred", "#d02090"), ("x11gray", "#bebebe"), ("x11green", "#00ff00"),
    ("x11maroon", "#b03060"), ("x11purple", "#a020f0"),
];

/// The first of four numbered colours, where it is not the colour without a number.
#[rustfmt::skip]
const FIRST: [(&str, &str); 48] = [
    ("antiquewhite", "#ffefdb"), ("brown", "#ff4040"), ("burlywood", "#ffd39b"),
    ("cadetblue", "#98f5ff"), ("chocolate", "#ff7f24"), ("coral", "#ff7256"),
    ("darkgoldenrod", "#ffb90f"), ("darkolivegreen", "#caff70"), ("darkorange", "#ff7f00"),
    ("darkorchid", "#bf3eff"), ("darkseagreen", "#c1ffc1"), ("darkslategray", "#97ffff"),
    ("firebrick", "#ff3030"), ("goldenrod", "#ffc125"), ("green", "#00ff00"),
    ("hotpink", "#ff6eb4"), ("indianred", "#ff6a6a"), ("khaki", "#fff68f"),
    ("lightblue", "#bfefff"), ("lightgoldenrod", "#ffec8b"), ("lightpink", "#ffaeb9"),
    ("lightskyblue", "#b0e2ff"), ("lightsteelblue", "#cae1ff"), ("maroon", "#ff34b3"),
    ("mediumorchid", "#e066ff"), ("mediumpurple", "#ab82ff"), ("olivedrab", "#c0ff3e"),
    ("orchid", "#ff83fa"), ("palegreen", "#9aff9a"), ("paleturquoise", "#bbffff"),
    ("palevioletred", "#ff82ab"), ("pink", "#ffb5c5"), ("plum", "#ffbbff"),
    ("purple", "#9b30ff"), ("rosybrown", "#ffc1c1"), ("royalblue", "#4876ff"),
    ("salmon", "#ff8c69"), ("seagreen", "#54ff9f"), ("sienna", "#ff8247"),
    ("skyblue", "#87ceff"), ("slateblue", "#836fff"), ("slategray", "#c6e2ff"),
    ("steelblue", "#63b8ff"), ("tan", "#ffa54f"), ("thistle", "#ffe1ff"),
    ("turquoise", "#00f5ff"), ("violetred", "#ff3e96"), ("wheat", "#ffe7ba"),
];

/// What is left of `red1` in `red1` to `red4`, in thousandths. One in seven of the colours of X11's
/// table differs from that, by one level of one channel.
const SHADES: [u32; 4] = [1000, 936, 807, 549];

/// Red, green, blue and opacity.
type Channels = [u8; 4];

pub(super) fn colour(value: &str) -> Option<String> {
    // `red:blue` is a list, `red;0.3:blue` one with weights.
    let first = value.split([':', ';']).next().unwrap_or_default().trim();
    let [r, g, b, opacity] = match first.chars().next()? {
        '#' => css(first)?,
        '0'..='9' | '.' => hsv(first)?,
        _ => {
            // `/x11/red` names a scheme.
            let name = first.rsplit('/').next().unwrap_or_default();
            let name: String = name.to_ascii_lowercase().split_whitespace().collect();
            let name = name.replace("grey", "gray");
            if matches!(name.as_str(), "transparent" | "none" | "invis") {
                return Some("transparent".to_owned());
            }
            named(&name).or_else(|| numbered(&name))?
        }
    };
    let solid = format!("#{r:02x}{g:02x}{b:02x}");
    Some(match opacity {
        u8::MAX => solid,
        _ => format!("{solid}{opacity:02x}"),
    })
}

fn css(text: &str) -> Option<Channels> {
    let colour = parse_color(text).ok()?.to_alpha_color::<Srgb>();
    Some(colour.to_rgba8().to_u8_array())
}

/// `0.6 0.3 0.9` or `0.6,0.3,0.9`: hue, saturation and value from 0 to 1.
fn hsv(text: &str) -> Option<Channels> {
    let parts = text.split(|c: char| c == ',' || c.is_whitespace());
    let parts = parts.filter(|part| !part.is_empty());
    let share = |part: &str| part.parse::<f32>().ok().filter(|number| number.is_finite());
    let parts: Vec<f32> = parts.map(share).collect::<Option<_>>()?;
    let ([hue, saturation, value] | [hue, saturation, value, _]) = *parts.as_slice() else {
        return None;
    };
    let [hue, saturation, value] = [hue, saturation, value].map(|share| share.clamp(0.0, 1.0));
    let (white, black) = ((1.0 - saturation) * value, 1.0 - value);
    let colour = OpaqueColor::<Hwb>::new([hue * 360.0, white * 100.0, black * 100.0]);
    Some(colour.to_rgba8().to_u8_array())
}

fn named(name: &str) -> Option<Channels> {
    if !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let own = NAMES.iter().find(|(own, _)| *own == name);
    css(own.map_or(name.strip_prefix("web").unwrap_or(name), |(_, rgb)| rgb))
}

/// A colour of X11 with a number: `gray0` to `gray100`, and `red1` to `red4`.
fn numbered(name: &str) -> Option<Channels> {
    let family = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let number: usize = name.strip_prefix(family)?.parse().ok()?;
    if family == "gray" {
        // The two halves that X11's table rounds down.
        let rounding = if matches!(number, 50 | 90) { 49 } else { 50 };
        let level = u8::try_from((number.min(101) * 255 + rounding) / 100).ok()?;
        return Some([level, level, level, u8::MAX]);
    }
    let share = *SHADES.get(number.checked_sub(1)?)?;
    let first = FIRST.iter().find(|(name, _)| *name == family);
    let [r, g, b, opacity] = first.map_or_else(|| named(family), |(_, rgb)| css(rgb))?;
    let shaded = |level| u8::try_from(u32::from(level) * share / 1000).unwrap_or(u8::MAX);
    Some([shaded(r), shaded(g), shaded(b), opacity])
}
