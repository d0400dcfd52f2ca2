# Fetches the servers through Maven and unpacks them once for all data folders. A folder appears under its name only
# when it is whole.
# shellcheck shell=bash

DIST=$ROOT/.dist

version_of() { sed -nE "s|.*<$1>([^<]+)</$1>.*|\1|p" "$ROOT/pom.xml" | head -n 1; }

name_dists() {
  local postgres
  postgres=$(version_of postgresql.binaries.version)
  [[ $(uname -m) != aarch64 ]] || postgres=$(version_of postgresql.binaries.arm.version)
  PAYARA=$DIST/payara-$(version_of payara.version)
  KEYCLOAK=$DIST/keycloak-$(version_of keycloak.version)
  POSTGRES=$DIST/postgresql-$postgres
  JDBC=$DIST/jdbc-$(version_of postgresql.version)
}

all_fetched() { has "$PAYARA" "$PAYARA_FILE" && has "$KEYCLOAK" "$KEYCLOAK_FILE" && has "$POSTGRES" "$POSTGRES_FILE" && has "$JDBC" "$JDBC_FILE"; }

# A file without which each is of no use, should somebody have cleaned up by half.
PAYARA_FILE=payara6/glassfish/domains/domain1/config/domain.xml
KEYCLOAK_FILE='keycloak-*/bin/kc.sh'
POSTGRES_FILE=share/postgresql/postgres.bki
JDBC_FILE='postgresql-*.jar'

# has FOLDER PATTERN
has() { compgen -G "$1/$2" >/dev/null; }

fetch_all() {
  fetch payara "$PAYARA" "$PAYARA_FILE" 'payara-*.zip'
  fetch keycloak "$KEYCLOAK" "$KEYCLOAK_FILE" 'keycloak-quarkus-dist-*.tar.gz'
  fetch postgresql "$POSTGRES" "$POSTGRES_FILE" 'embedded-postgres-binaries-linux-*.jar'
  fetch jdbc "$JDBC" "$JDBC_FILE" 'postgresql-*.jar'
}

# fetch NAME FOLDER FILE ARCHIVE: an archive that does not unpack is thrown away and fetched once more.
fetch() {
  local name=$1 folder=$2 file=$3 archive=$4 log=$DATA/logs/fetch-$1.log
  if has "$folder" "$file"; then return; fi
  mkdir -p "$DIST"
  rm -rf "$folder".partial
  UNFINISHED=("$folder.partial")
  if ! unpack "$name" "$folder.partial" "$log"; then
    say "the $name archive is broken or half downloaded: fetching it again"
    discard_archive "$archive"
    rm -rf "$folder".partial
    unpack "$name" "$folder.partial" "$log" ||
      fail_step "cannot fetch $name" "check the network and the Maven settings (log: $log)" "$log"
  fi
  rm -rf "$folder".partial/.markers
  chmod -R a+rX "$folder.partial"
  [[ $name != payara ]] || chmod +x "$folder.partial"/payara6/bin/asadmin "$folder.partial"/payara6/glassfish/bin/asadmin
  rm -rf "$folder"
  mv "$folder.partial" "$folder"
  UNFINISHED=()
}

unpack() {
  local goal=unpack
  [[ $1 != jdbc ]] || goal=copy
  : >"$3"
  attend "$3" env -C "$ROOT/launcher" "$MVN" -B -q "dependency:$goal@$1" "-Dfetch.to=$2" || return 1
  case $1 in
    jdbc) jar --list --file "$2"/postgresql-*.jar >/dev/null 2>>"$3" ;; # nothing else has looked into it
    postgresql) tar -xJf "$2"/postgres-linux-*.txz -C "$2" >>"$3" 2>&1 && rm -f "$2"/postgres-linux-*.txz ;;
  esac
}

discard_archive() {
  local repository
  repository=$("$MVN" -B -q help:evaluate -Dexpression=settings.localRepository -DforceStdout 2>/dev/null || true)
  [[ -d $repository ]] || repository=~/.m2/repository # known without HOME, too
  find "$repository/fish/payara/distributions" "$repository/org/keycloak/keycloak-quarkus-dist" \
    "$repository/io/zonky/test/postgres" "$repository/org/postgresql/postgresql" -name "$1*" -delete 2>/dev/null || true
}
