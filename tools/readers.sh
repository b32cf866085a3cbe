#!/usr/bin/env bash
# Install the libraries that read our exports in tests (requirements/readers.txt). PyICU among them is compiled: without a compiler and ICU's headers that
# fails, which is said, and is a failure in CI alone. The second word is the file that says that it was done.
set -u
if "$1" -m pip install -q --disable-pip-version-check --require-hashes -r requirements/readers.txt; then touch "$2"; exit 0; fi
echo "What reads our exports in tests could not be installed (on Debian or Ubuntu: apt-get install g++ libicu-dev pkg-config python3-dev)."
[ -n "${CI:-}" ] && exit 1
echo "Tests that need it will be skipped."
