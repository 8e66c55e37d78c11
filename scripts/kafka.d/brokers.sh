# shellcheck shell=bash
# The processes: which run, starting them and ending them.
# shellcheck disable=SC2154 # dir, home and brokers are scripts/kafka's, ports ports.sh's

start_seconds=60
stop_seconds=30

# The process $1 is still broker $2 of this cluster, and not another that got its number.
is_broker() {
  [[ -r /proc/$1/cmdline ]] &&
    [[ $(tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null) == java*" kafka.Kafka $dir/$2/server.properties " ]]
}

# Calls $1 with the number, pid and port of each broker that runs.
each_running() {
  local number pid port
  [[ -f $dir/running ]] || return 0
  while read -r number pid port; do
    if is_broker "$pid" "$number"; then "$1" "$number" "$pid" "$port"; fi
  done <"$dir/running"
}

print_address() { printf '127.0.0.1:%s\n' "$3"; }
print_pid() { printf '%s\n' "$2"; }
print_line() { printf '%s %s %s\n' "$@"; }

# HOST:PORT[,HOST:PORT…] of the brokers that run.
addresses() { each_running print_address | paste -sd, -; }

configure() {
  local n=$1 voters=$2
  local replicas=$((brokers < 3 ? brokers : 3))
  local in_sync=$((brokers < 3 ? 1 : 2))
  mkdir -p "$dir/$n"
  cat >"$dir/$n/server.properties" <<END
process.roles=broker,controller
node.id=$n
controller.quorum.voters=$voters
listeners=PLAINTEXT://127.0.0.1:${ports[n]},CONTROLLER://127.0.0.1:${controller_ports[n]}
advertised.listeners=PLAINTEXT://127.0.0.1:${ports[n]}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=$dir/$n/data
num.partitions=4
default.replication.factor=$replicas
min.insync.replicas=$in_sync
offsets.topic.replication.factor=$replicas
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=$replicas
transaction.state.log.min.isr=$in_sync
transaction.state.log.num.partitions=1
group.initial.rebalance.delay.ms=0
controlled.shutdown.max.retries=1
log.retention.ms=-1
END
  ! is_secure || configure_security >>"$dir/$n/server.properties"
}

format() {
  local status=0 users=()
  [[ ! -f $dir/$1/data/meta.properties ]] || return 0
  ! is_secure || mapfile -t users < <(scram_users)
  run_broker_tool kafka.tools.StorageTool format -t "$(cat "$dir/id")" -c "$dir/$1/server.properties" "${users[@]}" \
    >"$dir/$1/format.txt" 2>&1 || status=$?
  ((status == 0)) || {
    cat "$dir/$1/format.txt" >&2
    fail "could not format $dir/$1/data: exit status $status"
  }
}

launch() {
  local n=$1 heap=512m
  ! is_secure || heap=256m # it is there for tests, beside another
  # The lock (9) and this script's output stay here: a broker must not keep either.
  setsid java -Xms128m "-Xmx$heap" -Dorg.slf4j.simpleLogger.showDateTime=true \
    "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS" -cp "$(broker_libs)/*" \
    kafka.Kafka "$dir/$n/server.properties" >"$dir/$n/log.txt" 2>&1 </dev/null 9>&- &
  local pid=$! i
  echo "$n $pid ${ports[n]}" >>"$dir/running"
  # Until it is java, `is_broker` would take it for another process.
  for ((i = 0; i < 100; ++i)); do
    if is_broker "$pid" "$n" || [[ ! -d /proc/$pid ]]; then break; fi
    sleep 0.05
  done
}

give_up() {
  local n
  for ((n = 1; n <= brokers; ++n)); do
    say "the end of broker $n's log, $dir/$n/log.txt:"
    tail -n 25 "$dir/$n/log.txt" >&2 || true
  done
  end_brokers
  fail "$1"
}

# All run and each accepts connections; gives up early if one ends.
wait_for_ports() {
  local n end=$((SECONDS + start_seconds))
  for ((n = 1; n <= brokers; ++n)); do
    while port_is_free "${ports[n]}"; do
      [[ $(each_running print_pid | wc -l) -eq $brokers ]] || give_up "a broker ended as soon as it was started"
      ((SECONDS < end)) || give_up "it didn't start within $start_seconds s"
      sleep 0.1
    done
  done
}

signal_broker() { kill -s "$signal" "$2" 2>/dev/null || true; }

# Ends the brokers that this script started, and no other process.
end_brokers() {
  local signal=TERM end=$((SECONDS + stop_seconds))
  each_running signal_broker
  while [[ -n $(each_running print_pid) ]]; do
    if ((SECONDS >= end)); then
      [[ $signal == TERM ]] || fail "brokers that don't end: $(each_running print_pid | paste -sd' ' -)"
      say "not stopped within $stop_seconds s: killing $(each_running print_pid | paste -sd' ' -)"
      signal=KILL
      end=$((SECONDS + 5))
      each_running signal_broker
    fi
    sleep 0.1
  done
  rm -f "$dir/running"
}
