#!/bin/sh
# Installs the system packages that tests need and this machine lacks: with apt where we are root, otherwise one line
# says what will be skipped. Fails only in CI, where nothing may be skipped.
set -u

# command that is needed | Debian package that has it | tests that are skipped without it
needs="chromium|chromium|tests/browser"

present() {
  case "$1" in
    chromium) command -v chromium || command -v chromium-browser || command -v google-chrome ;;
    *) command -v "$1" ;;
  esac >/dev/null 2>&1
}

missing=0
for need in $needs; do
  IFS='|' read -r name package tests <<END
$need
END
  present "$name" && continue
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing $package, for $tests."
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$package"; } \
      >/dev/null
    present "$name" && continue
  fi
  echo "Skipping $tests: $name is missing; install it, on Debian or Ubuntu with: sudo apt-get install $package" >&2
  missing=1
done

[ "${CI:-}" != true ] || exit $missing
