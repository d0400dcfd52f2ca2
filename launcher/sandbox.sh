# The simulated clouds, in a process of their own.
# shellcheck shell=bash

SANDBOX_CLOUDS=sandbox/clouds.yaml

DEFAULT_FEDERATION=$ROOT/samples/federations/default.yaml

# The simulated clouds in the order of their ports. A file that is laid out in a way that this does not see through is the
# sandbox's to read, which tells of a busy port as well.
cloud_names() {
  awk '/^[^ #-]/ {within = /^clouds:/}
    within && match($0, /^ *- +name: *[^ #]+/) && (indent == "" || index($0, "-") == indent) {
      indent = index($0, "-"); sub(/^ *- +name: */, ""); gsub(/["'"'"',]| .*/, ""); print }' "${SANDBOX:-$DEFAULT_FEDERATION}"
}

start_sandbox() {
  local log=$DATA/logs/sandbox.log
  mkdir -p -m 700 "$DATA/sandbox"
  local arguments=(--base-port "$SANDBOX_PORT" --state "$DATA/sandbox/state"
    --clouds-yaml "$DATA/$SANDBOX_CLOUDS")
  [[ -z $SANDBOX ]] || arguments+=(--federation "$SANDBOX")
  : >"$log"
  launch sandbox "$JAVA_HOME/bin/java" -Xmx384m -jar "$SANDBOX_JAR" "${arguments[@]}"
  local result=0
  # A hundred clouds take a while on a busy machine.
  await sandbox 120 grep -q '^sandbox ready' "$log" || result=$?
  ((result == 0)) || fail_step "the simulated clouds did not start: $(explain_await $result 120)" "see $log" "$log"
}

stop_sandbox() { end sandbox TERM 15; }
