# Several servers of Isthmus on one machine, with HAProxy in front (run --nodes N), and the command node, whose function has
# another name because Node.js is a tool that is looked for.
# shellcheck shell=bash

readonly MOST_NODES=4
# where Debian has HAProxy, and people's PATH does not lead
[[ :$PATH: == *:/usr/sbin:* ]] || PATH=$PATH:/usr/sbin
NODES=1

# What HAProxy runs with on machines of its own; here with other addresses.
BALANCER_EXAMPLE=$ROOT/docs/examples/haproxy.cfg

# The servers of Isthmus: "isthmus" alone, or node1 to nodeN.
servers() {
  if ((NODES == 1)); then echo isthmus; else seq -f 'node%g' 1 "$NODES"; fi
}

# server_port SERVER [OFFSET]: the first of a server's ports, and those that follow. One alone has the portal's.
server_port() {
  if [[ $1 == isthmus ]]; then
    case ${2:-0} in
      0) echo "$PORT" ;;
      *) echo $((ADMIN_PORT + $2 - 3)) ;;
    esac
  else
    echo $((PORT + 10 * ${1#node} + ${2:-0}))
  fi
}

# Each server's ports, from its first one on: HTTP, administration, and the first of five that Payara insists on having.
readonly ADMIN_OFFSET=3 IDLE_OFFSET=4

any_server_runs() {
  local server
  for server in $(servers); do
    if runs "$server"; then return 0; fi
  done
  return 1
}

start_balancer() {
  local file=$DATA/run/haproxy.cfg log=$DATA/logs/balancer.log result=0
  balancer_config >"$file"
  : >"$log"
  launch balancer haproxy -db -f "$file"
  await balancer 60 balancer_answers || result=$?
  ((result == 0)) || fail_step "HAProxy did not start: $(explain_await $result 60)" "see $log" "$log"
}

balancer_answers() { [[ $(http_status "$PORT" /health/ready) == 200 ]]; }

# The example with this run's addresses, and without TLS and what is a machine's own.
balancer_config() {
  awk -v bind="127.0.0.1:$PORT" -v nodes="$NODES" -v first="$PORT" '
    / # the machine.s/ {
      if ($1 == "log") print "  log stdout format raw local0"
      next
    }
    $1 == "bind" { print "  bind " bind; next }
    $1 == "cookie" { sub(/ secure/, "") }
    $1 == "server" {
      if ($2 == "node1") for (i = 1; i <= nodes; i++) print "  server node" i " 127.0.0.1:" first + 10 * i " cookie node" i
      next
    }
    { print }' "$BALANCER_EXAMPLE"
}

stop_balancer() { end balancer TERM 5; }

node_usage() {
  cat <<'EOF'
usage: ./isthmus node stop N [--data DIR]    ends server N of a run, and nothing else
       ./isthmus node kill N [--data DIR]    the same as a power cut would (kill -9)
       ./isthmus node start N [--data DIR]   starts it again, with the application as it is built now

N is the server's number, from 1; one alone has it. All else goes on meanwhile. ./isthmus status tells which are up.
EOF
}

node_command() {
  local act=${1:-} number=${2:-}
  case $act in
    -h | --help | help)
      node_usage
      return
      ;;
    stop | kill | start) ;;
    '') die "what is to be done with which server?" "./isthmus node --help shows what can be" ;;
    *) die "unknown: node $act" "./isthmus node --help shows what can be done" ;;
  esac
  [[ $number =~ ^[0-9]{1,2}$ ]] || die "node $act needs a server's number" "./isthmus node --help shows how it is said"
  shift 2
  find_data "$@"
  ((number >= 1 && number <= NODES)) || die "there is no server $number" "give a number from 1 to $NODES; ./isthmus run --nodes starts more"
  exec 8>>"$DATA/run/node.lock"
  flock -n 8 || die "another ./isthmus node works on $DATA" "wait for it"
  local server=isthmus
  ((NODES == 1)) || server=node$((10#$number))
  "${act}_node" "$server"
}

number_of() { if [[ $1 == isthmus ]]; then echo 1; else echo "${1#node}"; fi; }

stop_node() {
  runs "$1" || die "$1 does not run" "./isthmus node start $(number_of "$1") starts it"
  step "stop $1" stop_payara "$1"
}

kill_node() {
  local pid
  pid=$(pid_of "$1") || die "$1 does not run" "./isthmus node start $(number_of "$1") starts it"
  kill -KILL "$pid"
  while runs "$1"; do sleep 0.1; done
  say "$1 is killed"
}

start_node() {
  local before=keycloak
  ((NODES == 1)) || before=balancer
  runs "$before" || die "nothing runs in $DATA" "./isthmus run --nodes $NODES starts it"
  if runs "$1"; then
    say "$1 is up already"
    return
  fi
  need_java
  name_dists
  # shellcheck source=/dev/null
  source "$DATA/secrets/run-options"
  [[ -z $DATABASE ]] || read_database_url
  step "$1 on port $(server_port "$1")" start_payara "$1" 8>&-
}

# What a server that is started later has to know of the run. The database's password may be in it.
keep_run_options() {
  (umask 077 && printf '%s=%q\n' CLOUDS "$CLOUDS" FACTS "$FACTS" DATABASE "$DATABASE" KIND "$KIND" >"$DATA/secrets/run-options")
}
