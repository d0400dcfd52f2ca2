# PostgreSQL: one server for Isthmus and for Keycloak, on a folder that is kept.
# shellcheck shell=bash

# PostgreSQL refuses to run as root. As root we become "nobody"; where "nobody" may not enter our folders
# (a checkout under /root), a user namespace in which root has no name does as well.
choose_postgres_user() {
  AS_POSTGRES=()
  POSTGRES_OWNER=''
  ((EUID == 0)) || return 0
  local nobody=(setpriv --reuid=nobody "--regid=$(id -gn nobody)" --clear-groups)
  if "${nobody[@]}" test -x "$POSTGRES/bin/postgres" -a -x "$DATA"; then
    AS_POSTGRES=("${nobody[@]}")
    POSTGRES_OWNER=nobody
  elif unshare -U true 2>/dev/null; then
    AS_POSTGRES=(unshare -U)
  else
    fail_step "PostgreSQL does not run as root, and user nobody may not read $POSTGRES and $DATA" \
      "move the checkout and --data out of root's home"
  fi
}

start_postgres() {
  local data=$DATA/postgres log=$DATA/logs/postgres.log
  choose_postgres_user
  local password
  password=$(secret database-password 24)
  # The realm of a first start that failed has addresses in it that this one need not have; there is nothing else yet.
  came_up_before || rm -rf "$data"
  if [[ ! -f $data/PG_VERSION ]]; then
    init_postgres "$data" "$password" "$log"
  fi
  # A pid file left by a crash stops nobody: PostgreSQL checks it. But its pid may belong to a stranger by now.
  if [[ -f $data/postmaster.pid ]] && ! postgres_is_ours "$(head -n 1 "$data/postmaster.pid")"; then rm -f "$data/postmaster.pid"; fi
  touch "$log"
  launch postgres "${AS_POSTGRES[@]}" "$POSTGRES/bin/postgres" -D "$data" -p "$POSTGRES_PORT" \
    -c shared_buffers=512MB -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=$((135 + 65 * NODES))
  local result=0
  await postgres 60 port_answers "$POSTGRES_PORT" || result=$?
  ((result == 0)) || fail_step "PostgreSQL did not start: $(explain_await $result 60)" "see $log" "$log"
}

postgres_is_ours() { tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null | grep -qF -- "-D $DATA/postgres"; }

# The cluster appears under its name only when it is whole. It has no client tool, hence the two databases are made in
# the server's single-user mode.
init_postgres() {
  local data=$1 password=$2 log=$3 fresh=$DATA/postgres.partial
  rm -rf "$fresh"
  if [[ -n $POSTGRES_OWNER ]]; then
    install -d -o nobody -g "$(id -gn nobody)" -m 700 "$fresh"
  else
    install -d -m 700 "$fresh"
  fi
  "${AS_POSTGRES[@]}" "$POSTGRES/bin/initdb" -D "$fresh" -U isthmus --auth=trust -E UTF8 --locale=C.UTF-8 \
    --no-instructions >>"$log" 2>&1 ||
    fail_step "initdb failed" "see $log" "$log"
  printf "alter user isthmus password '%s';\n\ncreate database isthmus;\n\ncreate database keycloak;\n\n" "$password" |
    "${AS_POSTGRES[@]}" "$POSTGRES/bin/postgres" --single -j -c exit_on_error=true -D "$fresh" postgres >>"$log" 2>&1 ||
    fail_step "cannot create the databases" "see $log" "$log"
  echo 'host all all 127.0.0.1/32 scram-sha-256' >"$fresh/pg_hba.conf"
  mv "$fresh" "$data"
}

# The database that --database names: asked before anything starts, with the driver that Isthmus will use.
check_database() {
  local answer
  answer=$(ISTHMUS_DATABASE_URL=$DATABASE_URL ISTHMUS_DATABASE_USER=$DATABASE_USER ISTHMUS_DATABASE_PASSWORD=$DATABASE_PASSWORD \
    "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx64m -cp "$(compgen -G "$JDBC/$JDBC_FILE")" \
    "$ROOT/launcher/Database.java" 2>&1) || fail_step "${answer%%$'\n'*}" "${answer#*$'\n'}"
}

# INT is PostgreSQL's fast stop: sessions are ended, the log is flushed.
stop_postgres() { end postgres INT 30; }
