# Builds the EAR and the sandbox when they are missing or older than their sources.
# shellcheck shell=bash

EAR=$ROOT/ear/target/isthmus.ear
SANDBOX_JAR=$ROOT/sandbox/target/isthmus-sandbox.jar

is_built() {
  [[ -f $EAR ]] || return 1
  local oldest=$EAR
  if [[ -z $CLOUDS ]]; then
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
  # what is written by half would look newer than its sources
  UNFINISHED=("$EAR" "$SANDBOX_JAR")
  : >"$log"
  attend "$log" env -C "$ROOT" "$MVN" -B package -Dmaven.test.skip=true -Dspotless.check.skip=true -pl ear,sandbox -am ||
    fail_build "$log"
  UNFINISHED=()
  # The archives may be unchanged, hence older than the sources that were touched.
  touch "$EAR"
  [[ ! -f $SANDBOX_JAR ]] || touch "$SANDBOX_JAR"
}

fail_build() {
  local broken
  broken=$(broken_archive "$1")
  [[ -z $broken ]] || fail_step "the build failed: $broken is broken or half downloaded" "delete it, then start again" "$1"
  grep -E '^\[ERROR\]' "$1" >"$1.errors" || true
  fail_step "the build failed" "see $1" "$1.errors"
}

# broken_archive LOG: the archive in Maven's repository that the build could not read, if that was the cause.
broken_archive() {
  grep -E 'zip END header not found|error in opening zip file|invalid (LOC|CEN|END) header|Unexpected end of ZLIB|zip file is empty' "$1" |
    grep -oE '/[^ :;,'"'"'"()]+\.(jar|zip)' | head -n 1 || true
}
