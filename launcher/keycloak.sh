# Keycloak: people, their credentials and organizations. Its realm is imported at the first start.
# shellcheck shell=bash

REALM=$ROOT/identity/src/main/realm/isthmus-realm.json

start_keycloak() {
  local home=$DATA/keycloak log=$DATA/logs/keycloak.log first=no
  place_keycloak "$home"
  [[ $KIND != clouds ]] || read_new_passwords
  if ! came_up_before; then
    first=yes
    fill_realm "$home/data/import"
  fi
  : >"$log"
  # start-dev speaks plain HTTP, which on the loopback interface is what an evaluation wants
  KC_BOOTSTRAP_ADMIN_USERNAME=keycloak-admin KC_BOOTSTRAP_ADMIN_PASSWORD=$(secret keycloak-admin-password 16) \
  KC_DB_PASSWORD=$(secret database-password 24) \
  JAVA_OPTS_KC_HEAP='-Xms64m -Xmx512m' \
    launch keycloak "$home/bin/kc.sh" start-dev --import-realm \
    --http-host=127.0.0.1 --http-port="$KEYCLOAK_PORT" --hostname="http://localhost:$KEYCLOAK_PORT" \
    --db=postgres --db-url="jdbc:postgresql://127.0.0.1:$POSTGRES_PORT/keycloak" --db-username=isthmus
  local result=0
  await keycloak 900 keycloak_answers || result=$?
  ((result == 0)) || fail_step "Keycloak did not start: $(explain_await $result 900)" "see $log" "$log"
  [[ $first == no ]] || rm -rf "$home/data/import"
}

keycloak_answers() { [[ $(http_status "$KEYCLOAK_PORT" /realms/isthmus/.well-known/openid-configuration) == 200 ]]; }

# Keycloak writes beside its own code (the build step's result), so each data folder has a tree of its own: links to the
# shared libraries, copies of what is written.
place_keycloak() {
  local home=$1 source entry
  source=$(find "$KEYCLOAK" -mindepth 1 -maxdepth 1 -type d -name 'keycloak-*')
  [[ -r $home/.from && $(<"$home/.from") == "$source" ]] && return
  rm -rf "$home"
  mkdir -p -m 700 "$home/data/import"
  cp -r "$source/conf" "$source/bin" "$home/"
  chmod +x "$home/bin/kc.sh"
  cp -rs "$source/lib" "$home/lib"
  for entry in providers themes; do [[ ! -d $source/$entry ]] || cp -r "$source/$entry" "$home/"; done
  # what the build step replaces must not be a link into the shared tree
  rm -rf "$home/lib/quarkus"
  cp -r "$source/lib/quarkus" "$home/lib/quarkus"
  echo "$source" >"$home/.from"
}

# The realm with its secrets filled in; it lies there only until it is imported.
fill_realm() {
  local folder=$1
  mkdir -p -m 700 "$folder"
  (umask 077 && sed -e "s|@CLIENT_SECRET@|$(secret client-secret 24)|" -e "s|@PUBLIC_URL@|$PORTAL_URL|g" \
    -e "s|@DIRECT_GRANTS@|true|" -e "s|@ALICE_PASSWORD@|$ALICE_PASSWORD|" -e "s|@BOB_PASSWORD@|$BOB_PASSWORD|" \
    -e "s|@ADMIN_PASSWORD@|$ADMIN_PASSWORD|" "$REALM" >"$folder/isthmus-realm.json")
}

# With real clouds the first users' passwords are nobody's to guess. They are kept from when they are made until they were
# shown, should the first start be interrupted in between.
read_new_passwords() {
  if ! came_up_before; then
    local name
    for name in alice bob admin; do secret "new-password-$name" 8 >/dev/null; done
  fi
  [[ -f $DATA/secrets/new-password-admin ]] || return 0
  ALICE_PASSWORD=$(secret new-password-alice 8) BOB_PASSWORD=$(secret new-password-bob 8)
  ADMIN_PASSWORD=$(secret new-password-admin 8)
  NEW_PASSWORDS=yes
}

forget_new_passwords() { rm -f "$DATA"/secrets/new-password-*; }

stop_keycloak() { end keycloak TERM 20; }
