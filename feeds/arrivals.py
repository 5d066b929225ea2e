"""Whether anything came in since somebody last looked."""

from django.db.models import Max

from feeds.models import Edition, Listing, Placing


def mark() -> int:
    """A number that is higher after each listing, placing and publishing of papers than before:
    where it is the same, no list has a paper that it did not have."""
    listing = Listing.objects.aggregate(last=Max("pk"))["last"] or 0
    placing = Placing.objects.aggregate(last=Max("pk"))["last"] or 0
    published = Edition.objects.published().aggregate(last=Max("published_at"))["last"]
    return int(listing + placing + (published.timestamp() if published else 0))
