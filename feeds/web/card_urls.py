from django.urls import path

from feeds.web import card_pages

urlpatterns = [
    path("papers/<path:key>/card.png", card_pages.paper, name="paper-card"),
    path("card.png", card_pages.listed, name="card"),
]
