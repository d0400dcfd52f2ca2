# Processes that outlive a command: each is known by its pid and its start time, so that a pid used again is never
# mistaken for ours.
# shellcheck shell=bash

# Nothing for a process that has ended and only waits to be noticed.
started_at() { awk '$3 != "Z" {print $22}' "/proc/$1/stat" 2>/dev/null || true; }

remember() { echo "$2 $(started_at "$2")" >"$DATA/run/$1.pid"; }

# pid_of PART: its pid while it runs.
pid_of() {
  local pid began
  [[ -r $DATA/run/$1.pid ]] || return 1
  read -r pid began <"$DATA/run/$1.pid" || return 1
  [[ -n $began && $(started_at "$pid") == "$began" ]] || return 1
  echo "$pid"
}

runs() { pid_of "$1" >/dev/null; }

# launch PART COMMAND...: in a session of its own, so that Ctrl-C reaches the launcher alone.
launch() {
  local part=$1
  shift
  setsid "$@" </dev/null >>"$DATA/logs/$part.log" 2>&1 9>&- &
  remember "$part" $!
  disown
}

# end PART SIGNAL SECONDS: asks it to end, insists after SECONDS; then the same with what it left in its process group,
# such as the Java that a script was about to wait for.
end() {
  local part=$1 signal=$2 limit=$3 pid deadline
  pid=$(pid_of "$part") || { rm -f "$DATA/run/$part.pid"; return 0; }
  kill "-$signal" "$pid" 2>/dev/null || true
  deadline=$((SECONDS + limit))
  while runs "$part" && ((SECONDS < deadline)); do sleep 0.1; done
  if runs "$part"; then
    kill -KILL "$pid" 2>/dev/null || true
    STEP_NOTE="did not end within $limit s, killed"
  fi
  if kill -TERM -- "-$pid" 2>/dev/null; then
    deadline=$((SECONDS + 10))
    while kill -0 -- "-$pid" 2>/dev/null && ((SECONDS < deadline)); do sleep 0.1; done
    kill -KILL -- "-$pid" 2>/dev/null || true
  fi
  rm -f "$DATA/run/$part.pid"
}

ATTENDED='' UNFINISHED=()

# attend LOG COMMAND...: waits for it; its output is added to LOG, or shown for "-". Other than a command in the
# foreground, it ends at once with all that it has started when the launcher is interrupted or told to stop. (With "attend
# ... >LOG" what the launcher says then would go there, too.)
attend() {
  local log=$1 result=0
  shift
  if [[ $log == - ]]; then setsid "$@" </dev/null 9>&- & else setsid "$@" </dev/null >>"$log" 2>&1 9>&- & fi
  ATTENDED=$!
  wait "$ATTENDED" || result=$?
  ATTENDED=''
  return "$result"
}

# Ends what attend was waiting for, and removes what that has left half done: the files and folders in UNFINISHED.
end_attended() {
  if [[ -n $ATTENDED ]]; then
    local deadline=$((SECONDS + 10))
    kill -TERM -- "-$ATTENDED" 2>/dev/null || true
    while kill -0 -- "-$ATTENDED" 2>/dev/null && ((SECONDS < deadline)); do sleep 0.1; done
    kill -KILL -- "-$ATTENDED" 2>/dev/null || true
    ATTENDED=''
  fi
  ((${#UNFINISHED[@]} == 0)) || rm -rf "${UNFINISHED[@]}"
  UNFINISHED=()
}

# await PART SECONDS CONDITION...: until CONDITION holds; 1 when PART ends before, 2 when time is up.
await() {
  local part=$1 deadline=$((SECONDS + $2))
  shift 2
  until "$@"; do
    runs "$part" || return 1
    ((SECONDS < deadline)) || return 2
    sleep 0.2
  done
}

# explain_await RESULT SECONDS: what await's result means.
explain_await() {
  if (($1 == 1)); then echo "it ended"; else echo "no answer within $2 s"; fi
}
