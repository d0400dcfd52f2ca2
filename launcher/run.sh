# The commands run, stop, status and logs.
# shellcheck shell=bash

ALICE_PASSWORD=alice BOB_PASSWORD=bob ADMIN_PASSWORD=admin NEW_PASSWORDS=no

# All parts that there may be, in the order of their start; they are stopped in reverse. A run has those in PARTS.
readonly ALL_PARTS=(postgres sandbox keycloak isthmus node1 node2 node3 node4 balancer)

run() {
  read_options "$@"
  need_tools
  open_data
  if runs isthmus || runs balancer; then
    say "already up: $PORTAL_URL"
    return
  fi
  need_disk "$DATA" "$DATA_DISK_MIB" "$ROOM_REMEDY"
  remember launcher $$
  trap 'stop_parts $?' EXIT
  trap 'exit 130' INT TERM HUP
  check_machine
  echo "$PORT" >"$DATA/run/port"
  echo "$NODES" >"$DATA/run/nodes"
  keep_run_options
  if all_fetched; then say "servers: fetched before"; else step "servers: Payara, Keycloak, PostgreSQL" fetch_all; fi
  if is_built; then
    say "Isthmus: built before"
  else
    step "Isthmus: build" build
  fi
  [[ -z $DATABASE ]] || step "database $DATABASE_URL" check_database
  step "PostgreSQL on port $POSTGRES_PORT" start_postgres
  [[ $KIND == clouds ]] || step "simulated clouds on ports from $SANDBOX_PORT" start_sandbox
  step "Keycloak on port $KEYCLOAK_PORT" start_keycloak
  if ((NODES == 1)); then
    step "Isthmus on port $PORT" start_payara isthmus
  else
    # One after the other: the first brings the database up to date, and both at once would not be sooner on a small machine.
    local server
    for server in $(servers); do step "Isthmus, $server on port $(server_port "$server")" start_payara "$server"; done
    step "HAProxy on port $PORT" start_balancer
  fi
  keep_settings
  say "up and healthy"
  local result=0
  [[ $SAMPLE == no ]] || offer_sample || result=1
  tell_addresses
  forget_new_passwords
  if [[ $DETACH == yes ]]; then
    trap - EXIT INT TERM HUP
    rm -f "$DATA/run/launcher.pid"
    return "$result"
  fi
  say "Ctrl-C stops everything"
  watch_parts
}

# All tools are seen to before anything is fetched or made.
need_tools() {
  need_java
  need tar tar
  need xz xz-utils
  need setsid util-linux
  ((NODES == 1)) || need haproxy haproxy
  name_dists
  if all_fetched && is_built; then return; fi
  need_maven
  if ! is_built; then
    need node nodejs
    need npm npm
  fi
}

check_machine() {
  need_memory
  if ! all_fetched || [[ ! -f $EAR ]]; then
    need_disk "$ROOT" "$FIRST_DISK_MIB" "free some, or move the checkout to where there is more"
  fi
  # What a launcher that was killed has left running is ours to end.
  local part
  for part in "${ALL_PARTS[@]}"; do
    if runs "$part"; then step "$part still runs from before: stop" stop_part "$part"; fi
  done
  need_port "$PORT" Isthmus
  need_port "$KEYCLOAK_PORT" Keycloak
  need_port "$POSTGRES_PORT" PostgreSQL
  local server
  for server in $(servers); do
    [[ $server == isthmus ]] || need_port "$(server_port "$server")" "$server"
    need_port "$(server_port "$server" "$ADMIN_OFFSET")" "Payara's administration"
  done
  if [[ $KIND == sandbox ]]; then
    local cloud port=$SANDBOX_PORT
    for cloud in $(cloud_names); do
      # The clouds' ports leave out the control's.
      ((port != SANDBOX_CONTROL_PORT)) || port=$((port + 1))
      need_port "$port" "the simulated cloud $cloud"
      port=$((port + 1))
    done
    need_port "$SANDBOX_CONTROL_PORT" "the simulated clouds' control"
  fi
}

stop_part() {
  case $1 in
    isthmus | node[1-4]) stop_payara "$1" ;;
    *) "stop_$1" ;;
  esac
}

tell_addresses() {
  cat <<EOF

  portal     $PORTAL_URL
  API        $PORTAL_URL/api/v1
  Keycloak   http://localhost:$KEYCLOAK_PORT (keycloak-admin, password in $DATA/secrets/keycloak-admin-password)

EOF
  if [[ $KIND == sandbox ]]; then
    cat <<EOF
  users      alice / alice    tenant acme, project demo
             bob / bob        tenant globex, project demo
             admin / admin    runs the federation

EOF
  elif [[ $NEW_PASSWORDS == yes ]]; then
    cat <<EOF
  users      alice / $ALICE_PASSWORD    tenant acme, project demo
             bob / $BOB_PASSWORD    tenant globex, project demo
             admin / $ADMIN_PASSWORD    runs the federation
             these passwords are shown this once

EOF
  fi
}

# Of several servers of Isthmus the others go on when one ends; that is told once.
watch_parts() {
  local part
  local -A ended=()
  while true; do
    for part in "${PARTS[@]}"; do
      [[ -f $DATA/run/$part.pid ]] || continue
      if runs "$part"; then
        unset "ended[$part]"
      elif [[ $part != node? ]] || ! any_server_runs; then
        die "$part ended by itself" "./isthmus logs $part --data $DATA"
      elif [[ -z ${ended[$part]:-} ]]; then
        ended[$part]=told
        say "$part ended by itself; the others go on, ./isthmus node start ${part#node} --data $DATA starts it again"
      fi
    done
    sleep 2
  done
}

stop_parts() {
  local code=${1:-0} i part
  # A subshell that the signal has reached before it forgot the traps leaves this to its parent.
  ((BASHPID == $$)) || exit "$code"
  trap '' INT TERM HUP
  trap - EXIT
  break_line
  end_attended
  [[ $TOLD == yes || $code == 0 || $code == 130 ]] || (tell_unexpected) || true
  for ((i = ${#ALL_PARTS[@]} - 1; i >= 0; i--)); do
    part=${ALL_PARTS[i]}
    [[ ! -f $DATA/run/$part.pid ]] || step "stop $part" stop_part "$part"
  done
  rm -f "$DATA/run/launcher.pid"
  exit "$code"
}

stop() {
  find_data "$@"
  local holder
  # A launcher in the foreground stops its parts itself.
  holder=$(cat "$DATA/run/launcher.pid" 2>/dev/null || true)
  if [[ -n $holder ]] && runs launcher; then
    kill -TERM "${holder%% *}"
    while runs launcher; do sleep 0.2; done
    return
  fi
  local part any=no
  for part in "${ALL_PARTS[@]}"; do [[ ! -f $DATA/run/$part.pid ]] || any=yes; done
  [[ $any == yes ]] || { say "nothing runs in $DATA"; return; }
  stop_parts 0
}

status() {
  find_data "$@"
  local part pid code=0
  for part in "${PARTS[@]}"; do
    if pid=$(pid_of "$part"); then
      printf '%-10s up      pid %s%s\n' "$part" "$pid" "$(describe_node "$part")"
    elif [[ -f $DATA/run/$part.pid ]]; then
      printf '%-10s ended   ./isthmus logs %s\n' "$part" "$part"
      code=3
    else
      printf '%-10s down\n' "$part"
      [[ $part == sandbox ]] || code=3
    fi
  done
  printf '%-10s %s\n' ready "$(if [[ $(http_status "$PORT" /health/ready) == 200 ]]; then echo "yes     $PORTAL_URL"; else echo no; fi)"
  return $code
}

# Of one of several servers: its address, and whether it is ready.
describe_node() {
  [[ $1 == node? ]] || return 0
  local ready=no
  ! application_ready "$1" || ready=yes
  printf '   ready %-3s   http://127.0.0.1:%s' "$ready" "$(server_port "$1")"
}

logs() {
  local part=isthmus follow=() others=()
  while (($#)); do
    case $1 in
      -f) follow=(-F) ;;
      --data)
        (($# > 1)) || die "--data needs a value" "./isthmus logs [part] [-f] [--data DIR]"
        others+=("$1" "$2")
        shift
        ;;
      -*) die "unknown option: $1" "./isthmus logs [part] [-f] [--data DIR]" ;;
      *) part=$1 ;;
    esac
    shift
  done
  find_data "${others[@]}"
  local files=("$DATA/logs/$part.log") server
  case $part in
    # all servers, where there are several
    isthmus)
      files=()
      for server in $(servers); do files+=("$DATA/payara/$server/logs/server.log"); done
      ;;
    node?) files=("$DATA/payara/$part/logs/server.log") ;;
  esac
  [[ -f ${files[0]} ]] ||
    die "no log of $part in $DATA" "parts: isthmus, node1 to node$MOST_NODES, balancer, keycloak, postgres, sandbox, build"
  tail -n 200 "${follow[@]}" "${files[@]}"
}
