"""Three ways to use a page: by keys alone, by fingers on a phone, and with scripts off."""

from playwright.sync_api import Locator, Page

_HAS_FOCUS = "it => it === document.activeElement"
_MOST = 250  # what stands on a page and takes the focus, and more


class Keys:
    """Tab leads there, Enter or Space presses, and nothing is ever clicked."""

    name = "keys"
    options: dict[str, object] = {}

    def __init__(self, page: Page) -> None:
        self.page = page

    def go_to(self, at: Locator) -> None:
        at.first.wait_for()
        for _ in range(_MOST):
            if at.first.evaluate(_HAS_FOCUS):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {at}")

    def press(self, at: Locator) -> None:
        self.go_to(at)
        self.page.keyboard.press("Enter")

    def write(self, at: Locator, words: str) -> None:
        self.go_to(at)
        self.page.keyboard.type(words)

    def choose(self, at: Locator, words: str) -> None:
        self.write(at, words)


class Fingers(Keys):
    """A phone, and the letters of its keyboard."""

    name = "fingers"
    options = {"width": 360, "height": 740, "has_touch": True, "is_mobile": True}

    def press(self, at: Locator) -> None:
        at.first.tap()

    def write(self, at: Locator, words: str) -> None:
        at.first.tap()
        self.page.keyboard.type(words)

    def choose(self, at: Locator, words: str) -> None:
        # The list that opens is the phone's own.
        at.first.select_option(words)


class NoScripts(Keys):
    """A mouse, on pages whose scripts never run."""

    name = "no-scripts"
    options = {"java_script_enabled": False}

    def press(self, at: Locator) -> None:
        at.first.click()

    def write(self, at: Locator, words: str) -> None:
        at.first.fill(words)

    def choose(self, at: Locator, words: str) -> None:
        at.first.select_option(words)
