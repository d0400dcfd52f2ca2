# The test suites. All but the unit suite run against a system of their own: other ports, a data folder that is thrown away.
# shellcheck shell=bash

readonly SUITES=(unit container browser clients fault)
readonly SUITE_PORT=${ISTHMUS_TEST_PORT:-8900}

run_suites() {
  local suites=() suite
  while (($#)); do
    case $1 in
      unit | container | browser | clients | fault | network) suites+=("$1") ;;
      *) die "unknown suite: $1" "suites: ${SUITES[*]} network" ;;
    esac
    shift
  done
  ((${#suites[@]})) || suites=("${SUITES[@]}")
  need_java
  need_maven
  need node nodejs
  need npm npm
  local started=no failed=()
  DATA=''
  for suite in "${suites[@]}"; do
    if [[ $suite == unit ]]; then
      say "suite unit"
      (cd "$ROOT" && "$MVN" -B verify) || failed+=(unit)
      continue
    fi
    need_for "$suite"
    if [[ $started == no ]]; then
      start_system_under_test
      started=yes
    fi
    run_suite "$suite" || failed+=("$suite")
  done
  ((${#failed[@]} == 0)) || die "failed: ${failed[*]}" "the reports are under */target/surefire-reports"
  say "suites passed: ${suites[*]}"
}

need_for() {
  case $1 in
    browser)
      command -v chromium >/dev/null || command -v google-chrome >/dev/null || need chromium chromium
      ;;
    clients) need openstack python3-openstackclient ;;
  esac
}

start_system_under_test() {
  DATA=$(mktemp -d "${TMPDIR:-/tmp}/isthmus-test.XXXXXX")
  PORT=$SUITE_PORT
  set_ports
  # shellcheck disable=SC2064  # the folder of now
  trap "end_system_under_test $(printf %q "$DATA")" EXIT
  "$ROOT/isthmus" run --port "$PORT" --data "$DATA" --no-sample --detach || die "the system under test did not start" "see above"
}

end_system_under_test() {
  "$ROOT/isthmus" stop --data "$1" || true
  rm -rf "$1"
}

run_suite() {
  say "suite $1"
  (cd "$ROOT" && "$MVN" -B test -pl itests -am -Dvaadin.skip=true -Dsuite="$1" -Dsuite.excluded= -Dtest='io.isthmus.itests.**' \
    -Dsurefire.failIfNoSpecifiedTests=false \
    -DargLine="-Disthmus.url=$PORTAL_URL -Disthmus.issuer=$ISSUER -Disthmus.sandbox.control=http://127.0.0.1:$SANDBOX_CONTROL_PORT -Disthmus.clouds.file=$DATA/$SANDBOX_CLOUDS -Disthmus.data=$DATA -Disthmus.admin.port=$ADMIN_PORT")
}
