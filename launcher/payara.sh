# Payara Server with the EAR. Its domain holds nothing of value: when the EAR, the server or its settings change, it is
# made anew, which also never meets what a failed deployment leaves behind.
# shellcheck shell=bash

# Seconds; a busy machine takes its time, and a server that dies is noticed at once. PAYARA_PATIENCE is for the start and for
# the first good answer.
PAYARA_PATIENCE=300 DEPLOY_PATIENCE=900

# start_payara SERVER: its domain has its name.
start_payara() {
  local server=$1 domains=$DATA/payara log=$DATA/logs/payara-start.log wanted deploy=no
  local domain=$domains/$server
  wanted=$(cksum "$EAR" "$ROOT/launcher/payara.sh"; echo "$PAYARA $JDBC $(server_port "$server") $(heap)")
  if [[ ! -r $domain/made-from || $(<"$domain/made-from") != "$wanted" ]]; then
    rm -rf "$domain"
    make_domain "$domain" "$server"
    deploy=yes
  fi
  # what a killed server left here may be the number of a stranger by now
  rm -f "$domain/config/pid"
  application_settings "$server" setsid "$PAYARA/payara6/bin/asadmin" --interactive=false start-domain --domaindir "$domains" \
    --prebootcommandfile "$domain/before-boot" "$server" </dev/null >"$log" 2>&1 9>&- &
  STARTER=$!
  local result=0
  remember "$server" "$STARTER" # until the server's own process is known
  await_server "$server" "$domain" "$STARTER" || result=$?
  if ((result == 0)) && [[ $deploy == yes ]]; then
    # Not as a command file for after the boot: the deployment then runs beside the server's own late services and at
    # times locks up with them over the configuration.
    attend "$log" timeout --foreground "$DEPLOY_PATIENCE" "$PAYARA/payara6/bin/asadmin" --interactive=false \
      --port "$(server_port "$server" "$ADMIN_OFFSET")" deploy --name isthmus "$EAR" || result=$(($? == 124 ? 4 : 3))
    ((result == 0)) || runs "$server" || result=1
  fi
  if ((result == 0)); then await "$server" "$PAYARA_PATIENCE" application_ready "$server" || result=$?; fi
  if ((result != 0)); then
    server_errors "$domain" >>"$log"
    fail_step "Isthmus did not start on Payara: $(explain_payara $result)" "./isthmus logs $server --data $DATA" "$log"
  fi
  echo "$wanted" >"$domain/made-from"
}

application_ready() { [[ $(http_status "$(server_port "$1")" /health/ready) == 200 ]]; }

# Several share the machine.
heap() { if ((NODES == 1)); then echo 1g; else echo 768m; fi; }

# Until the server's process is known and its administration answers; asadmin itself is done later.
await_server() {
  local server=$1 domain=$2 starter=$3 deadline=$((SECONDS + PAYARA_PATIENCE)) pid=''
  while true; do
    if [[ -z $pid ]]; then
      pid=$(cat "$domain/config/pid" 2>/dev/null || true)
      if [[ -n $pid ]]; then remember "$server" "$pid"; fi
    elif ! runs "$server"; then
      return 1
    fi
    if ! kill -0 "$starter" 2>/dev/null; then
      wait "$starter" || return 1
      return 0
    fi
    ((SECONDS < deadline)) || return 2
    sleep 0.2
  done
}

explain_payara() {
  case $1 in
    1) echo "the server ended" ;;
    2) echo "no answer within $PAYARA_PATIENCE s" ;;
    3) echo "the deployment failed" ;;
    4) echo "the deployment did not end within $DEPLOY_PATIENCE s" ;;
  esac
}

# What the server's log says of the cause; its last lines where nothing in it looks like one.
server_errors() {
  local log=$1/logs/server.log
  [[ -s $log ]] || return 0
  { grep -hE 'SEVERE|Caused by|Exception|Error' "$log" || tail -n 12 "$log"; } | cut -c1-400 | tail -n 12
}

make_domain() {
  local domain=$1 name=$2 server=configs.config.server-config
  mkdir -p -m 700 "$(dirname "$domain")"
  cp -r "$PAYARA/payara6/glassfish/domains/domain1" "$domain"
  chmod 700 "$domain"
  cp "$JDBC"/postgresql-*.jar "$domain/lib/"
  mkdir -m 700 "$domain/tmp"
  # Its own folder for what is on the way: in the machine's, another user's file of the same name would be in its way.
  # No recycled frames of HTTP/2: one whose headers were too large stays marked so, and makes the server answer 431 to others.
  # The clouds' connections are looked through at each call: those that were only needed once are not to stay for 20 minutes.
  # shellcheck disable=SC2016
  sed -i -e 's|<jvm-options>-Xmx512m</jvm-options>|<jvm-options>-Xmx'"$(heap)"'</jvm-options><jvm-options>-Djava.io.tmpdir=${com.sun.aas.instanceRoot}/tmp</jvm-options><jvm-options>-Dorg.glassfish.grizzly.http2.frames.Http2Frame.dont-recycle=true</jvm-options><jvm-options>-Djdk.httpclient.keepalive.timeout=60</jvm-options>|' \
    "$domain/config/domain.xml"
  local idle http=$server.network-config.network-listeners.network-listener
  local protocol=$server.network-config.protocols.protocol.http-listener-1.http orb=$server.iiop-service.iiop-listener
  idle=$(server_port "$name" "$IDLE_OFFSET")
  cat >"$domain/before-boot" <<EOF
set $http.http-listener-1.port=$(server_port "$name")
set $http.http-listener-1.address=127.0.0.1
set $http.http-listener-2.enabled=false
set $protocol.xpowered-by=false
set $protocol.server-header=false
set $protocol.http2-max-header-list-size-in-bytes=8192
set $http.admin-listener.port=$(server_port "$name" "$ADMIN_OFFSET")
set $http.admin-listener.address=127.0.0.1
set $orb.orb-listener-1.enabled=false
set $orb.orb-listener-1.port=$idle
set $orb.orb-listener-1.address=127.0.0.1
set $orb.SSL.enabled=false
set $orb.SSL.port=$((idle + 1))
set $orb.SSL.address=127.0.0.1
set $orb.SSL_MUTUALAUTH.enabled=false
set $orb.SSL_MUTUALAUTH.port=$((idle + 2))
set $orb.SSL_MUTUALAUTH.address=127.0.0.1
set $server.thread-pools.thread-pool.http-thread-pool.max-thread-pool-size=48
set $protocol.timeout-seconds=120
set $server.admin-service.jmx-connector.system.enabled=false
set $server.admin-service.jmx-connector.system.port=$((idle + 3))
set $server.admin-service.jmx-connector.system.address=127.0.0.1
set $server.hazelcast-config-specific-configuration.enabled=false
EOF
  # Behind the balancer, which says how the browser asked.
  ((NODES == 1)) || echo "set $protocol.scheme-mapping=X-Forwarded-Proto" >>"$domain/before-boot"
  # ${ENV=...} is Payara's to expand, from its environment: no secret lies in its files
  # shellcheck disable=SC2016
  sed -i -E '/<\/resources>/i\
<jdbc-connection-pool name="IsthmusPool" datasource-classname="org.postgresql.ds.PGSimpleDataSource" res-type="javax.sql.DataSource" max-pool-size="64" steady-pool-size="4" is-connection-validation-required="true" connection-validation-method="custom-validation" validation-classname="org.glassfish.api.jdbc.validation.PostgresConnectionValidation" fail-all-connections="true"><property name="URL" value="${ENV=ISTHMUS_DATABASE_URL}"/><property name="user" value="${ENV=ISTHMUS_DATABASE_USER}"/><property name="password" value="${ENV=ISTHMUS_DATABASE_PASSWORD}"/></jdbc-connection-pool>\
<jdbc-resource pool-name="IsthmusPool" jndi-name="jdbc/isthmus"/>' "$domain/config/domain.xml"
  # No message broker: an embedded one, which nothing here uses, would listen on every interface.
  sed -i -E '/<config name="server-config">/a\
<jms-service type="REMOTE" default-jms-host="default_JMS_host"><jms-host name="default_JMS_host" host="127.0.0.1" port="'$((idle + 4))'" lazy-init="true"/></jms-service>' "$domain/config/domain.xml"
  sed -i -E '/<server .*name="server"/,/<\/server>/ s|</server>|<resource-ref ref="jdbc/isthmus"/></server>|' "$domain/config/domain.xml"
}

# application_settings SERVER COMMAND...: becomes it, with Isthmus' configuration in its environment, where MicroProfile Config
# reads it: secrets are then in no file of Payara's and in no process list.
application_settings() {
  local clouds=$CLOUDS node=()
  if ((NODES > 1)); then
    node=(ISTHMUS_TRUSTED_PROXIES=127.0.0.1)
    # Each plays a place of its own beside the simulated clouds, so that the loss of one is seen from more than one place.
    [[ $KIND != sandbox ]] || node+=("ISTHMUS_NODE_CLOUD=$1")
  fi
  shift
  [[ -n $clouds ]] || clouds=$DATA/$SANDBOX_CLOUDS
  if [[ -z $DATABASE ]]; then
    DATABASE_URL=jdbc:postgresql://127.0.0.1:$POSTGRES_PORT/isthmus DATABASE_USER=isthmus
    DATABASE_PASSWORD=$(secret database-password 24)
  fi
  exec env AS_JAVA="$JAVA_HOME" \
    ISTHMUS_MODE=evaluation \
    ISTHMUS_PUBLIC_URL="$PORTAL_URL" \
    ISTHMUS_CLOUDS_FILE="$clouds" \
    ${FACTS:+ISTHMUS_FACTS_FILE="$FACTS"} \
    ISTHMUS_OIDC_ISSUER="$ISSUER" \
    ISTHMUS_OIDC_CLIENT_ID=isthmus-portal \
    ISTHMUS_OIDC_CLIENT_SECRET="$(secret client-secret 24)" \
    ISTHMUS_ENCRYPTION_KEY_FILE="$(encryption_key_file)" \
    ISTHMUS_IMAGES_DIRECTORY="$DATA/images" \
    ISTHMUS_IMAGES_HTTP_SOURCES=true \
    ISTHMUS_METRICS_SCRAPE_TOKEN="$(secret metrics-token 24)" \
    ISTHMUS_DATABASE_URL="$DATABASE_URL" ISTHMUS_DATABASE_USER="$DATABASE_USER" \
    ISTHMUS_DATABASE_PASSWORD="$DATABASE_PASSWORD" \
    "${node[@]}" "$@"
}

# stop_payara SERVER
stop_payara() {
  end "$1" TERM 40
  # asadmin, while it still waits for the server that it has started
  [[ -z ${STARTER:-} ]] || kill "$STARTER" 2>/dev/null || true
}
