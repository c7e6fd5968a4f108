#!/usr/bin/env bash
# Fetches the pinned Debian packages (nothing is installed) and writes datasets/english/text/. See README.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../../datasets/english/text}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -o APT::Sandbox::User=root download \
  r-cran-janeaustenr=1.0.0-1 sword-text-web=426.0-1 dict-jargon=4.4.7-3.1 dict-devil=1.0-13.1
sha256sum --check --strict "$here/packages.sha256"
for package in *.deb; do
  dpkg-deb -x "$package" "${package%%_*}"
done
python3 "$here/extract_english.py" "$work" "$out"
