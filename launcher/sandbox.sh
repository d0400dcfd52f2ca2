# The simulated clouds, in a process of their own.
# shellcheck shell=bash

SANDBOX_CLOUDS=sandbox/clouds.yaml

start_sandbox() {
  local log=$DATA/logs/sandbox.log
  mkdir -p -m 700 "$DATA/sandbox"
  local arguments=(--base-port "$SANDBOX_PORT" --state "$DATA/sandbox/state"
    --clouds-yaml "$DATA/$SANDBOX_CLOUDS")
  [[ -z $SANDBOX ]] || arguments+=(--federation "$SANDBOX")
  : >"$log"
  launch sandbox "$JAVA_HOME/bin/java" -Xmx384m -jar "$SANDBOX_JAR" "${arguments[@]}"
  local result=0
  await sandbox 60 grep -q '^sandbox ready' "$log" || result=$?
  ((result == 0)) || fail_step "the simulated clouds did not start: $(explain_await $result 60)" "see $log" "$log"
}

stop_sandbox() { end sandbox TERM 15; }
