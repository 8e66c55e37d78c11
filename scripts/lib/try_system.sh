#!/usr/bin/env bash
# scripts/lib/try_system.sh COMPILER
#
# What scripts/systems runs in a fresh system, in a fresh clone: serves a post, builds everything, runs the fast tests.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source scripts/lib/packages.sh
export CXX=$1 WERROR=1
[[ $CXX != clang++ ]] || install_missing clang

say "-- scripts/run"
mkfifo output
scripts/run --listen 127.0.0.1:0 --admin-listen 127.0.0.1:0 >output &
server=$!
read -r line <output || { say "scripts/run ended without serving"; exit 1; }
say "$line"
address=${line#geomatch listening on } address=${address%% *}
install_missing curl sqlite3 python3
answer=$(curl -fsS -m 10 -H 'Content-Type: application/json' "http://$address/match" -d '{"id":"rider-17","lat":31.2,"lon":121.4}')
say "$answer"
[[ $answer == '{"id":"rider-17","status":"accepted","matches":[]}' ]]
kill "$server"
wait "$server"
[[ $(sqlite3 geomatch.db 'SELECT count(*) FROM records') == 1 ]]

say "-- scripts/build"
scripts/build release
say "-- the fast tests"
ctest --test-dir build/release -L '^fast$' --output-on-failure --no-tests=error --parallel "$((2 * $(nproc)))"
