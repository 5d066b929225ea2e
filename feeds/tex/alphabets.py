"""The letters that formulas have of their own: bold, double-struck, raised and lowered."""

SUPERSCRIPTS = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθφχ′°†∗*",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᵠᵡ′°†**",
        strict=True,
    )
)
SUBSCRIPTS = dict(
    zip(
        "0123456789+-−=()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)

# Where the capitals, the small letters and the digits of an alphabet begin.
STARTS: dict[str, tuple[int, int, int | None]] = {
    "bold": (0x1D400, 0x1D41A, 0x1D7CE),
    "double-struck": (0x1D538, 0x1D552, 0x1D7D8),
    "script": (0x1D49C, 0x1D4B6, None),
    "fraktur": (0x1D504, 0x1D51E, None),
    "bold-italic": (0x1D468, 0x1D482, None),
    "sans-serif": (0x1D5A0, 0x1D5BA, 0x1D7E2),
    "monospace": (0x1D670, 0x1D68A, 0x1D7F6),
}
# Letters that stood in Unicode before the alphabets did.
OLDER = {
    "double-struck": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
    "script": dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    "fraktur": dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
}


def lettered(text: str, alphabet: str) -> str:
    """`text` with its Latin letters and digits taken from the alphabet of MathML's name."""
    return "".join(_letter(sign, alphabet) for sign in text) if alphabet in STARTS else text


def _letter(sign: str, alphabet: str) -> str:
    if older := OLDER.get(alphabet, {}).get(sign):
        return older
    capital, small, digit = STARTS[alphabet]
    if "A" <= sign <= "Z":
        return chr(capital + ord(sign) - ord("A"))
    if "a" <= sign <= "z":
        return chr(small + ord(sign) - ord("a"))
    if "0" <= sign <= "9" and digit:
        return chr(digit + ord(sign) - ord("0"))
    return sign
