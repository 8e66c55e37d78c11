# shellcheck shell=bash
# Sourced by the scripts: installs what is missing with apt-get, and does nothing when nothing is.

# What building takes, tests and benchmarks included; and a Boost, see below.
# shellcheck disable=SC2034 # for who sources this
build_packages=(
  g++ cmake ninja-build pkg-config
  nlohmann-json3-dev librdkafka-dev libspdlog-dev libfmt-dev libcli11-dev libsqlite3-dev prometheus-cpp-dev
  libxxhash-dev libgtest-dev libgmock-dev libbenchmark-dev
)

# The oldest Boost that has Boost.URL. Debian 12's libboost-dev is older, so a versioned package it is.
oldest_boost=81

say() { printf '%s\n' "$*" >&2; }

as_root() {
  if [[ $EUID -eq 0 ]]; then "$@"; else sudo "$@"; fi
}

# A tool counts wherever it came from, a library only as a package.
is_installed() {
  case $1 in
    g++ | cmake | pkg-config | curl | sqlite3 | valgrind) command -v "$1" >/dev/null && return ;;
    ninja-build) command -v ninja >/dev/null && return ;;
  esac
  [[ $(dpkg-query --show --showformat='${db:Status-Abbrev}' "$1" 2>/dev/null) == ii* ]]
}

# Reads package names; prints the newest 1.NN that has both libboost1.NN-dev and libboost-url1.NN-dev.
newest_boost() {
  awk -v oldest="$oldest_boost" '
    match($0, /^libboost(-url)?1\.[0-9]+-dev$/) {
      split($0, parts, /[.-]/)
      minor = /-url/ ? parts[3] : parts[2]
      if (minor + 0 >= oldest && ++found[minor] == 2 && minor > newest) newest = minor + 0
    }
    END { if (newest) print "1." newest }'
}

installed_boost() {
  # shellcheck disable=SC2016 # dpkg-query reads ${...}
  dpkg-query --show --showformat='${db:Status-Abbrev} ${Package}\n' 'libboost*-dev' 2>/dev/null |
    sed -n 's/^ii *//p' | newest_boost
}

available_boost() { apt-cache pkgnames libboost | sort -u | newest_boost; }

# install_missing PACKAGE... ("boost" stands for Boost's packages). Fails, having said why, if it can't.
install_missing() {
  local package boost="" missing=()
  for package in "$@"; do
    if [[ $package == boost ]]; then
      [[ -n $(installed_boost) ]] || boost=missing
    elif ! is_installed "$package"; then
      missing+=("$package")
    fi
  done
  [[ -n $boost || ${#missing[@]} -gt 0 ]] || return 0

  if ! command -v apt-get >/dev/null; then
    say "missing: ${missing[*]} ${boost:+Boost 1.$oldest_boost or newer with Boost.URL}"
    say "there is no apt-get here to install it with"
    return 1
  fi
  if [[ $EUID -ne 0 ]] && ! command -v sudo >/dev/null; then
    say "missing: ${missing[*]} ${boost:+libboost1.$oldest_boost-dev libboost-url1.$oldest_boost-dev (or newer)}"
    say "installing it takes root, or sudo"
    return 1
  fi
  as_root apt-get update -qq >&2 || return
  if [[ -n $boost ]]; then
    boost=$(available_boost)
    if [[ -z $boost ]]; then
      say "the package sources have no libboost1.NN-dev with libboost-url1.NN-dev from 1.$oldest_boost on" \
        "(on Ubuntu they are in universe)"
      return 1
    fi
    missing+=("libboost$boost-dev" "libboost-url$boost-dev")
  fi
  say "installing ${missing[*]}"
  # --no-remove: a conflict with what is there is the machine owner's to settle.
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends --no-remove \
    -o DPkg::Lock::Timeout=300 "${missing[@]}" >&2
}
