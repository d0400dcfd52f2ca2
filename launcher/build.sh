# Builds the EAR and the sandbox when they are missing or older than their sources.
# shellcheck shell=bash

EAR=$ROOT/ear/target/isthmus.ear
SANDBOX_JAR=$ROOT/sandbox/target/isthmus-sandbox.jar

is_built() {
  [[ -f $EAR ]] || return 1
  local oldest=$EAR
  if [[ $KIND == sandbox ]]; then
    [[ -f $SANDBOX_JAR ]] || return 1
    [[ $SANDBOX_JAR -nt $EAR ]] || oldest=$SANDBOX_JAR
  fi
  local changed
  changed=$(cd "$ROOT" && find . \( -path ./itests -o -path ./launcher -o -path ./data -o -path ./.dist -o -path ./.git -o -name target \
    -o -name node_modules -o -path '*/frontend/generated' -o -path '*/frontend/index.html' \) -prune \
    -o -type f \( -name pom.xml -o -path '*/src/main/*' \) -newer "$oldest" -print -quit)
  [[ -z $changed ]]
}

build() {
  local log=$DATA/logs/build.log
  (cd "$ROOT" && "$MVN" -B package -Dmaven.test.skip=true -Dspotless.check.skip=true -pl ear,sandbox -am) >"$log" 2>&1 || {
    grep -E '^\[ERROR\]' "$log" | head -n 12 >&2 || true
    fail_step "the build failed" "see $log"
  }
  # The archives may be unchanged, hence older than the sources that were touched.
  touch "$EAR"
  [[ ! -f $SANDBOX_JAR ]] || touch "$SANDBOX_JAR"
}
