"""Numbers in sentences, as the language that is spoken writes them."""

from django.utils.formats import number_format


def grouped(number: float) -> str:
    """12,000: whole, with its thousands apart."""
    return str(number_format(round(number), force_grouping=True))


def decimal(number: float) -> str:
    """60, 2.5: as short as it is exact to six digits."""
    return str(number_format(f"{number:g}"))
