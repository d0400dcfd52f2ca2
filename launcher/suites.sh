# The test suites. All but unit and widgets run against a system of their own: other ports, a data folder that is thrown away.
# shellcheck shell=bash

# The widgets come first, since their build makes sources newer than what the suite unit then builds for all others.
readonly SUITES=(widgets unit container browser clients fault)
# Of these two tests run at a time, where they say that they can: CONTRIBUTING.md.
readonly SIDE_BY_SIDE=${ISTHMUS_TEST_SIDE_BY_SIDE-container clients}
readonly SUITE_PORT=${ISTHMUS_TEST_PORT:-8900}

run_suites() {
  local suites=() suite
  LONG=()
  while (($#)); do
    case $1 in
      --long) LONG=(-Dlong=true) ;;
      unit | widgets | container | browser | clients | fault | network | nodes) suites+=("$1") ;;
      *) die "unknown suite: $1" "suites: ${SUITES[*]} network nodes; option: --long" ;;
    esac
    shift
  done
  ((${#suites[@]})) || suites=("${SUITES[@]}")
  need_java
  need_maven
  need node nodejs
  need npm npm
  need xz xz-utils
  local failed=() summary=() sum output
  output=$(mktemp "${TMPDIR:-/tmp}/isthmus-suite.XXXXXX")
  DATA='' NODES=0
  for suite in "${suites[@]}"; do
    if [[ $suite == widgets ]]; then
      say "suite widgets"
      check_widgets || failed+=(widgets)
      summary+=("$(printf '%-10s %s' widgets "$WIDGETS_NOTE")")
      continue
    fi
    if [[ $suite != unit ]] && ! has_tests "$suite"; then
      say "no tests in suite $suite yet"
      continue
    fi
    need_for "$suite"
    [[ $suite == unit ]] || have_system_of "$(servers_for "$suite")"
    say "suite $suite"
    forget_reports
    if run_suite "$suite" 2>&1 | tee "$output"; then
      summary+=("$(printf '%-10s %s' "$suite" "$(sum_reports)")")
    else
      failed+=("$suite")
      summary+=("$(printf '%-10s %s, failed:\n%s' "$suite" "$(sum_reports)" "$(what_failed "$output")")")
    fi
    sum=$(sum_reports)
    [[ $sum != 'Tests run: 0,'* ]] || failed+=("$suite (it ran no test)")
  done
  rm -f "$output"
  say "reports of the last suite are under */target/surefire-reports"
  ((${#summary[@]} == 0)) || printf '%s\n' "${summary[@]}"
  ((${#failed[@]} == 0)) || die "failed: $(IFS=,; echo "${failed[*]}")" "see above"
  say "suites passed"
}

has_tests() { grep -rqF "@Tag(\"$1\")" "$ROOT/itests/src/test/java"; }

forget_reports() { rm -rf "$ROOT"/*/target/surefire-reports; }

# What the reports of the suite just run add up to, in the words of Maven Surefire.
sum_reports() {
  find "$ROOT" -maxdepth 4 -path '*/target/surefire-reports/TEST-*.xml' -exec grep -hm1 '<testsuite ' {} + | awk '
    function value(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0 }
    { tests += value("tests"); failures += value("failures"); errors += value("errors"); skipped += value("skipped") }
    END { printf "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d\n", tests, failures, errors, skipped }'
}

# The first of what a suite's output calls an error, to be read again beneath all suites.
what_failed() { grep -E '^FAILED:|\[ERROR\]' "$1" | head -n 20 | sed 's/^/  /'; }

need_for() {
  [[ $1 != nodes ]] || need haproxy haproxy
  case $1 in
    browser | nodes)
      command -v chromium >/dev/null || command -v google-chrome >/dev/null || need chromium chromium
      ;;
    clients) need openstack python3-openstackclient ;;
  esac
}

# Builds the portal's own web components anew, with what npm's registry has of their locked dependencies, and compares
# them with what is committed and served. Sets WIDGETS_NOTE to what came out.
check_widgets() {
  local log=$ROOT/web-ui/target/widgets.log served=web-ui/src/main/webapp/widgets
  need git git
  mkdir -p "${log%/*}"
  # "package", since Maven 3 finds the EJB module domain of the same build only as an archive
  if ! (cd "$ROOT" && "$MVN" -B -P widgets package -pl web-ui -am -Dmaven.test.skip=true -Dspotless.check.skip=true) >"$log" 2>&1; then
    if grep -qE 'npm (error|ERR!) (code|errno) (E(NOTFOUND|AI_AGAIN|CONN[A-Z]+|TIMEDOUT|NETUNREACH|HOSTUNREACH|5[0-9][0-9])|ERR_SOCKET_TIMEOUT)' "$log"; then
      WIDGETS_NOTE="not checked, npm's registry $(npm config get registry) cannot be reached: check the network, or npm's registry and proxy settings"
    else
      grep -E 'npm (error|ERR!)|^\[ERROR\]' "$log" | head -n 12 >&2 || true
      WIDGETS_NOTE="not built: see $log"
    fi
    return 1
  fi
  if ! git -C "$ROOT" diff --exit-code --stat -- "$served" >&2 ||
    [[ -n $(git -C "$ROOT" ls-files --others --exclude-standard -- "$served") ]]; then
    WIDGETS_NOTE="$served differs from what its sources make: commit what was just built there"
    return 1
  fi
  WIDGETS_NOTE='as committed'
}

# Of how many servers the system is that a suite is run against.
servers_for() { if [[ $1 == nodes ]]; then echo 2; else echo 1; fi; }

# have_system_of N: starts it, or starts what is there anew with other servers on the same data.
have_system_of() {
  ((NODES != $1)) || return 0
  NODES=$1
  if [[ -z $DATA ]]; then
    start_system_under_test
    return
  fi
  "$ROOT/isthmus" stop --data "$DATA" || die "the system under test did not end" "see above"
  run_system_under_test
}

start_system_under_test() {
  DATA=$(mktemp -d "${TMPDIR:-/tmp}/isthmus-test.XXXXXX")
  PORT=$SUITE_PORT
  set_ports
  # shellcheck disable=SC2064  # the folder of now
  trap "end_system_under_test $(printf %q "$DATA")" EXIT
  # Tests wait for what a look at the clouds finds out: more looks, less of the wait.
  # Exported, because a test that kills the server starts it anew.
  export ISTHMUS_INVENTORY_INTERVAL=PT10S ISTHMUS_INVENTORY_RETRY_INTERVAL=PT3S
  # RetentionIT sees the rule at work.
  export ISTHMUS_AUDIT_RETENTION=PT3M ISTHMUS_AUDIT_RETENTION_INTERVAL=PT10S
  run_system_under_test
}

run_system_under_test() {
  "$ROOT/isthmus" run --port "$PORT" --data "$DATA" --nodes "$NODES" --no-sample --detach || die "the system under test did not start" "see above"
}

end_system_under_test() {
  "$ROOT/isthmus" stop --data "$1" || true
  rm -rf "$1"
}

run_suite() {
  if [[ $1 == unit ]]; then
    "$ROOT/launcher/tests.sh" && (cd "$ROOT" && "$MVN" -B "${LONG[@]}" verify)
    return
  fi
  local side_by_side=false
  [[ " $SIDE_BY_SIDE " != *" $1 "* ]] || side_by_side=true
  # Up to "package": Maven 3 finds EJB modules of the same build only as archives.
  (cd "$ROOT" && "$MVN" -B package -pl itests -am -Dmaven.main.skip=true -Dspotless.check.skip=true -Dlicense.skipAddThirdParty=true \
    "${LONG[@]}" -Dsuite="$1" -Dsuite.excluded= -Dtest='io.isthmus.itests.**' -Dsurefire.failIfNoSpecifiedTests=false \
    -DargLine="-Djunit.jupiter.execution.parallel.enabled=$side_by_side -Disthmus.url=$PORTAL_URL -Disthmus.issuer=$ISSUER -Disthmus.sandbox.control=http://127.0.0.1:$SANDBOX_CONTROL_PORT -Disthmus.clouds.file=$DATA/$SANDBOX_CLOUDS -Disthmus.data=$DATA -Disthmus.admin.port=$ADMIN_PORT")
}
