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

all_fetched() { [[ -d $PAYARA && -d $KEYCLOAK && -d $POSTGRES && -d $JDBC ]]; }

fetch_all() {
  fetch payara "$PAYARA" 'payara-*.zip'
  fetch keycloak "$KEYCLOAK" 'keycloak-quarkus-dist-*.tar.gz'
  fetch postgresql "$POSTGRES" 'embedded-postgres-binaries-linux-*.jar'
  fetch jdbc "$JDBC" 'postgresql-*.jar'
}

# fetch NAME FOLDER ARCHIVE: an archive that does not unpack is thrown away and fetched once more.
fetch() {
  local name=$1 folder=$2 archive=$3 log=$DATA/logs/fetch-$1.log
  [[ -d $folder ]] && return
  mkdir -p "$DIST"
  rm -rf "$folder".partial
  if ! unpack "$name" "$folder.partial" "$log"; then
    say "the $name archive is broken or half downloaded: fetching it again"
    discard_archive "$archive"
    rm -rf "$folder".partial
    unpack "$name" "$folder.partial" "$log" ||
      fail_step "cannot fetch $name" "check the network and the Maven settings (log: $log)" "$log"
  fi
  rm -rf "$folder".partial/.markers
  chmod -R a+rX "$folder.partial"
  mv "$folder.partial" "$folder"
}

unpack() {
  local goal=unpack
  [[ $1 != jdbc ]] || goal=copy
  (cd "$ROOT/launcher" && "$MVN" -B -q "dependency:$goal@$1" "-Dfetch.to=$2") >"$3" 2>&1 || return 1
  [[ $1 != postgresql ]] || { tar -xJf "$2"/postgres-linux-*.txz -C "$2" >>"$3" 2>&1 && rm -f "$2"/postgres-linux-*.txz; }
}

discard_archive() {
  local repository
  repository=$("$MVN" -B -q help:evaluate -Dexpression=settings.localRepository -DforceStdout 2>/dev/null || true)
  [[ -d $repository ]] || repository=$HOME/.m2/repository
  find "$repository/fish/payara/distributions" "$repository/org/keycloak/keycloak-quarkus-dist" \
    "$repository/io/zonky/test/postgres" "$repository/org/postgresql/postgresql" -name "$1*" -delete 2>/dev/null || true
}
