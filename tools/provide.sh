#!/usr/bin/env bash
# Before the tests: install from Debian what some of them need and the machine lacks, where that is possible
# (Debian's apt, as root). Where it is not, those tests say that they are skipped and why; nothing fails here.
set -euo pipefail
cd "$(dirname "$0")/.."

needed() { grep -rqsE --include='*.py' "$1" tests; }

# The checker of accessibility runs in the page under test; it is never part of what we ship.
AXE=4.14.1
if needed 'axe' && [ ! -f .venv/axe.min.js ] && [ -d .venv ] && command -v npm >/dev/null; then
    pack=$(mktemp -d)
    if (cd "$pack" && npm pack --silent "axe-core@$AXE" && tar xzf axe-core-*.tgz package/axe.min.js) >/dev/null 2>&1; then
        mv "$pack/package/axe.min.js" .venv/axe.min.js
    else
        echo "could not fetch axe-core: the tests of accessibility will be skipped"
    fi
    rm -rf "$pack"
fi

wanted=()
if needed 'chromium' && ! command -v chromium >/dev/null; then wanted+=(chromium); fi
if needed 'pyspark' && ! command -v java >/dev/null; then wanted+=(openjdk-17-jre-headless); fi
[ ${#wanted[@]} -gt 0 ] || exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "tests that need ${wanted[*]} will be skipped: not installed, and no root with Debian's apt to install it"
    exit 0
fi
echo "installing ${wanted[*]} for the tests"
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get -qq update && apt-get -qq install -y --no-install-recommends "${wanted[@]}"; } >/dev/null; then
    echo "could not install ${wanted[*]}: the tests that need it will be skipped"
fi
