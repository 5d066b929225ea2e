"""The TeX names of single signs, in maths and in running text."""

from latex2mathml.symbols_parser import convert_symbol

GREEK = """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi
    pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega
    Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
""".split()
OPERATORS = """
    pm mp times div ast star circ bullet cdot cap cup uplus sqcap sqcup vee wedge lor land setminus
    wr amalg oplus ominus otimes oslash odot dagger ddagger ltimes rtimes bowtie boxplus boxtimes
    leq le geq ge neq ne equiv sim simeq approx approxeq cong propto ll gg lll ggg lt gt prec succ
    preceq succeq subset supset subseteq supseteq subsetneq supsetneq sqsubseteq sqsupseteq in ni
    notin perp parallel mid nmid models vdash dashv vDash asymp doteq lesssim gtrsim lessapprox
    gtrapprox leqslant geqslant triangleq lessgtr colon coloneqq
    to gets leftarrow rightarrow leftrightarrow uparrow downarrow updownarrow Leftarrow Rightarrow
    Leftrightarrow Uparrow Downarrow longleftarrow longrightarrow longleftrightarrow Longleftarrow
    Longrightarrow Longleftrightarrow mapsto longmapsto hookrightarrow hookleftarrow nearrow
    searrow swarrow nwarrow rightleftharpoons rightharpoonup leftharpoonup twoheadrightarrow
    rightsquigarrow leadsto circlearrowleft circlearrowright
    dots ldots cdots vdots ddots dotsc dotsb
""".split()
OTHER = """
    infty partial nabla forall exists nexists neg lnot emptyset varnothing ell hbar Re Im aleph wp
    prime angle triangle triangleleft triangleright square Box blacksquare diamond lozenge top bot
    surd checkmark spadesuit heartsuit clubsuit sharp flat natural imath jmath complement degree
    sum prod coprod int iint iiint oint bigcup bigcap bigoplus bigotimes bigodot bigvee bigwedge
    langle rangle lfloor rfloor lceil rceil lbrace rbrace lbrack rbrack vert Vert lvert rvert lVert
    rVert backslash
""".split()
# Names that the converter's table lacks, or has otherwise than a reader of plain text wants.
OWN = {
    "iff": "⟺",
    "implies": "⟹",
    "impliedby": "⟸",
    "epsilon": "ε",
    "phi": "φ",
    "ast": "∗",
    "sim": "∼",
    "setminus": "∖",
    "leadsto": "⇝",
    "perp": "⊥",
}
# A backslash and one sign, in running text.
CONTROL_SIGNS = {
    **{sign: sign for sign in "%&#$_{}"},
    " ": " ",
    ",": "\u202f",
    ";": " ",
    ":": " ",
    "!": "",
    "/": "",
    "@": "",
    "-": "",
    "|": "‖",
}
TEXT_SIGNS = {
    "deg": "°",
    "textdegree": "°",
    "S": "§",
    "P": "¶",
    "dag": "†",
    "ddag": "‡",
    "copyright": "©",
    "pounds": "£",
    "euro": "€",
    "texteuro": "€",
    "textregistered": "®",
    "texttrademark": "™",
    "textemdash": "—",
    "textendash": "–",
    "textellipsis": "…",
    "textbullet": "•",
    "textperiodcentered": "·",
    "textquoteleft": "‘",
    "textquoteright": "’",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textunderscore": "_",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciigrave": "`",
    "textmu": "µ",
    "textrightarrow": "→",
    "textleftarrow": "←",
    "percent": "%",
    "cmark": "✓",
    "xmark": "✗",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "eg": "e.g.",
    "ie": "i.e.",
    "etal": "et al.",
    "etc": "etc.",
    "wrt": "w.r.t.",
}


def _from_converter(name: str) -> str | None:
    code = convert_symbol("\\" + name)
    return chr(int(code, 16)) if code else None


SIGNS = {
    name: sign
    for name in (*GREEK, *OPERATORS, *OTHER, *OWN)
    if (sign := OWN.get(name) or _from_converter(name))
}
