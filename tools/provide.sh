#!/usr/bin/env bash
# Before the tests: install from Debian what some of them need and the machine lacks, where that is possible
# (Debian's apt, as root). Where it is not, those tests say that they are skipped and why; nothing fails here.
set -euo pipefail
cd "$(dirname "$0")/.."

needed() { grep -rqsE --include='*.py' "$1" tests; }

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
