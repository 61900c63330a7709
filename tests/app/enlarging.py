"""Enlarging on the upscale page, to the end."""


def run_upscale(qtbot, page):
    page.start()
    qtbot.waitUntil(lambda: not page.running, timeout=20000)
    return page.result
