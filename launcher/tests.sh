#!/usr/bin/env bash
# Tests of the launcher that start no server: what it refuses, in which words, and what it leaves running. Part of the
# unit suite.
# shellcheck disable=SC2016,SC2317  # functions that others call, and a script of bash's own
set -euo pipefail

ROOT=$(cd "$(dirname "$0")/.." && pwd)
for part in say machine processes settings fetch build postgres sandbox keycloak payara nodes sample run weather audit leaks; do
  # shellcheck source=/dev/null
  source "$ROOT/launcher/$part.sh"
done
WORK=$(mktemp -d "${TMPDIR:-/tmp}/isthmus-launcher.XXXXXX")
trap 'rm -rf "$WORK"' EXIT
FAILED=0 RUN=0

# refuses NAME WORDS COMMAND...: it fails, and its last line is "isthmus: PROBLEM: REMEDY" with WORDS, a pattern, in it.
refuses() {
  local name=$1 words=$2 said code=0
  shift 2
  said=$( ("$@") 2>&1 >/dev/null) || code=$?
  said=${said##*$'\n'}
  RUN=$((RUN + 1))
  # shellcheck disable=SC2053  # a pattern
  if ((code == 0)) || [[ $said != 'isthmus: '*': '* || $said != $words ]]; then
    printf 'FAILED: %s\n  code %s, said: %s\n  wanted: %s\n' "$name" "$code" "$said" "$words"
    FAILED=$((FAILED + 1))
  fi
}

# holds NAME COMMAND...
holds() {
  local name=$1
  shift
  RUN=$((RUN + 1))
  if ! ("$@"); then
    printf 'FAILED: %s\n' "$name"
    FAILED=$((FAILED + 1))
  fi
}

isthmus() { "$ROOT/isthmus" "$@"; }

refuses 'an unknown command' '*unknown command: start*help*' isthmus start
refuses 'an unknown option' '*unknown option: --bogus*help*' isthmus run --bogus
refuses 'an option without its value' '*--port needs a value*' isthmus run --port
refuses 'a port that is none' '*--port 80 *1024 to 65000*' isthmus run --port 80
refuses 'no number of servers' '*--nodes many is no number of servers*1 to 4*' isthmus run --nodes many
refuses 'too many servers' '*--nodes 5 is no number of servers*1 to 4*' isthmus run --nodes 5
refuses 'no server at all' '*--nodes 0 is no number of servers*1 to 4*' isthmus run --nodes 0
refuses 'servers without their number' '*--nodes needs a value*' isthmus run --nodes
refuses 'a node and nothing to do' '*what is to be done*node --help*' isthmus node
refuses 'a node and something unknown' '*unknown: node mend*node --help*' isthmus node mend 1
refuses 'a node without its number' "*node stop needs a server's number*node --help*" isthmus node stop
refuses 'a node where nothing was started' '*nothing was started in*./isthmus run*' isthmus node stop 1 --data "$WORK/never"
refuses 'a file that is not there' '*--sandbox /no/file: no such*check the path*' isthmus run --sandbox /no/file
refuses 'two kinds of clouds' '*exclude each other*' isthmus run --clouds "$ROOT/pom.xml" --sandbox "$ROOT/pom.xml"
refuses 'facts without clouds' '*give --clouds FILE*' isthmus run --facts "$ROOT/pom.xml"
refuses 'a database that is no address' '*--database is no address*postgresql://USER*' isthmus run --database localhost
refuses 'logs without a folder' '*--data needs a value*' isthmus logs --data
refuses 'to stop what was never started' '*nothing was started in*./isthmus run*' isthmus stop --data "$WORK/never"
refuses 'the status of what was never started' '*nothing was started in*' isthmus status --data "$WORK/never"
refuses 'data where a file is' '*cannot make a folder*--data DIR*' isthmus run --data "$ROOT/pom.xml"
refuses 'a JAVA_HOME without Java' '*holds no Java*unset it*' env JAVA_HOME=/no/jdk "$ROOT/isthmus" run

refuses 'an audit of nothing' '*what is to be checked?*audit --help*' isthmus audit verify
refuses 'an unknown audit' '*unknown: audit mend*audit --help*' isthmus audit mend
refuses 'an audit of a file that is not there' '*nowhere.ndjson: no such readable file*' isthmus audit verify "$WORK/nowhere.ndjson"
refuses 'an audit by seals that are not there' '*nowhere.json: no such readable file*' isthmus audit verify "$0" --seal "$WORK/nowhere.json"
refuses 'an audit of two' '*exclude each other*' isthmus audit verify "$0" --live http://localhost:1
refuses 'an audit of a running log without a token' '*ISTHMUS_TOKEN is not set*' env -u ISTHMUS_TOKEN "$ROOT/isthmus" audit verify --live
refuses 'leaks with an unknown option' '*unknown option: --mend*leaks --help*' isthmus leaks --mend
refuses 'volumes without a repair' '*--volumes says what --repair deletes*' isthmus leaks --volumes
refuses 'leaks at no address' '*--url here is no address*' isthmus leaks --url here
refuses 'leaks elsewhere without a token' '*ISTHMUS_TOKEN*' env -u ISTHMUS_TOKEN "$ROOT/isthmus" leaks --url http://localhost:1/api/v1
refuses 'leaks where nothing was started' '*nothing was started in*./isthmus run*' isthmus leaks --data "$WORK/never"
bad_line_of_leaks() {
  local code=0
  isthmus leaks --mend 2>/dev/null || code=$?
  ((code == 127))
}
holds 'a wrong command line of leaks ends with 127' bad_line_of_leaks
refuses 'weather of an unknown kind' '*unknown kind of weather: snow*weather --help*' isthmus weather gra snow
refuses 'weather of no kind' '*which weather over gra?*weather --help*' isthmus weather gra
refuses 'slowness without a number' '*slow needs a value*' isthmus weather gra slow
refuses 'slowness that is no number' '*slow soon is no usable number*1 to 600000*' isthmus weather gra slow soon
refuses 'a share beyond 1' '*errors 1.5 is no share of calls*0 to 1*' isthmus weather gra errors 1.5
refuses 'a value too many' '*hang takes no value 5*' isthmus weather gra hang 5
refuses 'options without a kind' '*no kind is named*' isthmus weather clear --service compute
refuses 'no number of calls' '*--times many is no number*' isthmus weather gra hang --times many
refuses 'weather where nothing was started' '*nothing was started in*./isthmus run*' isthmus weather --data "$WORK/never"
no_sandbox() { mkdir -p "$WORK/calm/run"; weather gra down --data "$WORK/calm"; }
refuses 'weather without simulated clouds' '*no simulated clouds run in*./isthmus run starts them*' no_sandbox

# told WANTED WORDS...: the control is told METHOD PATH BODY for these words.
told() {
  local wanted=$1
  shift
  mkdir -p "$WORK/calm/run"
  runs() { true; }
  control() { echo "$*"; }
  [[ $(weather "$@" --data "$WORK/calm") == "$wanted" ]]
}
holds 'a slow cloud' told 'PUT /_sandbox/clouds/gra/weather {"rules": [{"latency_ms": 500}]}' gra slow 500
holds 'errors of one service' told \
  'PUT /_sandbox/clouds/gra/weather {"rules": [{"error_rate": 0.5, "error_status": 413,"service": "compute"}]}' gra errors .5 413 --service compute
holds 'lost answers beside the rest' told \
  'POST /_sandbox/clouds/gra/weather/rules {"lose_rate": 1,"method": "POST","path": "/a\"b\\.$","times": 2}' \
  gra lost 1 --method POST --path '/a"b\.$' --times 2 --add
holds 'a cloud that is dark' told 'PUT /_sandbox/clouds/gra/weather {"rules": [{"outage": "dark"}]}' gra dark
holds 'a cloud that is down' told 'PUT /_sandbox/clouds/gra/weather {"rules": [{"outage": "refuse"}]}' gra down
holds 'a service that is down' told 'PUT /_sandbox/clouds/gra/weather {"rules": [{"outage": "unavailable","service": "volume"}]}' gra down --service volume
holds 'the weather' told 'GET /_sandbox/weather'
holds 'fine weather over one cloud' told $'DELETE /_sandbox/clouds/gra/weather\nGET /_sandbox/weather' gra clear

# PATH with a few tools only, and a person who may not install others
with_few_tools() {
  local bin=$WORK/bin tool
  rm -rf "$bin"
  mkdir -p "$bin"
  for tool in env bash readlink dirname id mkdir chmod sed head cat awk grep df find flock setsid date ps "$@"; do
    ln -s "$(command -v "$tool")" "$bin/$tool"
  done
  may_install() { false; }
  PATH=$bin
  unset JAVA_HOME
  is_built() { false; }
  need_tools
}
refuses 'a machine without Java' '*javac is missing*apt-get install openjdk-17-jdk-headless*' with_few_tools
refuses 'a machine without xz' '*xz is missing*apt-get install xz-utils*' with_few_tools javac tar
refuses 'a machine without tar' '*tar is missing*apt-get install tar*' with_few_tools javac xz
refuses 'a machine without Node' '*node is missing*apt-get install nodejs*' with_few_tools javac tar xz

missing_tool() { may_install() { false; }; need no-such-tool some-package; }
refuses 'a missing tool' '*no-such-tool is missing*apt-get install some-package*' missing_tool

busy_port() { port_answers() { true; }; need_port 8080 Isthmus; }
refuses 'a busy port' '*port 8080, wanted for Isthmus, is taken*--port N*' busy_port

# A machine on which all is well but one port.
busy() {
  local taken=$1
  shift
  need_memory() { :; }
  need_disk() { :; }
  port_answers() { [[ $1 == "$taken" ]]; }
  read_options --data "$WORK/ports" --port 9000 "$@"
  open_data
  name_dists
  check_machine
}
refuses 'the port of the portal' '*port 9000, wanted for Isthmus, is taken*' busy 9000
refuses 'the port of Keycloak' '*port 9100, wanted for Keycloak, is taken*' busy 9100
refuses 'the port of PostgreSQL' '*port 9102, wanted for PostgreSQL, is taken*' busy 9102
refuses 'the port of the administration' "*port 9103, wanted for Payara's administration, is taken*" busy 9103
refuses 'the port of the first cloud' '*port 9120, wanted for the simulated cloud gra, is taken*' busy 9120
refuses 'the port of the last cloud' '*port 9122, wanted for the simulated cloud syd, is taken*' busy 9122
refuses "the port of the clouds' control" "*port 9210, wanted for the simulated clouds' control, is taken*" busy 9210
refuses 'the port of a cloud of ones own' '*port 9123, wanted for the simulated cloud sha, is taken*' \
  busy 9123 --sandbox "$ROOT/samples/federations/five-countries.yaml"

refuses 'the port of a second server' '*port 9020, wanted for node2, is taken*' busy 9020 --nodes 2
refuses 'the administration of a second server' "*port 9023, wanted for Payara's administration, is taken*" busy 9023 --nodes 2
refuses 'the portal behind the balancer' '*port 9000, wanted for Isthmus, is taken*' busy 9000 --nodes 2

# A run of servers of which only some words matter.
of_nodes() {
  mkdir -p "$WORK/nodes/run" "$WORK/nodes/secrets" "$WORK/nodes/logs"
  echo "$1" >"$WORK/nodes/run/nodes"
  echo 9000 >"$WORK/nodes/run/port"
  shift
  node_command "$@" --data "$WORK/nodes"
}
refuses 'a second node of one' '*there is no server 2*--nodes*' of_nodes 1 stop 2
refuses 'to stop the only one when it does not run' '*isthmus does not run*node start 1*' of_nodes 1 stop 1
refuses 'to start the only one where nothing runs' '*nothing runs in*run --nodes 1*' of_nodes 1 start 1
refuses 'a node that is not there' '*there is no server 3*1 to 2*' of_nodes 2 stop 3
refuses 'to stop what does not run' '*node2 does not run*node start 2*' of_nodes 2 stop 2
refuses 'to kill what does not run' '*node2 does not run*node start 2*' of_nodes 2 kill 2
refuses 'to start one of nothing' '*nothing runs in*run --nodes 2*' of_nodes 2 start 2

balanced() {
  read_options --nodes 3 --port 9000
  set_ports
  balancer_config >"$WORK/haproxy.cfg"
}
servers_of() { awk -v backend="$1" '$1 == "backend" { now = $2 } now == backend && $1 == "server" { print $3, $5 }' "$WORK/haproxy.cfg"; }
balances() {
  balanced
  local all=$'127.0.0.1:9010 node1\n127.0.0.1:9020 node2\n127.0.0.1:9030 node3'
  [[ $(servers_of ready) == "$all" && $(servers_of any) == "$all" && $(grep -c ' bind ' "$WORK/haproxy.cfg") == 1 ]] &&
    grep -q '^  bind 127.0.0.1:9000$' "$WORK/haproxy.cfg" && grep -q '^  log stdout ' "$WORK/haproxy.cfg" &&
    ! grep -qE '192\.0\.2|:443|chroot|admin\.sock| secure' "$WORK/haproxy.cfg"
}
holds 'the balancer is told of each server and of nothing of the example' balances
# Debian's, where it is there
reads_balancer() {
  balanced
  haproxy -c -f "$WORK/haproxy.cfg" >"$WORK/haproxy.said" 2>&1 || { cat "$WORK/haproxy.said"; return 1; }
}
if command -v haproxy >/dev/null; then holds 'HAProxy takes what it is told' reads_balancer; fi

apart() {
  NODES=4 PORT=9000
  set_ports
  local server offset
  [[ $(for server in $(servers); do
    for offset in 0 "$ADMIN_OFFSET" "$IDLE_OFFSET" $((IDLE_OFFSET + 4)); do server_port "$server" "$offset"; done
  done | sort | uniq -d | wc -l) == 0 && ${PARTS[*]} == 'postgres sandbox keycloak node1 node2 node3 node4 balancer' ]]
}
holds 'no two servers have a port in common' apart
alone() {
  NODES=1 PORT=9000
  set_ports
  [[ $(server_port isthmus) == 9000 && $(server_port isthmus "$ADMIN_OFFSET") == "$ADMIN_PORT" &&
    $(server_port isthmus "$IDLE_OFFSET") == "$IDLE_PORT" && ${PARTS[*]} == 'postgres sandbox keycloak isthmus' ]]
}
holds 'one server alone has the ports that it always had' alone

# each in a shell of its own: what one of them forgets to source, this one has
by_itself() {
  env -u NODES bash -euo pipefail -c "$1" >"$WORK/own" 2>&1 || { cat "$WORK/own"; return 1; }
}
measures() { by_itself "source '$ROOT/itests/bench/bench.sh'; PORT=9000 DATA=/none; set_ports; [[ \$PORTAL_URL == *:9000 ]]"; }
holds 'benchmarks source all that naming addresses takes' measures
real_clouds() {
  by_itself "$(sed -n '/^ROOT=/,/^done/p' "$ROOT/itests/real-clouds" | sed "s|^ROOT=.*|ROOT='$ROOT'|"); PORT=9000 DATA=/none; set_ports"
}
holds 'and so does what runs on real clouds' real_clouds

more_memory() { echo 'MemAvailable: 3145728 kB' >"$WORK/meminfo"; MEMINFO=$WORK/meminfo CGROUP=/none NODES=2; need_memory; }
refuses 'too little memory for two servers' '*only 3072 MiB of memory are free, 3600*add memory*' more_memory

kept_options() {
  DATA=$WORK/kept CLOUDS="$WORK/a b.yaml" FACTS='' DATABASE="postgresql://u:p'w@h/n" KIND=clouds
  mkdir -p "$DATA/secrets"
  keep_run_options
  CLOUDS='' DATABASE='' KIND=''
  # shellcheck source=/dev/null
  source "$DATA/secrets/run-options"
  [[ $CLOUDS == "$WORK/a b.yaml" && $DATABASE == "postgresql://u:p'w@h/n" && $KIND == clouds && $(stat -c %a "$DATA/secrets/run-options") == 600 ]]
}
holds 'what a later start has to know is kept, for nobody else' kept_options

little_memory() { echo 'MemAvailable: 1048576 kB' >"$WORK/meminfo"; MEMINFO=$WORK/meminfo CGROUP=/none; need_memory; }
refuses 'too little memory' '*only 1024 MiB of memory are free, 2600*add memory*' little_memory

limited_container() {
  echo 'MemAvailable: 104857600 kB' >"$WORK/meminfo"
  mkdir -p "$WORK/cgroup"
  echo 2147483648 >"$WORK/cgroup/memory.max"
  echo 1073741824 >"$WORK/cgroup/memory.current"
  echo 'inactive_file 536870912' >"$WORK/cgroup/memory.stat"
  MEMINFO=$WORK/meminfo CGROUP=$WORK/cgroup
  need_memory
}
refuses 'a container with too little memory' '*only 1536 MiB of memory*' limited_container

refuses 'too little disk' '*MiB are free under*999999999 are needed*make room*' need_disk "$WORK" 999999999 'make room'

full_disk() { DATA=$WORK; free_mib() { echo 0; }; fail_step 'initdb failed' 'see the log'; }
refuses 'what failed for want of room' "*initdb failed, and no room is left under $WORK: free some*" full_disk

failed_write() {
  bash -c 'set -euo pipefail; ROOT=$1 DATA=$2
    for part in say machine processes run; do source "$ROOT/launcher/$part.sh"; done
    trap "stop_parts \$?" EXIT
    echo x >/dev/full' _ "$ROOT" "$WORK"
}
refuses 'a write that failed' '*the line above tells what went wrong: mend that*' failed_write

prepared() { read_options --data "$WORK/data" "$@"; open_data; }
(prepared --port 9000; keep_settings)
refuses 'another port for the same data' '*was made for port 9000*' prepared --port 9100
refuses 'real clouds in place of simulated ones' '*was made for simulated clouds*' prepared --clouds "$ROOT/pom.xml"
refuses 'other simulated clouds' '*other simulated clouds than*' prepared --sandbox "$ROOT/samples/federations/five-countries.yaml"
refuses 'another database' '*was made without --database*' prepared --database postgresql://u:p@localhost/n
locked() { prepared; (prepared); }
refuses 'a second launcher at the same data' '*another ./isthmus works on*wait*' locked

escapes() {
  read_options --database 'postgresql://me%40home:p%2Fq%25\n@db.example:5433/isthmus'
  [[ $DATABASE_USER == me@home && $DATABASE_PASSWORD == 'p/q%\n' && $DATABASE_URL == jdbc:postgresql://db.example:5433/isthmus ]]
}
holds "%-escapes in the database's address" escapes

# unpacking fails as often as told, then makes the file
fetching() {
  local broken=$1
  DATA=$WORK DIST=$WORK/dist
  mkdir -p "$WORK/logs"
  unpack() {
    mkdir -p "$2"
    if ((broken-- > 0)); then echo 'unexpected end of archive' >"$3"; return 1; fi
    touch "$2/whole"
  }
  discard_archive() { echo "$1" >>"$WORK/discarded"; }
  fetch thing "$WORK/dist/thing" whole 'thing-*.zip'
}
half_unpacked() {
  mkdir -p "$WORK/dist/thing" "$WORK/dist/thing.partial"
  touch "$WORK/dist/thing/half" "$WORK/dist/thing.partial/half"
  fetching 1 >/dev/null
  has "$WORK/dist/thing" whole && ! has "$WORK/dist/thing" half && [[ $(<"$WORK/discarded") == 'thing-*.zip' && ! -e $WORK/dist/thing.partial ]]
}
holds 'what was fetched by half is fetched again' half_unpacked
never_whole() { rm -rf "$WORK/dist"; fetching 2; }
refuses 'an archive that cannot be had' '*cannot fetch thing*check the network*' never_whole
holds 'nothing incomplete lies under the final name' test ! -e "$WORK/dist/thing"

broken_dependency() {
  DATA=$WORK
  echo '[ERROR] error: error reading /m2/org/x/x-1.jar; zip END header not found' >"$WORK/build.log"
  fail_build "$WORK/build.log"
}
refuses 'a broken archive of a dependency' '*/m2/org/x/x-1.jar is broken or half downloaded: delete it*' broken_dependency

unfinished_log() { DATA=$WORK; printf 'the cause' >"$WORK/half.log"; fail_step 'it failed' 'see there' "$WORK/half.log"; }
refuses 'with a log that ends within a line' 'isthmus: it failed: see there' unfinished_log

interrupted() {
  mkdir -p "$WORK/i/run"
  bash -c 'set -euo pipefail; ROOT=$1 DATA=$2/i
    for part in say processes run; do source "$ROOT/launcher/$part.sh"; done
    trap "stop_parts \$?" EXIT; trap "exit 130" INT TERM
    UNFINISHED=("$2/half"); touch "$2/half"
    step wait attend "$2/i/log" bash -c "sleep 321.7 & echo \$! >$2/i/child; wait"' _ "$ROOT" "$WORK" >"$WORK/i/said" 2>&1 &
  local launcher=$! code=0
  until [[ -s $WORK/i/child ]]; do sleep 0.1; done
  kill -TERM "$launcher"
  wait "$launcher" || code=$?
  [[ $code == 130 && $(<"$WORK/i/said") == *wait*interrupted && -z $(started_at "$(<"$WORK/i/child")") && ! -e $WORK/half ]]
}
holds 'what is waited for ends at once with the launcher, and nothing half done stays' interrupted

died_server() {
  DATA=$WORK/s PAYARA_PATIENCE=30
  mkdir -p "$DATA/run" "$DATA/logs" "$DATA/domain/config"
  sleep 321.8 & # asadmin, which goes on waiting
  local starter=$! server result=0 began=$SECONDS
  bash -c 'sleep 1' &
  server=$!
  echo "$server" >"$DATA/domain/config/pid"
  await_server isthmus "$DATA/domain" "$starter" || result=$?
  kill "$starter"
  ((result == 1 && SECONDS - began < 10))
}
holds 'a server that dies is not waited for' died_server

ends_children() {
  DATA=$WORK
  mkdir -p "$WORK/run" "$WORK/logs"
  launch script bash -c 'sleep 321.5 & echo $! >"$0/child"; wait' "$WORK"
  await script 10 test -s "$WORK/child"
  end script TERM 10
  [[ -z $(started_at "$(<"$WORK/child")") && ! -e $WORK/run/script.pid ]]
}
holds 'what a part has started ends with it' ends_children

stranger() {
  DATA=$WORK
  mkdir -p "$WORK/run"
  echo "$$ 1" >"$WORK/run/part.pid"
  ! runs part
}
holds 'a process number used again is nobody of ours' stranger

new_passwords() {
  DATA=$WORK/clouds KIND=clouds
  mkdir -p "$DATA/secrets"
  read_new_passwords
  local first=$ALICE_PASSWORD
  ALICE_PASSWORD=''
  touch "$DATA/settings"
  read_new_passwords # the first start was interrupted before it told them
  [[ ${#first} == 16 && $ALICE_PASSWORD == "$first" && $NEW_PASSWORDS == yes ]] || return 1
  forget_new_passwords
  NEW_PASSWORDS=no
  read_new_passwords
  [[ $NEW_PASSWORDS == no ]]
}
holds 'new passwords are told once, and not lost before' new_passwords

printf 'launcher: %d checks, %d failed\n' "$RUN" "$FAILED"
((FAILED == 0))
