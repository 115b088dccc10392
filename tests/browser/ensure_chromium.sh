#!/bin/sh
# Make sure that a Chromium is there for the browser tests: the system's, else Debian's package when root.
# Debian's chromium-headless-shell comes along: the same engine without the windows that nobody sees here, so a page
# costs much less. Playwright's own Chromium is one, too. Without it the tests use the whole browser.
there() {
    for name in "$@"; do
        if command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

install() {
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq "$@" >/dev/null
}

is_root_with_apt() {
    [ "$(id -u)" = 0 ] && there apt-get
}

if ! there chromium chromium-browser google-chrome google-chrome-stable && is_root_with_apt; then
    echo "Installing Chromium for the browser tests"
    install chromium chromium-headless-shell || install chromium
elif ! there chromium-headless-shell && is_root_with_apt && dpkg -s chromium >/dev/null 2>&1; then
    echo "Installing Chromium's headless shell for the browser tests"
    install chromium-headless-shell || echo "It cannot be installed: the whole Chromium is used, which takes longer."
fi
there chromium chromium-browser google-chrome google-chrome-stable && exit 0
echo "The browser tests need Chromium. Install it (Debian, Ubuntu: sudo apt install chromium), then run make test again." >&2
exit 1
