# shellcheck shell=bash
# What tools/run and tools/test share: installing what is missing and building.
#
# To be sourced. Sets root, build and logs; nothing here writes to standard output. Every failure
# ends in stop(), with one line that says what is wrong and what to do.

set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
build=$root/build
logs=$build/log
PATH=${PATH:-/usr/local/bin:/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin
export PATH

# Standard input may be closed; programs then would open a file in its place.
{ : <&0; } 2>/dev/null || exec </dev/null

# Packages to build and run the programs, named as in Debian and Ubuntu.
packages_to_run=(
  gcc libc6-dev meson ninja-build pkgconf python3 gettext appstream desktop-file-utils libxml2-utils
  libglib2.0-dev libglib2.0-bin libjson-glib-dev
  libopenblas-dev liblapacke-dev libgsl-dev zlib1g-dev
  libcairo2-dev libpango1.0-dev libgtk-4-dev libadwaita-1-dev
  adwaita-icon-theme librsvg2-common fonts-inter fonts-cantarell dconf-gsettings-backend
)
# And to test them.
packages_to_test=(
  xvfb xauth xdotool dbus dbus-x11 at-spi2-core
  python3-gi
  imagemagick librsvg2-bin poppler-utils
)

# Where there is no dpkg: what proves that a package's purpose is served.
# package, then a command, or pkg:MODULE>=VERSION, header:NAME, python:MODULE
probes_to_run='
  gcc cc
  meson meson
  ninja-build ninja
  pkgconf pkg-config
  python3 python3
  gettext msgfmt
  appstream appstreamcli
  desktop-file-utils desktop-file-validate
  libglib2.0-dev pkg:gio-2.0>=2.74
  libjson-glib-dev pkg:json-glib-1.0>=1.6
  libopenblas-dev pkg:openblas>=0.3.21
  liblapacke-dev header:lapacke.h
  libgsl-dev header:gsl/gsl_rng.h
  zlib1g-dev pkg:zlib>=1.2
  libcairo2-dev pkg:cairo>=1.16
  libpango1.0-dev pkg:pangocairo>=1.50
  libgtk-4-dev pkg:gtk4>=4.8
  libadwaita-1-dev pkg:libadwaita-1>=1.2
'
probes_to_test='
  xvfb Xvfb
  xdotool xdotool
  dbus dbus-run-session
  imagemagick import
  librsvg2-bin rsvg-convert
  poppler-utils pdftotext
  python3-gi python:gi
'

say ()
{
  printf '%s\n' "$*" >&2
}

stop ()
{
  say "tools/${0##*/}: $*"
  exit 1
}

# A path as the user would write it: from the root of the project.
short ()
{
  printf '%s' "${1#"$root"/}"
}

prepare ()
{
  if ! mkdir -p "$logs" 2>/dev/null || [ ! -w "$build" ] || [ ! -w "$logs" ]; then
    stop "cannot write to $build: remove it if another user made it, or run this as that user"
  fi
  if command -v flock >/dev/null; then
    # Two at a time would build over each other.
    exec 9>"$logs/lock" || stop "cannot write to $logs/lock: remove it if another user made it"
    flock -n 9 || { say "Waiting for another build of this folder to end."; flock 9; }
  fi
}

release ()
{
  exec 9>&-
}

is_debian ()
{
  local names=
  # shellcheck disable=SC1091
  [ ! -r /etc/os-release ] || names=$(. /etc/os-release && printf ' %s %s ' "${ID-}" "${ID_LIKE-}")
  [[ $names =~ \ (debian|ubuntu)\  ]] \
    && command -v dpkg-query >/dev/null && command -v apt-get >/dev/null
}

# as_root COMMAND...
as_root ()
{
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif [ -t 2 ]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

apt ()
{
  as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a LC_ALL=C.UTF-8 "PATH=$PATH" \
    apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" </dev/null >>"$logs/install.log" 2>&1 9>&-
}

# install_packages NAME...: installs those that are missing.
install_packages ()
{
  local name installed missing=() reason
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null)
  for name in "$@"; do
    [[ $'\n'$installed$'\n' == *$'\n'"installed $name"$'\n'* ]] || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    stop "these packages are missing and only root can install them: apt-get install ${missing[*]}"
  fi
  say "Installing what is missing: ${#missing[@]} of the packages needed."
  : >"$logs/install.log" || stop "cannot write to $logs/install.log"
  if [ "$(id -u)" -ne 0 ] && ! as_root true 2>>"$logs/install.log"; then
    stop "sudo was refused; as root: apt-get install ${missing[*]}"
  fi
  apt update || true # what was listed before may be enough; if not, the next step says so
  if ! apt install --yes --no-install-recommends "${missing[@]}"; then
    reason=$(grep -m 1 '^E: ' "$logs/install.log") || reason=$(tail -n 1 "$logs/install.log")
    stop "packages could not be installed: ${reason#E: } (all of it: $(short "$logs/install.log"))"
  fi
}

# probe WHAT: whether it is there.
probe ()
{
  case $1 in
    pkg:*) pkg-config --exists "${1#pkg:}" 2>/dev/null ;;
    header:*) printf '#include <%s>\n' "${1#header:}" | cc -E - >/dev/null 2>&1 ;;
    python:*) "$(system_python)" -c "import ${1#python:}" >/dev/null 2>&1 ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

# The interpreter that the system's Python packages are for.
system_python ()
{
  if [ -x /usr/bin/python3 ]; then echo /usr/bin/python3; else echo python3; fi
}

# check_probes PROBES: names what is missing and stops, or goes on.
check_probes ()
{
  local name what missing=()
  while read -r name what; do
    [ -z "$name" ] || probe "$what" || missing+=("$name")
  done <<<"$1"
  [ ${#missing[@]} -eq 0 ] \
    || stop "install these first (names as in Debian; only Debian and Ubuntu are done by themselves): ${missing[*]}"
}

# provide run|test
provide ()
{
  if is_debian; then
    if [ "$1" = test ]; then
      install_packages "${packages_to_run[@]}" "${packages_to_test[@]}"
    else
      install_packages "${packages_to_run[@]}"
    fi
  else
    check_probes "$probes_to_run"
    [ "$1" != test ] || check_probes "$probes_to_test"
  fi
}

# Whether build/ was configured, from this folder and by this meson.
configured ()
{
  [ -f "$build/build.ninja" ] && [ -f "$build/meson-private/coredata.dat" ] \
    && "$(system_python)" -c '
import json, os, sys
build, root, version = sys.argv[1:]
info = json.load (open (os.path.join (build, "meson-info", "meson-info.json"), encoding="utf-8"))
sys.exit (not (info["meson_version"]["full"] == version
               and os.path.samefile (info["directories"]["source"], root)
               and os.path.samefile (info["directories"]["build"], build)))
' "$build" "$root" "$(meson --version)" 2>/dev/null
}

# with the surroundings that build tools need, whatever the caller's are
tool ()
{
  env LC_ALL=C.UTF-8 LANGUAGE= "HOME=${HOME:-$build}" "$@" </dev/null 9>&-
}

configure ()
{
  local reason
  # Whatever was there belongs to another place or another meson; our logs stay.
  find "$build" -mindepth 1 -maxdepth 1 ! -name "${logs##*/}" -exec rm -rf {} + \
    || stop "cannot clear $build: remove it by hand"
  # Debug information takes a quarter of the time; who looks for a fault sets up a folder with it.
  if ! tool meson setup "$build" "$root" -Ddebug=false >"$logs/setup.log" 2>&1; then
    reason=$(grep -m 1 'ERROR: ' "$logs/setup.log") || reason=$(tail -n 1 "$logs/setup.log")
    stop "meson could not configure: ${reason##*ERROR: } (all of it: $(short "$logs/setup.log"))"
  fi
}

compile ()
{
  tool ninja -C "$build" >"$logs/compile.log" 2>&1
}

# Builds everything; on failure says why and shows the end of the log.
build_all ()
{
  local fresh=false
  if ! configured; then
    say "Building. The first time takes a minute."
    configure
    fresh=true
  fi
  compile && return
  # Not a compiler's complaint but the folder's own: start it afresh, once.
  if ! $fresh && ! grep '^FAILED: ' "$logs/compile.log" | grep -qv '^FAILED: build.ninja'; then
    configure
    compile && return
  fi
  local reason
  reason=$(grep -m 1 -E '(error|undefined reference|ERROR)[:` ]' "$logs/compile.log") \
    || reason=$(tail -n 1 "$logs/compile.log")
  tail -n 40 "$logs/compile.log" >&2
  stop "the build failed: $reason (all of it: $(short "$logs/compile.log"))"
}
