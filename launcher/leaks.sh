# Compares what clouds have with what is known, through the API of what runs.
# shellcheck shell=bash

leaks_usage() {
  cat <<'EOF'
usage: ./isthmus leaks [options]

Compares everything that carries Isthmus' mark in every cloud with what it knows, and the reverse:
  leaked    carries our mark, and no resource of a stack knows it
  missing   a resource is complete, and its cloud answers that it is not there
  unknown   carries a mark of a stack that was never here; it is never deleted
What could not be looked at is told, too.

options:
  --repair     delete what is leaked, but for volumes; each is looked at and judged once more before
  --volumes    with --repair: volumes too, whose data is lost
  --json       what was found as the API gives it
  --url URL    the API's address                          (default: what runs from the data folder)
  --data DIR   where the system was started               (default ./data)

It asks with the token in ISTHMUS_TOKEN, of an administrator of the federation; without one, and where the clouds are
simulated, as the well-known administrator.

The exit code is 0 when all is as it is known, 3 when something was found, 4 when all that was found was deleted,
1 when it failed or not all could be looked at and nothing was found, 127 when the command line is wrong.
EOF
}

LEAKS_HELP='./isthmus leaks --help shows how'

# bad_line PROBLEM: ends the command for a wrong command line.
bad_line() {
  (die "$1" "$LEAKS_HELP") || true
  TOLD=yes
  exit 127
}

leaks() {
  local repair=no volumes=no json=no url='' data=() settings
  while (($#)); do
    case $1 in
      -h | --help) leaks_usage; return ;;
      --repair) repair=yes ;;
      --volumes) volumes=yes ;;
      --json) json=yes ;;
      --url | --data)
        (($# > 1)) || bad_line "$1 needs a value"
        if [[ $1 == --data ]]; then data=(--data "$2"); else url=$2; fi
        shift
        ;;
      *) bad_line "unknown option: $1" ;;
    esac
    shift
  done
  [[ $volumes == no || $repair == yes ]] || bad_line "--volumes says what --repair deletes, and that is not given"
  [[ -z $url || $url =~ ^https?://[^[:space:]]+$ ]] || bad_line "--url $url is no address"
  [[ -z $url || -n ${ISTHMUS_TOKEN:-} ]] || bad_line "--url needs an administrator's access token in ISTHMUS_TOKEN"
  if [[ -z $url ]]; then
    find_data "${data[@]}"
    url=$PORTAL_URL/api/v1
    if [[ -z ${ISTHMUS_TOKEN:-} ]]; then
      read -r _ settings _ <"$DATA/settings" || settings=''
      [[ $settings == sandbox ]] || die "ISTHMUS_TOKEN is not set" "put an administrator's access token there"
    fi
  fi
  find_leaks "$url" "$repair" "$volumes" "$json"
}

# find_leaks URL REPAIR VOLUMES JSON
find_leaks() {
  local library
  need_java
  library=$(compgen -G "$ROOT/.dist/payara-*/payara6/glassfish/modules/jakarta.json.jar" | head -n 1) || true
  [[ -n $library ]] || die "Isthmus is not built here" "./isthmus run builds it"
  TOLD=yes
  ISTHMUS_ISSUER=${ISSUER:-} ISTHMUS_USER=admin ISTHMUS_PASSWORD=$ADMIN_PASSWORD \
    "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx128m -cp "$library" \
    "$ROOT/launcher/Leaks.java" "$@"
}
