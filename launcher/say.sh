# What the launcher tells: one line for each step with its time, one line for each failure with its remedy.
# shellcheck shell=bash

usage() {
  cat <<'EOF'
usage: ./isthmus run [options]      start everything; Ctrl-C stops it
       ./isthmus stop               stop what "run --detach" started
       ./isthmus status             what runs, and where
       ./isthmus logs [part] [-f]   the log of a part (isthmus, keycloak, postgres, sandbox, build; node1, node2,
                                    balancer); -f follows it
       ./isthmus node               stops, kills and starts one server of several; --help
       ./isthmus weather            the simulated clouds' weather: slow, down, errors and more; --help
       ./isthmus audit verify FILE  whether an export of the audit log, or the log itself, was tampered with; --help
       ./isthmus leaks              what carries our mark in clouds and is not known, and the reverse; --help
       ./isthmus test [suite]       unit, widgets, container, browser, clients, fault, network or nodes;
                                    without a name: all but network and nodes; --long: 100,000 simulated
                                    lives of stacks, and a crash at every single durable step

options of run:
  --port N           the portal's and the API's port; the other parts take N+100 to N+219     (default 8080)
  --nodes N          servers of Isthmus, 1 to 4, with HAProxy in front and ports from N+10 on    (default 1)
  --data DIR         where data, logs and secrets are kept                                    (default ./data)
  --clouds FILE      use the clouds of this clouds.yaml instead of the simulated ones
  --facts FILE       what is known of those clouds: country, operator, certificates
  --sandbox FILE     simulate the clouds that this file describes
  --database URL     Isthmus' own PostgreSQL: postgresql://USER:PASSWORD@HOST:PORT/NAME       (default: starts one)
  --no-sample        do not create the sample stack "shop"
  --detach           return once everything is up

stop, status, logs and weather take --data DIR too.
EOF
}

# The time since the launcher was started, in seconds, for the left margin.
elapsed() { printf '%4ds' "$SECONDS"; }

say() { printf '%s  %s\n' "$(elapsed)" "$*"; }

TOLD=no # whether the problem that ends the command was told

# die PROBLEM REMEDY: the one line that ends a command.
die() {
  TOLD=yes
  break_line
  printf 'isthmus: %s: %s\n' "$1" "$2" >&2
  exit 1
}

# step TEXT COMMAND...: runs COMMAND, shows TEXT with how long it took.
step() {
  local text=$1 began=$SECONDS
  shift
  printf '%s  %-44s' "$(elapsed)" "$text"
  STEP_NOTE='' STEP_OPEN=yes
  "$@"
  STEP_OPEN=no
  printf ' %s\n' "${STEP_NOTE:-done in $((SECONDS - began)) s}"
}

# Ends the line of a step that was interrupted.
break_line() {
  [[ ${STEP_OPEN:-no} == no ]] || printf ' interrupted\n'
  STEP_OPEN=no
}

# fail_step PROBLEM REMEDY [LOG]: ends a step that failed; shows the end of LOG, where the cause is.
fail_step() {
  printf ' failed\n'
  STEP_OPEN=no
  if [[ -n ${3:-} && -s ${3:-} ]]; then
    tail -n 12 "$3" | awk '{ print "       | " $0 }' >&2 # awk ends the last line, too
  fi
  if has_no_room; then die "$1, and no room is left under $DATA" "$ROOM_REMEDY"; else die "$1" "$2"; fi
}

# For a command of the launcher's own that failed, such as a write on a full disk; what it said stands above.
tell_unexpected() {
  if has_no_room; then
    die "no room is left under $DATA" "$ROOM_REMEDY"
  else
    die "the line above tells what went wrong" "mend that, then start again"
  fi
}
