# What a run is told and what its data folder remembers: options, ports, secrets.
# shellcheck shell=bash

read_options() {
  PORT='' DATA=$ROOT/data NODES=1 CLOUDS='' FACTS='' SANDBOX='' DATABASE='' SAMPLE=yes DETACH=no
  while (($#)); do
    case $1 in
      --no-sample) SAMPLE=no ;;
      --detach) DETACH=yes ;;
      --port | --data | --nodes | --clouds | --facts | --sandbox | --database)
        (($# > 1)) || die "$1 needs a value" "./isthmus help shows the options"
        case $1 in
          --port) PORT=$2 ;;
          --data) DATA=$2 ;;
          --nodes) NODES=$2 ;;
          --clouds) CLOUDS=$(existing_file "$1" "$2") || exit 1 ;;
          --facts) FACTS=$(existing_file "$1" "$2") || exit 1 ;;
          --sandbox) SANDBOX=$(existing_file "$1" "$2") || exit 1 ;;
          --database) DATABASE=$2 ;;
        esac
        shift
        ;;
      *) die "unknown option: $1" "./isthmus help shows the options" ;;
    esac
    shift
  done
  [[ -z $PORT || ($PORT =~ ^[0-9]{1,5}$ && $PORT -ge 1024 && $PORT -le 65000) ]] ||
    die "--port $PORT is no usable port" "give a number from 1024 to 65000"
  [[ $NODES =~ ^[0-9]{1,2}$ && $NODES -ge 1 && $NODES -le $MOST_NODES ]] ||
    die "--nodes $NODES is no number of servers" "give a number from 1 to $MOST_NODES"
  [[ -z $CLOUDS || -z $SANDBOX ]] || die "--clouds and --sandbox exclude each other" "give one of them"
  [[ -z $FACTS || -n $CLOUDS ]] || die "--facts describes real clouds" "give --clouds FILE with it"
  [[ -z $DATABASE ]] || read_database_url
  DATA=$(readlink -m "$DATA")
}

# postgresql://USER:PASSWORD@HOST[:PORT]/NAME, as PostgreSQL's own tools take it, %-escapes included. The password is not
# told again.
read_database_url() {
  [[ $DATABASE =~ ^(jdbc:)?postgres(ql)?://([^:@/]+):([^@/]+)@([^@/]+/[^@/]+)$ ]] ||
    die "--database is no address of a PostgreSQL database" \
      "write postgresql://USER:PASSWORD@HOST:PORT/NAME, with %40 for @, %2F for / and %3A for : in USER or PASSWORD"
  DATABASE_URL=jdbc:postgresql://${BASH_REMATCH[5]}
  DATABASE_PASSWORD=$(unescape "${BASH_REMATCH[4]}")
  DATABASE_USER=$(unescape "${BASH_REMATCH[3]}")
}

unescape() {
  local text=${1//\\/\\\\}
  printf '%b' "${text//%/\\x}"
}

existing_file() {
  [[ -r $2 && -f $2 ]] || die "$1 $2: no such readable file" "check the path"
  readlink -f "$2"
}

# A data folder belongs to one port, one set of clouds and one database: addresses of all are written into the realm and
# the database.
open_data() {
  # Others may pass through, to PostgreSQL's own folder; what is secret is closed by its own mode.
  {
    (umask 077 && mkdir -p "$DATA") && chmod 711 "$DATA" && mkdir -p -m 700 "$DATA/run" "$DATA/logs" "$DATA/secrets" &&
      : >>"$DATA/run/lock"
  } 2>/dev/null || die "cannot make a folder of $(id -un)'s own at $DATA" "choose another place with --data DIR"
  exec 9>>"$DATA/run/lock"
  flock -n 9 || die "another ./isthmus works on $DATA" "wait for it, or ./isthmus stop --data $DATA"
  local kind=sandbox database=own
  [[ -z $CLOUDS ]] || kind=clouds
  [[ -z $DATABASE ]] || database=given
  if came_up_before; then
    local kept_port kept_kind kept_database
    read -r kept_port kept_kind kept_database <"$DATA/settings"
    [[ -z $PORT || $PORT == "$kept_port" ]] ||
      die "$DATA was made for port $kept_port" "start with --port $kept_port, or choose another folder with --data DIR"
    [[ $kind == "$kept_kind" ]] ||
      die "$DATA was made for $(describe_kind "$kept_kind")" "start it that way, or choose another folder with --data DIR"
    [[ $database == "${kept_database:-own}" ]] ||
      die "$DATA was made $(if [[ $kept_database == given ]]; then echo with --database; else echo without --database; fi)" \
        "start it that way, or choose another folder with --data DIR"
    use_kept_federation
    PORT=$kept_port
  fi
  PORT=${PORT:-8080}
  KIND=$kind DATABASE_KIND=$database
  set_ports
}

describe_kind() { if [[ $1 == clouds ]]; then echo "real clouds (--clouds)"; else echo "simulated clouds"; fi; }

# Only what came up whole is remembered, so that a wrong first try binds nobody.
keep_settings() {
  [[ -z $SANDBOX || $SANDBOX == "$DATA/$KEPT_FEDERATION" ]] || cp "$SANDBOX" "$DATA/$KEPT_FEDERATION"
  echo "$PORT $KIND $DATABASE_KIND" >"$DATA/settings"
}

came_up_before() { [[ -f $DATA/settings ]]; }

KEPT_FEDERATION=sandbox/federation.yaml

# The clouds of the first start are simulated again; others at the same addresses would be taken for them.
use_kept_federation() {
  local kept=$DATA/$KEPT_FEDERATION
  if [[ -z $SANDBOX ]]; then
    [[ ! -f $kept ]] || SANDBOX=$kept
  else
    cmp -s "$SANDBOX" "$kept" ||
      die "$DATA was made for other simulated clouds than $SANDBOX" "start without --sandbox, or choose another folder with --data DIR"
  fi
}

# For commands that look at a run: the data folder must be there.
find_data() {
  read_options "$@"
  [[ -d $DATA/run ]] || die "nothing was started in $DATA" "./isthmus run starts it; --data DIR names another folder"
  [[ -r $DATA/run/port ]] && PORT=$(<"$DATA/run/port")
  PORT=${PORT:-8080}
  [[ -r $DATA/run/nodes ]] && NODES=$(<"$DATA/run/nodes")
  set_ports
}

# Those of several servers are at N+10, N+20 and so on: nodes.sh.
set_ports() {
  KEYCLOAK_PORT=$((PORT + 100))
  POSTGRES_PORT=$((PORT + 102))
  ADMIN_PORT=$((PORT + 103))
  IDLE_PORT=$((PORT + 104)) # the first of those that Payara insists on having although nothing of ours uses them
  SANDBOX_PORT=$((PORT + 120))
  SANDBOX_CONTROL_PORT=$((PORT + 210))
  PORTAL_URL=http://localhost:$PORT
  ISSUER=http://localhost:$KEYCLOAK_PORT/realms/isthmus
  PARTS=(postgres sandbox keycloak)
  local server
  for server in $(servers); do PARTS+=("$server"); done
  ((NODES == 1)) || PARTS+=(balancer)
}

# secret NAME BYTES: made once, kept with mode 0600.
secret() {
  local file=$DATA/secrets/$1
  [[ -s $file ]] || (umask 077 && random_hex "$2" >"$file.new" && mv "$file.new" "$file")
  cat "$file"
}

# The key under which credentials at rest are encrypted: 32 bytes in Base64.
encryption_key_file() {
  local file=$DATA/secrets/encryption-key
  [[ -s $file ]] || (umask 077 && head -c 32 /dev/urandom | base64 >"$file.new" && mv "$file.new" "$file")
  echo "$file"
}
