//! Raw HTML that tries to leave its place or to run: what is known to have fooled cleaners, and what is
//! left open, misnested or oddly quoted; and what the cleaner leaves of it.
//!
//! Not here: what is expected of that (`hostile`, and `tests/browser/hostile`).

use docsite::markdown::clean::{Cleaner, Page, TableBox, join};

pub const HOSTILE: &[&str] = &[
    "<svg><p><style><img src=x onerror=boom()></style></svg>",
    "<svg><style><img src=x onerror=boom()></style></svg>",
    "<svg></p><style><a id=\"</style><img src=x onerror=boom()>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror=boom()&gt;\">",
    "<math><mtext><table><mglyph><style><math><img src=x onerror=boom()>",
    "<math><mi><table><mglyph><nobr><tbody><b><style></nobr></table><img src=x onerror=boom()>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=boom()>",
    "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=boom()></style></annotation-xml></math>",
    "<svg><annotation-xml><foreignObject><style><!--</style><p id=\"--><img src=x onerror=boom()>\">",
    "<svg><foreignObject><iframe srcdoc=\"<script>parent.boom()</script>\"></iframe></foreignObject></svg>",
    "<svg><desc><img src=x onerror=boom()></desc><title><style><img src=x onerror=boom()></style></title></svg>",
    "<svg><title><a title=\"</title><img src=x onerror=boom()>\">x</a></title></svg>",
    "<svg><a title=\"</svg><img src=x onerror=boom()>\"><text>x</text></a>",
    "<title><a title=\"</title><img src=x onerror=boom()>\">x</a></title>",
    "<noscript><p title=\"</noscript><img src=x onerror=boom()>\"></noscript>",
    "<template><img src=x onerror=boom()></template><template><script>boom()</script>",
    "<textarea><img title=\"</textarea><img src=x onerror=boom()>\"></textarea>",
    "<xmp><p title=\"</xmp><img src=x onerror=boom()>\"></xmp>",
    "<noembed><p title=\"</noembed><img src=x onerror=boom()>\"></noembed>",
    "<noframes><p title=\"</noframes><img src=x onerror=boom()>\"></noframes>",
    "<plaintext><img src=x onerror=boom()>",
    "<listing>\n<img src=x onerror=boom()></listing>",
    "<iframe srcdoc=\"&lt;script>parent.boom()&lt;/script>\"></iframe>",
    "<iframe src=\"javascript:parent.boom()\"></iframe><embed src=x><object data=\"data:text/html,x\">y</object>",
    "<style>@import url(//x);</style><link rel=stylesheet href=//x><base href=//x><meta http-equiv=refresh content=\"0;//x\">",
    "<!--><img src=x onerror=boom()>-->",
    "<!---><img src=x onerror=boom()>-->",
    "<!-- --!><img src=x onerror=boom()>-->",
    "<!--<img title=\"--><img src=x onerror=boom()>\">",
    "<!-- <!-- --><img src=x onerror=boom()> -->",
    "<![CDATA[><img src=x onerror=boom()>]]>",
    "<svg><![CDATA[</svg><img src=x onerror=boom()>]]></svg>",
    "<svg><![CDATA[<script>boom()</script>]]></svg>",
    "<?xml version=\"1.0\"?><?php echo '<img src=x onerror=boom()>' ?>",
    "<!doctype html><html><body onload=boom()><head><p onclick=boom()>x",
    "</ p><//><</p><img/src=x/onerror=boom()>",
    "<a href=javascript:boom()>1</a><a href=JaVaScRiPt:boom()>2</a><a href=\" javascript:boom()\">3</a>",
    "<a href=\"java\tscript:boom()\">1</a><a href=\"java\nscript:boom()\">2</a><a href=\"\u{1}javascript:boom()\">3</a>",
    "<a href=\"javascript&colon;boom()\">1</a><a href=\"javascript&#58boom()\">2</a><a href=\"&#x6A;avascript:boom()\">3</a>",
    "<a href=\"java&Tab;script:boom()\">1</a><a href=\"java&NewLine;script:boom()\">2</a><a href=\"java&#0;script:boom()\">3</a>",
    "<a href=\"data:text/html,<script>boom()</script>\">1</a><a href='vbscript:x'>2</a><a href='blob:x'>3</a><a href='filesystem:x'>4</a>",
    "<a href=\"java\0script:boom()\">1</a><img src=\"x\0\" onerror\0=boom()><im\0g src=x onerror=boom()>",
    "<a href=\"http://[x\">1</a><a href=\"http://\">2</a><a href=\"//x\\@y\">3</a><a href=\"feed:javascript:boom()\">4</a>",
    "<svg><a xlink:href=\"javascript:boom()\"><text y=9>x</text></a><a href=\"javascript:boom()\"><text y=9>y</text></a></svg>",
    "<svg><use href=\"data:image/svg+xml,<svg id=x><script>boom()</script></svg>#x\"/><use xlink:href=\"//x#y\"/></svg>",
    "<svg><image href=//x /><feImage href=//x /><set attributeName=href to=javascript:boom() /></svg>",
    "<svg><animate attributeName=href values=javascript:boom() /><animatetransform onbegin=boom() /></svg>",
    "<svg onload=boom()><script>boom()</script><script href=//x /><handler>boom()</handler></svg>",
    "<svg><rect fill=\"url(//x)\" mask=\"image-set('//x' 1x)\" style=\"fill:url(//x)\"/></svg>",
    "<svg><rect fill=\"url(#a) url(//x)\" stroke=\"u\\72l(//x)\" clip-path=\"url( //x )\" filter=\"src('//x')\"/></svg>",
    "<svg><circle r=1></svg><circle r=1><path d=M0><line><text>t<marker>",
    "<svg><section><p>x</section></svg><svg><g><div><svg><path></svg></div></g></svg>",
    "<img src=x onerror=boom()><img src='x' onerror='boom()'><img src=`x` onerror=`boom()`><img/src=\"x\"onerror=\"boom()\">",
    "<img src=x onerror\n=\nboom()><img src=x oNeRrOr=boom()><img src=x \"onerror=boom()><img \"\"onerror=boom() src=x>",
    "<img \"<script>boom()</script>\"><img title='>' onerror=boom() src=x><img title=a<b onerror=boom() src=x>",
    "<img src=x title=\"a\" title=\"b\" onerror=boom()><p class=a class=b id=c id=d style=color:red style=x>",
    "<img srcset=\"//x 1x\" src=x><img lowsrc=//x dynsrc=//x><video poster=//x src=//x onerror=boom()><audio src=//x>",
    "<picture><source srcset=//x><img src=x></picture><input type=image src=//x><input type=text autofocus onfocus=boom()>",
    "<input type=checkbox onclick=boom() formaction=javascript:boom()><button formaction=javascript:boom()>x</button>",
    "<form action=javascript:boom()><form><input type=submit></form></form><isindex action=javascript:boom()>",
    "<details ontoggle=boom() open><summary onclick=boom()>x</summary></details><marquee onstart=boom()>x</marquee>",
    "<body onload=boom()><frameset onload=boom()><frame src=javascript:boom()></frameset>",
    "<a href=x>1<a href=y>2<div><a href=z>3</div>4</a></a>",
    "<a href=x><table><tr><td><a href=y>1</a></td></tr></table>2</a>",
    "<table><a href=x>1<table><a href=y>2</a></table>3",
    "<table><b>1<tr>2<td>3</b>4<i>5</table>6</i>",
    "<table><tr><td><table></td><td>x</table>y</table><caption>z<col><tbody>",
    "<table><svg><td><circle></svg></td></table><table><math><td>x",
    "<table><colgroup><p>x</colgroup><input type=hidden><form><td>",
    "<b><i><u>1</b>2</i>3</u><b><p>4</b>5</p>6<s><div>7</s>8</div>9",
    "<p><b><p><i><p>x</b></i>y<h1>z<h2>w</h1>",
    "<ul><li>1<ul><li>2</ul><li>3<dl><dt>4<dd>5<li>6</ul>",
    "<ruby>a<rp>(<rt>b<p>c<rtc>d<rp>)</ruby><rt>e",
    "<select><option><style></option></select><img src=x onerror=boom()></style>",
    "<select><a href=x>1</select><option>2<optgroup>3<select><svg><script>boom()</script>",
    "<nobr>1<nobr>2</nobr><font color=red face=x>3<big>4<center>5<tt>6<strike>7",
    "<image src=x onerror=boom()><isindex><keygen><menu><menuitem onclick=boom()>x",
    "</body></html></article></main></div></td></table></svg>x<p>y</br>z</p></p>",
    "<pre>\n\n<b>x\n</pre></b><plaintext>",
    "<div><span><p></span></div></p><details><p><summary>x",
    "<p data-x=\"</p><script>boom()</script>\" aria-label='\"><img src=x onerror=boom()>'>",
    "<p data-<img=1 data-\"x=2 data-'y=3 data-=4 aria-<b>=5>",
    "<x-y onclick=boom()>1</x-y><String><T extends <U>><your-name href=javascript:boom()>",
    "<script>boom()</script><script>boom()<!--<script></script>--></script><SCRIPT/x>boom()</SCRIPT >",
    "<script src=//x></script\n><script>a</scripty>boom()</script><sc<script>ript>boom()</script>",
    "<<script>boom()//<</script><script<b>>boom()</script><img src=x onerror=boom()//",
    "<a href=\"x\" title=\"&lt;/a&gt;&lt;script&gt;boom()&lt;/script&gt;\">&lt;script&gt;boom()&lt;/script&gt;</a>",
    "&lt;img src=x onerror=boom()&gt; &amp;lt;b&amp;gt; &#60;script&#62;boom()&#60;/script&#62; &ltscript>",
    "<div id=location name=cookie><a id=body name=forms><img name=getElementById>",
    "<b",
    "<b title=\"",
    "<b title='x>y",
    "</b",
    "<!-",
    "<svg><!-- x",
    "<svg><![CDATA[ x",
];

/// A page that changes nothing and draws nothing.
struct Plain;

impl Page for Plain {
    fn address(&self, _: &str) -> Option<String> {
        None
    }

    fn take_id(&mut self, _: &str) -> bool {
        true
    }

    fn picture(&mut self, _: &str) -> Option<String> {
        None
    }
}

/// Pieces of raw HTML, cleaned one after the other.
pub fn cleaned(pieces: &[&str]) -> String {
    let mut cleaner = Cleaner::new(
        TableBox {
            open: |_, _| "<div class=\"scroll\">".to_owned(),
            close: "</div>",
            word: "",
            heading: String::new(),
        },
        ["open", "done"],
    );
    let mut out = String::new();
    for piece in pieces {
        join(&cleaner.raw(piece).parts, &mut out, &mut Plain);
    }
    out + &cleaner.finish()
}
