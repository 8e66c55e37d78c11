# shellcheck shell=bash
# Where the brokers listen: on ports that are free, and if possible on those of last time.
# shellcheck disable=SC2154 # dir and brokers are scripts/kafka's
# shellcheck disable=SC2034 # these are for brokers.sh and secure.sh

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
  sed -n "s/^listeners=.*$2:\/\/127.0.0.1:\([0-9]*\).*/\1/p" "$dir/$1/server.properties" 2>/dev/null | tail -n 1 || true
}

# Prints a port for broker $1's listener $2: that of last time if it is still free. Not one of $3 and after.
port_for() {
  local n=$1 listener=$2 port
  shift 2
  port=$(last_port "$n" "$listener")
  if [[ -z $port ]] || ! port_is_free "$port"; then port=$(pick_port "$@"); fi
  echo "$port"
}

# Sets ports, controller_ports, and of a secure broker scram_port and mtls_port.
choose_ports() {
  local n taken=()
  ports=() controller_ports=()
  for ((n = 1; n <= brokers; ++n)); do
    ports[n]=$(port_for "$n" PLAINTEXT "${taken[@]}")
    taken+=("${ports[n]}")
    controller_ports[n]=$(port_for "$n" CONTROLLER "${taken[@]}")
    taken+=("${controller_ports[n]}")
  done
  is_secure || return 0
  scram_port=$(port_for 1 SCRAM "${taken[@]}")
  mtls_port=$(port_for 1 MTLS "${taken[@]}" "$scram_port")
}
