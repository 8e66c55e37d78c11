# shellcheck shell=bash
# Where the brokers listen: on ports that are free, and if possible on those of last time.
# shellcheck disable=SC2154 # dir and brokers are scripts/kafka's
# shellcheck disable=SC2034 # ports and controller_ports are for brokers.sh

port_is_free() {
  local hex
  hex=$(printf ':%04X' "$1")
  ! awk -v port="$hex" 'substr($2, length($2) - 4) == port && $4 == "0A" { found = 1 } END { exit !found }' \
    /proc/net/tcp /proc/net/tcp6 2>/dev/null
}

# Prints a port that nothing listens on and that isn't one of $@, below those that clients are given.
pick_port() {
  local port
  for _ in {1..1000}; do
    port=$((20000 + RANDOM % 12000))
    if port_is_free "$port" && [[ " $* " != *" $port "* ]]; then
      echo "$port"
      return
    fi
  done
  fail "found no free port between 20000 and 32000"
}

# The port that broker $1's listener $2 had last time.
last_port() {
  sed -n "s/^listeners=.*$2:\/\/127.0.0.1:\([0-9]*\).*/\1/p" "$dir/$1/server.properties" 2>/dev/null || true
}

# Sets ports and controller_ports: those of last time where they are still free.
choose_ports() {
  local n port taken=()
  ports=() controller_ports=()
  for ((n = 1; n <= brokers; ++n)); do
    port=$(last_port "$n" PLAINTEXT)
    if [[ -z $port ]] || ! port_is_free "$port"; then port=$(pick_port "${taken[@]}"); fi
    ports[n]=$port
    taken+=("$port")
    port=$(last_port "$n" CONTROLLER)
    if [[ -z $port ]] || ! port_is_free "$port"; then port=$(pick_port "${taken[@]}"); fi
    controller_ports[n]=$port
    taken+=("$port")
  done
}
