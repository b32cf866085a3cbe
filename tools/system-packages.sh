#!/usr/bin/env bash
# Install the system packages that the tests need (Chromium, PostgreSQL, and ICU with a compiler for what reads our exports) where that is possible: as
# root on Debian or Ubuntu. Elsewhere say exactly what to install. In CI a missing one is a failure.
set -u
missing=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing+=(chromium)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
pkg-config --exists icu-i18n 2>/dev/null && command -v g++ >/dev/null || missing+=(g++ libicu-dev pkg-config python3-dev)
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]} for the tests"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null && exit 0
fi
echo "The tests also need: ${missing[*]}. On Debian or Ubuntu: apt-get install ${missing[*]}"
[ -n "${CI:-}" ] && exit 1
echo "Tests that need them will be skipped."
