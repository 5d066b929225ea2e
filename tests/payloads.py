"""A hundred texts that would run a script wherever a page took them for anything but text.

Each calls `alert`, which the browser tests listen for. Half are a way out of each place where a
text may stand, times each thing that runs; the others go for what reads a text on its way to the
page: Markdown, TeX, the sanitiser, the template engine, and what a browser forgives.
"""

from itertools import product

_WAYS_OUT = (
    "",
    '">',
    "'>",
    "</title>",
    "</script>",
    "</textarea>",
    "-->",
    "]]>",
    "</svg></math>",
    "</style></noscript>",
)
_RUNNING = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<details open ontoggle=alert(1)>x",
    "<a href=javascript:alert(1) autofocus onfocus=alert(1)>x</a>",
)
_BY_PLACE = [out + what for out, what in product(_WAYS_OUT, _RUNNING)]

_IN_ATTRIBUTES = [
    '" onmouseover="alert(1)" x="',
    "' autofocus onfocus='alert(1)",
    '" style="background:url(javascript:alert(1))"',
    "` onload=alert(1) `",
    '" hx-on:load="alert(1)" data-x="',
    '" hx-get="/nowhere" hx-trigger="load" hx-vals="js:{a:alert(1)}"',
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//https://",
    "\tjava\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
]
_IN_SCRIPTS = [
    "';alert(1);//",
    '";alert(1);//',
    "\\';alert(1);//",
    "${alert(1)}",
    "`;alert(1);`",
    '{"a": "</script><script>alert(1)</script>"}',
    "\u2028alert(1)\u2029",
    "<!--<script>alert(1)//-->",
    "constructor.constructor('alert(1)')()",
    "{{constructor.constructor('alert(1)')()}}",
]
_IN_MARKDOWN = [
    "[x](javascript:alert(1))",
    "[x](  JAVASCRIPT&colon;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    '![x](x" onerror="alert(1))',
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "```html\n<img src=x onerror=alert(1)>\n```",
    "[x](https://example.org/'onmouseover='alert(1))",
    "@<img src=x onerror=alert(1)>",
    "> <svg onload=alert(1)>",
]
_IN_TEX = [
    "$\\href{javascript:alert(1)}{x}$",
    "$\\text{</mtext></math><script>alert(1)</script>}$",
    "\\href{javascript:alert(1)}{\\textbf{x}}",
    "$<img src=x onerror=alert(1)>$",
    "\\url{javascript:alert(1)}",
    "$\\unicode{<svg onload=alert(1)>}$",
    '$x^{"><img src=x onerror=alert(1)>}$',
    '$$\\class{x" onload="alert(1)}{y}$$',
    "\\begin{math}<script>alert(1)</script>\\end{math}",
    "$\\style{background:url(javascript:alert(1))}{x}$",
]
_PAST_SANITISERS = [
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x onerror=alert(1)>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "&lt;img src=x onerror=alert(1)&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<b>\u202e<object data=javascript:alert(1)></object></b>",
]
PAYLOADS = [
    *_BY_PLACE,
    *_IN_ATTRIBUTES,
    *_IN_SCRIPTS,
    *_IN_MARKDOWN,
    *_IN_TEX,
    *_PAST_SANITISERS,
]
