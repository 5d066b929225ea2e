from django.urls import path

from accounts.api import subscriptions, webhook_events, webhooks

_SUBSCRIPTION, _WEBHOOK = "subscriptions/<uuid:uid>", "webhooks/<int:number>"
_EVENT = f"{_WEBHOOK}/events/<slug:uid>"

urlpatterns = [
    path("subscriptions", subscriptions.Subscriptions.as_view(), name="api-subscriptions"),
    path(_SUBSCRIPTION, subscriptions.OneSubscription.as_view(), name="api-subscription"),
    path(f"{_SUBSCRIPTION}/end", subscriptions.End.as_view(), name="api-end-subscription"),
    path(f"{_SUBSCRIPTION}/preview", subscriptions.Preview.as_view(), name="api-preview"),
    path(f"{_SUBSCRIPTION}/deliveries", subscriptions.Deliveries.as_view(), name="api-deliveries"),
    path("webhooks", webhooks.Webhooks.as_view(), name="api-webhooks"),
    path(_WEBHOOK, webhooks.OneWebhook.as_view(), name="api-webhook"),
    path(f"{_WEBHOOK}/secret", webhooks.Secret.as_view(), name="api-webhook-secret"),
    path(f"{_WEBHOOK}/test", webhook_events.Test.as_view(), name="api-webhook-test"),
    path(f"{_WEBHOOK}/events", webhook_events.Events.as_view(), name="api-webhook-events"),
    path(_EVENT, webhook_events.Event.as_view(), name="api-webhook-event"),
    path(f"{_EVENT}/again", webhook_events.Again.as_view(), name="api-webhook-again"),
]
