"""The pages of the bank's web site: which of them a registration is on, and the steps of the document behind it."""

from dataclasses import dataclass

from orchestrator.models import RegistrationView
from registration_sandbox.console.play.acting import Phone
from registration_sandbox.console.play.logins import Login

STEPS = (
    "Who you are", "Email code", "Another email code", "Mobile code", "Another mobile code", "Your cards",
    "Card details", "Your user id", "Choose a user id", "Choose a password", "Set the password",
)  # fmt: skip
"""The eleven steps of the document, as a customer would call them."""

IDENTITY = "identity"


@dataclass(frozen=True)
class Screen:
    """A page of the web site: its template's name, and the steps of the document that it covers, from 1."""

    name: str
    title: str
    steps: tuple[int, ...]

    def state_of(self, step: int) -> str:
        """Tell whether a step is done, at hand, or still to come."""
        if step in self.steps:
            return "now"
        return "done" if self.steps and step < min(self.steps) else "to come"


SCREENS = {
    "": Screen(IDENTITY, "Register for the web site", (1,)),
    "Login_Required": Screen("log_in", "Log in", ()),
    "Email_Otp_Sent": Screen("email_code", "Confirm your email address", (2, 3)),
    "Mobile_Otp_Sent": Screen("mobile_code", "Confirm your mobile number", (4, 5)),
    "Mobile_Verified": Screen("card", "Show that you are you", (6, 7)),
    "Authenticated": Screen("user_id", "Choose a user id", (8, 9)),
    "User_Id_Saved": Screen("password", "Choose a password", (10,)),
    "Password_Validated": Screen("set_password", "Set your password", (11,)),
    "Registered": Screen("registered", "Welcome", (12,)),
    "Blocked": Screen("blocked", "You are blocked", ()),
}
"""The page for every status of a web registration; the first is where there is none yet."""


def site_screen(registration: RegistrationView | None) -> Screen:
    return SCREENS[registration.status if registration else ""]


APP_SCREENS = {
    "Not_Found": "add", "Sign_Up_In_Progress": "code", "Sign_Up_Complete": "registering",
    "Register_Complete": "activate", "Device_Activate": "active",
}  # fmt: skip
"""The app's page for every status of a device registration."""


def app_screen(phone: Phone | None, login: Login | None, device: RegistrationView | None) -> str:
    """Return which page the app shows. A code can be typed without network: the phone sends it later."""
    wanted = APP_SCREENS[device.status] if device else "opened" if login else "log_in"
    return "offline" if phone and phone.offline and wanted != "code" else wanted
