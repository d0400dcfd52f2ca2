# Checks the audit log: an export, or the log of what runs.
# shellcheck shell=bash

audit_usage() {
  cat <<'EOF'
usage: ./isthmus audit verify FILE [--key ID]      checks an export of the audit log, offline
       ./isthmus audit verify --live [options]     checks the log as the API gives it now

It says whether every record is as it was sealed, and else which is the first that was changed, left out or put in.

options:
  --key ID     the key that has to have signed; without it, any that the seals name
  --seal FILE  seals that were kept elsewhere, as GET /audit/seals gives them, the oldest first, or an earlier export:
               the log must begin with what each of them closes, so that one that was made anew shows
  --live [URL] the API's address                                  (default: what runs from the data folder)
  --data DIR   where the system was started                       (default ./data)

--live asks with the token in ISTHMUS_TOKEN, of an administrator or auditor of the federation.

The exit code is 0 when all is as it was sealed, 1 when something is not, 2 when it could not be checked.
EOF
}

AUDIT_HELP='./isthmus audit --help shows how'

audit() {
  local file='' live=no url='' key='' seals='' data=()
  [[ ${1:-} != -h && ${1:-} != --help && $# != 0 ]] || { audit_usage; return; }
  [[ $1 == verify ]] || die "unknown: audit $1" "$AUDIT_HELP"
  shift
  while (($#)); do
    case $1 in
      -h | --help) audit_usage; return ;;
      --live)
        live=yes
        if [[ ${2:-} == http* ]]; then url=$2; shift; fi
        ;;
      --key | --data)
        (($# > 1)) || die "$1 needs a value" "$AUDIT_HELP"
        if [[ $1 == --data ]]; then data=(--data "$2"); else key=$2; fi
        shift
        ;;
      --seal)
        (($# > 1)) || die "$1 needs a value" "$AUDIT_HELP"
        seals=$(existing_file --seal "$2") || exit 1
        shift
        ;;
      -*) die "unknown option: $1" "$AUDIT_HELP" ;;
      *)
        [[ -z $file ]] || die "more than one file: $file, $1" "give one"
        file=$(existing_file FILE "$1") || exit 1
        ;;
    esac
    shift
  done
  [[ $live == yes || -n $file ]] || die "what is to be checked?" "$AUDIT_HELP"
  [[ $live == no || -z $file ]] || die "--live and $file exclude each other" "give one of them"
  if [[ $live == yes ]]; then
    [[ -n ${ISTHMUS_TOKEN:-} ]] || die "ISTHMUS_TOKEN is not set" "put an administrator's or auditor's access token there"
    if [[ -z $url ]]; then
      find_data "${data[@]}"
      url=$PORTAL_URL/api/v1
    fi
  fi
  verify_audit "${file:-$url}" "$key" "$seals"
}

# verify_audit FILE-OR-URL KEY SEALS: by the very code that seals.
verify_audit() {
  local code json
  need_java
  code=$(compgen -G "$ROOT/domain/target/domain-*.jar" | head -n 1) || true
  json=$(compgen -G "$ROOT/.dist/payara-*/payara6/glassfish/modules/jakarta.json.jar" | head -n 1) || true
  [[ -n $code && -n $json ]] || die "Isthmus is not built here" "./isthmus run builds it"
  TOLD=yes
  "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -cp "$code:$json" "$ROOT/launcher/VerifyAudit.java" "$1" "$2" "$3"
}
