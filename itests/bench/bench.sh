# What the benchmarks share: they are compiled with the launcher's API client and speak to a running Isthmus as alice.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
readonly ROOT
for part in say machine processes settings fetch nodes; do
  # shellcheck source=/dev/null
  source "$ROOT/launcher/$part.sh"
done

# given OPTION VALUE: the value is a number.
given() {
  [[ ${2:-} =~ ^[0-9]{1,5}$ ]] || die "$1 needs a number" "the head of $0 tells the options"
}

no_such_option() { die "unknown option: $1" "the head of $0 tells the options"; }

# Of the Isthmus on $PORT; for programs whose arguments name its addresses.
name_addresses() {
  need_java
  set_ports
  name_dists
}

# run_bench CLASS ARGUMENTS...: compiles and runs itests/bench/CLASS.java, as alice with the evaluation's password or $ISTHMUS_PASSWORD;
# $BESIDE names another class of that folder that it uses.
run_bench() {
  local class=$1 json=$PAYARA/payara6/glassfish/modules/jakarta.json.jar
  shift
  CLASSES=$(mktemp -d "${TMPDIR:-/tmp}/isthmus-bench.XXXXXX")
  trap 'rm -rf "$CLASSES"' EXIT
  [[ -r $json ]] || die "$json is not there" "./isthmus run fetches it"
  "$JAVA_HOME/bin/javac" -d "$CLASSES" -cp "$json" "$ROOT/launcher/Sample.java" ${BESIDE:+"$ROOT/itests/bench/$BESIDE.java"} \
    "$ROOT/itests/bench/$class.java"
  ISTHMUS_URL=$PORTAL_URL ISTHMUS_ISSUER=$ISSUER ISTHMUS_USER=alice ISTHMUS_PASSWORD=${ISTHMUS_PASSWORD:-alice} \
    "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx128m -cp "$CLASSES:$json" "$class" "$@"
}
