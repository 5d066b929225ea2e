from accounts.models.delivery import Delivery
from accounts.models.subscription import Cadence, Subscription
from accounts.models.user import User

__all__ = ["Cadence", "Delivery", "Subscription", "User"]
