"""The watch over every page does notice: without this, silence would prove nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def test_a_script_without_nonce_and_a_request_elsewhere_are_noticed(visit: Callable[..., Any]) -> None:
    anyone = visit()
    anyone.open("account/sign-in/")
    anyone.page.evaluate("""() => {
        const script = document.createElement('script'); script.textContent = 'window.ran = 1'; document.body.append(script);
        const image = new Image(); image.src = 'http://elsewhere.invalid/x.png'; document.body.append(image);
    }""")
    anyone.page.wait_for_timeout(300)

    assert anyone.page.evaluate("window.ran") is None
    assert any("script" in breach for breach in anyone.breaches)
    assert any("elsewhere.invalid" in breach for breach in anyone.breaches)
    anyone.breaches.clear()


def test_axe_notices_a_field_without_a_label(visit: Callable[..., Any]) -> None:
    anyone = visit()
    anyone.open("account/sign-in/")
    anyone.page.evaluate("document.querySelector('main').append(document.createElement('input'))")

    assert any(fault.startswith("label:") for fault in anyone.axe())
