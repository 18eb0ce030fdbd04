#!/usr/bin/env bash
# What the gate needs from the system, installed when it is missing and can be: a Chromium, and gettext.
set -euo pipefail

missing=()
for browser in "${ENTREGENT_CHROMIUM:-}" chromium chromium-browser google-chrome \
  '/Applications/Chromium.app/Contents/MacOS/Chromium' '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do
  if [ -n "$browser" ] && command -v "$browser" >/dev/null; then found=$browser; break; fi
done
[ -n "${found:-}" ] || missing+=(chromium)
command -v xgettext >/dev/null && command -v msgmerge >/dev/null || missing+=(gettext)
[ ${#missing[@]} -gt 0 ] || exit 0

if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "Installing ${missing[*]}" >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null && exit 0
fi
echo "The gate needs ${missing[*]}: install it with the system's package manager" \
  "(apt install ${missing[*]}, dnf install ${missing[*]}, brew install ${missing[*]})." >&2
exit 1
