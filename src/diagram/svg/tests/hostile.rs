//! Hostile pictures, and what may remain of them.
//!
//! Not here: the checks (`cleaning.rs`).

/// The content of a picture, the cleaning's notes, and what must not remain.
pub(super) const HOSTILE: &[(&str, &[&str], &[&str])] = &[
    ("<script>alert(1)</script>", &["`<script>`"], &["alert"]),
    (
        "<script href='https://x/y.js'/>",
        &["`<script>`"],
        &["y.js"],
    ),
    (
        "<SCRIPT xlink:href='data:,alert(1)'></SCRIPT>",
        &["`<script>`"],
        &["alert"],
    ),
    ("<g onload='alert(1)'/>", &["`onload` of `<g>`"], &["alert"]),
    (
        "<g OnLoad=alert(1) ONCLICK=alert(2) />",
        &["`onload` of `<g>`", "`onclick` of `<g>`"],
        &["alert"],
    ),
    ("<g/onload=alert(1)//>", &["`onload` of `<g>`"], &["alert"]),
    (
        "<svg onload=alert(1)><rect/></svg>",
        &["`onload` of `<svg>`"],
        &["alert"],
    ),
    (
        "<a href='javascript:alert(1)'><rect/></a>",
        &["`href` of `<a>`"],
        &["alert"],
    ),
    (
        "<a xlink:href='JaVaScRiPt:alert(1)'><rect/></a>",
        &["`href` of `<a>`"],
        &["alert"],
    ),
    (
        "<a href='java&#10;script:alert(1)'><rect/></a>",
        &["`href` of `<a>`"],
        &["alert"],
    ),
    (
        "<a href='java&Tab;script&colon;alert(1)'><rect/></a>",
        &["`href` of `<a>`"],
        &["alert"],
    ),
    (
        "<a href=' &#1;&#x1f; javascript:alert(1)'><rect/></a>",
        &["`href` of `<a>`"],
        &["alert"],
    ),
    (
        "<a href='&#106;avascript:alert(1)'><rect/></a>",
        &["`href` of `<a>`"],
        &["alert"],
    ),
    (
        "<a href='vbscript:x'><rect/></a>",
        &["`href` of `<a>`"],
        &["vbscript"],
    ),
    (
        "<a href='data:text/html,<script>alert(1)</script>'><rect/></a>",
        &["`href` of `<a>`"],
        &["alert"],
    ),
    (
        "<a href='blob:x'><rect/></a>",
        &["`href` of `<a>`"],
        &["blob"],
    ),
    (
        "<a href='#' xlink:href='javascript:alert(1)'><rect/></a>",
        &[],
        &["alert"],
    ),
    (
        "<a><animate attributeName='href' values='javascript:alert(1)'/><text>x</text></a>",
        &["`<animate>`"],
        &["alert"],
    ),
    (
        "<a id=x><set attributeName='xlink:href' to='javascript:alert(1)'/></a>",
        &["`<set>`"],
        &["alert"],
    ),
    (
        "<animate href='#x' attributeName='href' to='javascript:alert(1)'/>",
        &["`<animate>`"],
        &["alert"],
    ),
    (
        "<animateTransform onbegin='alert(1)'/><animateMotion><mpath href='#a'/></animateMotion>",
        &["`<animateTransform>`", "`<animateMotion>`"],
        &["alert", "mpath"],
    ),
    (
        "<discard begin='1s' href='#a'/>",
        &["`<discard>`"],
        &["discard"],
    ),
    (
        "<foreignObject><iframe src='javascript:alert(1)'></iframe></foreignObject>",
        &["`<foreignObject>`"],
        &["iframe", "alert"],
    ),
    (
        "<foreignobject><body onload=alert(1)>",
        &["`<foreignObject>`"],
        &["alert"],
    ),
    (
        "<use href='https://evil/x.svg#a'/>",
        &["`href` of `<use>`"],
        &["evil"],
    ),
    (
        "<use xlink:href='data:image/svg+xml;base64,PHN2Zz4=#x'/>",
        &["`href` of `<use>`"],
        &["data:"],
    ),
    (
        "<image href='https://evil/x.png'/>",
        &["`href` of `<image>`"],
        &["evil", "image"],
    ),
    (
        "<image href='data:image/svg+xml;base64,PHN2Zz4='/>",
        &["`href` of `<image>`"],
        &["image"],
    ),
    (
        "<image href='data:image/png;base64,\"onload=alert(1)'/>",
        &["`href` of `<image>`"],
        &["image"],
    ),
    (
        "<feImage href='https://evil/x.svg'/>",
        &["`<feImage>`"],
        &["evil"],
    ),
    (
        "<filter><feImage xlink:href='#a'/></filter>",
        &["`<feImage>`"],
        &["feImage"],
    ),
    (
        "<style>@import url(https://evil/x.css);</style>",
        &["`@import`"],
        &["evil"],
    ),
    (
        "<style>@import 'https://evil/x.css';</style>",
        &["`@import`"],
        &["evil"],
    ),
    (
        "<style>@font-face{font-family:x;src:url(https://evil/f.woff)}</style>",
        &["`@font-face`"],
        &["evil"],
    ),
    (
        "<style>circle{fill:url(https://evil/#a)}</style>",
        &["`url(https://evil/#a)` in a style"],
        &["evil"],
    ),
    (
        "<style>circle{fill:u\\72l(https://evil/)}</style>",
        &["`url(https://evil/)` in a style"],
        &["evil"],
    ),
    (
        "<style>circle{background:\\55 RL(//evil/)}</style>",
        &["`url(//evil/)` in a style"],
        &["evil"],
    ),
    (
        "<style>circle{cursor:image-set('https://evil/' 1x)}</style>",
        &["`image-set()` in a style"],
        &["evil"],
    ),
    (
        "<style>circle{fill:src('https://evil/')}</style>",
        &["`src()` in a style"],
        &["evil"],
    ),
    (
        "<style>circle{--x:url(//evil/);fill:var(--x)}</style>",
        &["`url(//evil/)` in a style"],
        &["evil"],
    ),
    (
        "<style>circle{fill:var(--y,url(//evil/))}</style>",
        &["`url(//evil/)` in a style"],
        &["evil"],
    ),
    (
        "<style>circle{width:expression(alert(1))}</style>",
        &["`expression()` in a style"],
        &["alert"],
    ),
    (
        "<style>circle{-moz-binding:url(x.xml#y)}</style>",
        &["`url(x.xml#y)` in a style"],
        &["x.xml"],
    ),
    (
        "<style>circle{fill:attr(data-x url)}</style>",
        &["`attr()` in a style"],
        &["attr"],
    ),
    (
        "<rect style='fill:url(//evil/)'/>",
        &["`url(//evil/)` in a style"],
        &["evil"],
    ),
    (
        "<rect style='fill:url(&quot;javascript:alert(1)&quot;)'/>",
        &["`url(javascript:alert(1))` in a style"],
        &["alert"],
    ),
    (
        "<rect fill='url(https://evil/#a)'/>",
        &["`url(https://evil/#a)` in a style"],
        &["evil"],
    ),
    (
        "<rect fill='u\\72 l(//evil/)' filter='url( \"//evil/\" )'/>",
        &["`url(//evil/)` in a style"],
        &["evil"],
    ),
    (
        "<rect mask='url(data:image/svg+xml,<svg/>#m)'/>",
        &["`url(data:image/svg+xml,<svg/>#m)` in a style"],
        &["data:"],
    ),
    (
        "<rect x='url(//evil/)'/>",
        &["`url(//evil/)` in a style"],
        &["evil"],
    ),
    (
        "<style><!--</style><img src=x onerror=alert(1)>-->",
        &[],
        &["img", "alert"],
    ),
    (
        "<style><a title=\"</style><img src=x onerror=alert(1)>\"></a></style>",
        &["`<a>`"],
        &["img", "alert"],
    ),
    (
        "</p><style><a title=\"</style><img src=x onerror=alert(1)>\">",
        &[],
        &["<img", "alert(1)>\""],
    ),
    (
        "<style><![CDATA[</style><img src=x onerror=alert(1)>]]></style>",
        &[],
        &["img", "alert"],
    ),
    (
        "<text><![CDATA[<script>alert(1)</script>]]></text>",
        &[],
        &["<script"],
    ),
    (
        "<title><![CDATA[<img src=x onerror=alert(1)>]]></title>",
        &[],
        &["<img"],
    ),
    (
        "<title><b onclick=alert(1)>t</b>x</title>",
        &["`<b>`"],
        &["alert", "<b"],
    ),
    (
        "<desc><svg><script>alert(1)</script></svg>x</desc>",
        &["`<svg>`"],
        &["alert"],
    ),
    (
        "<title><math><mtext><style><img title='--><img src onerror=alert(1)>'></style></mtext></math></title>",
        &["`<math>`"],
        &["alert"],
    ),
    (
        "<handler type='text/javascript'>alert(1)</handler><listener event='load' handler='#h'/>",
        &["`<handler>`", "`<listener>`"],
        &["alert"],
    ),
    (
        "<metadata><rdf:RDF onload='x'/></metadata><sodipodi:namedview/><inkscape:path-effect/>",
        &[],
        &["rdf", "sodipodi", "metadata"],
    ),
    (
        "<iframe src='x'/><object data='x'/><video src='x'/><audio src=x></audio>",
        &["`<iframe>`", "`<object>`"],
        &["src", "data="],
    ),
    (
        "<g data-x='1' inkscape:label='x' tabindex='0' target='_top'/>",
        &[],
        &["data-x", "inkscape", "tabindex", "target"],
    ),
    (
        "<text>&lt;script&gt;alert(1)&lt;/script&gt;</text>",
        &[],
        &["<script"],
    ),
    (
        "<text aria-label='\"><script>alert(1)</script>'>x</text>",
        &[],
        &["<script"],
    ),
    ("<g id='x\"><script>'/>", &[], &["<script"]),
    (
        "<rect style='animation:x 1s;-webkit-transition:url(x)'/>",
        &[],
        &["animation"],
    ),
    (
        "<style>rect{fill:red}</style><style>@namespace url(http://x/);circle{fill:red}</style>",
        &["`@namespace`"],
        &["@namespace", "http://x"],
    ),
];
