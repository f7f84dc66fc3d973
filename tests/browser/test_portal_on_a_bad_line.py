"""The first page of the portal on a slow telephone: 400 kbps, 400 ms round trip, CPU x4."""

from __future__ import annotations

import statistics
import time

import pytest

BUDGET_BYTES, BUDGET_REQUESTS, BUDGET_SECONDS = 30_000, 4, 1.5


def _open_slowly(chromium, address, *, javascript):
    context = chromium.new_context(
        java_script_enabled=javascript, viewport={"width": 320, "height": 640}, locale="en-GB"
    )
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 400,
            "downloadThroughput": 400_000 / 8,
            "uploadThroughput": 400_000 / 8,
        },
    )
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    seen = {"requests": 0, "bytes": 0}
    wire.on("Network.requestWillBeSent", lambda _: seen.update(requests=seen["requests"] + 1))
    wire.on(
        "Network.loadingFinished",
        lambda e: seen.update(bytes=seen["bytes"] + int(e["encodedDataLength"])),
    )
    started = time.monotonic()
    page.goto(address, wait_until="load")
    page.locator("h1").first.wait_for()
    seconds = time.monotonic() - started
    context.close()
    return seen["bytes"], seen["requests"], seconds


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize("path", ["/", "/write/"])
def test_the_portal_is_light(chromium, served, path, javascript):
    runs = [_open_slowly(chromium, served + path, javascript=javascript) for _ in range(3)]
    size, requests = runs[0][0], runs[0][1]
    seconds = statistics.median(run[2] for run in runs)
    how = "with JavaScript" if javascript else "without JavaScript"
    print(f"{path} {how}: {size} bytes, {requests} requests, {seconds:.2f} s")
    assert size <= BUDGET_BYTES
    assert requests < BUDGET_REQUESTS


def test_the_first_page_is_usable_in_a_second_and_a_half(chromium, served):
    """Measured with room for a busy machine: the figure is printed, the bar is twice the target."""
    runs = [_open_slowly(chromium, served + "/", javascript=True)[2] for _ in range(5)]
    median = statistics.median(runs)
    print(f"usable after {median:.2f} s (target {BUDGET_SECONDS} s)")
    assert median <= 2 * BUDGET_SECONDS
