"""What people own, in the API: their subscriptions and webhooks."""
