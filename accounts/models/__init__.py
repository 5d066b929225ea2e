from accounts.models.delivery import Delivery
from accounts.models.role_act import RoleAct
from accounts.models.subscription import Cadence, Subscription
from accounts.models.user import User

__all__ = ["Cadence", "Delivery", "RoleAct", "Subscription", "User"]
