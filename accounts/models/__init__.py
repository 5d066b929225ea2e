from accounts.models.api_key import ApiKey
from accounts.models.channel_state import ChannelState
from accounts.models.delivery import Delivery
from accounts.models.feedback import Feedback, ReturnBox
from accounts.models.reader_key import ReaderKey
from accounts.models.role_act import RoleAct
from accounts.models.subscription import Cadence, Subscription
from accounts.models.suppression import Suppression
from accounts.models.user import User
from accounts.models.webhook import Webhook, WebhookEvent, WebhookMark, WebhookTry

__all__ = [
    "ApiKey",
    "Cadence",
    "ChannelState",
    "Delivery",
    "Feedback",
    "ReaderKey",
    "ReturnBox",
    "RoleAct",
    "Subscription",
    "Suppression",
    "User",
    "Webhook",
    "WebhookEvent",
    "WebhookMark",
    "WebhookTry",
]
