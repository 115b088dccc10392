#!/bin/sh
# Make sure that a Chromium is there for the browser tests: the system's, else Debian's package when root.
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq chromium >/dev/null && exit 0
fi
echo "The browser tests need Chromium. Install it (Debian, Ubuntu: sudo apt install chromium), then run make test again." >&2
exit 1
