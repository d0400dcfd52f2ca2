# What the machine must have: tools, Java, memory, disk, free ports. Installs what it may (root on Debian).
# shellcheck shell=bash

readonly JAVA_AT_LEAST=17
readonly MEMORY_MIB=2600    # Payara 1100, Keycloak 700, sandbox 300, PostgreSQL 200, and the page cache
readonly NODE_MIB=1000      # each further Payara
readonly FIRST_DISK_MIB=3000 # servers unpacked, Maven's repository, build output
readonly DATA_DISK_MIB=300   # Keycloak's and Payara's own trees, databases, logs

may_install() { [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null; }

# need TOOL PACKAGE: a tool on the PATH, installed when that is possible.
need() {
  local tool=$1 package=$2
  command -v "$tool" >/dev/null && return
  may_install || die "$tool is missing" "install it, on Debian: apt-get install $package"
  install_packages "$package"
  command -v "$tool" >/dev/null || die "$tool is still missing after installing $package" "install it by hand"
}

install_packages() {
  say "installing: $*"
  local log
  log=$(mktemp)
  if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    die "apt-get could not install $*" "install by hand, then start again"
  fi
  rm -f "$log"
}

# Sets JAVA_HOME to a JDK that is new enough.
need_java() {
  if [[ -n ${JAVA_HOME:-} ]]; then
    [[ -x $JAVA_HOME/bin/java ]] || die "JAVA_HOME=$JAVA_HOME holds no Java" "unset it or point it to a JDK $JAVA_AT_LEAST"
  else
    need javac openjdk-17-jdk-headless
    JAVA_HOME=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
  fi
  local version
  version=$("$JAVA_HOME/bin/java" -version 2>&1 | sed -nE 's/.* version "([0-9]+).*/\1/p' | head -n 1)
  ((${version:-0} >= JAVA_AT_LEAST)) ||
    die "Java ${version:-?} in $JAVA_HOME is too old" "install JDK $JAVA_AT_LEAST or newer, on Debian: apt-get install openjdk-17-jdk-headless; then set JAVA_HOME"
  [[ -x $JAVA_HOME/bin/javac ]] ||
    die "$JAVA_HOME is a runtime without compiler" "install a JDK, on Debian: apt-get install openjdk-17-jdk-headless"
  export JAVA_HOME PATH="$JAVA_HOME/bin:$PATH"
}

# Sets MVN: an installed Maven from 3.8 on, else the wrapper, which fetches one.
need_maven() {
  MVN=$ROOT/mvnw
  local version
  if command -v mvn >/dev/null; then
    version=$(mvn -v 2>/dev/null | sed -nE 's/\x1b\[[0-9;]*m//g; s/^Apache Maven ([0-9]+)\.([0-9]+).*/\1 \2/p')
    local major minor
    read -r major minor <<<"${version:-0 0}"
    if ((major > 3 || (major == 3 && minor >= 8))); then MVN=mvn; fi
  fi
}

MEMINFO=/proc/meminfo CGROUP=/sys/fs/cgroup

# What is available, on the machine or within the limit of this container.
memory_mib() {
  local cgroup=$CGROUP available limit=max used=0 within
  available=$(awk '/^MemAvailable/ {print int($2 / 1024)}' "$MEMINFO")
  if [[ -r $cgroup/memory.max ]]; then
    limit=$(<"$cgroup/memory.max")
    # files in the page cache are given up when memory is wanted
    used=$(($(<"$cgroup/memory.current") - $(awk '$1 == "inactive_file" {print $2}' "$cgroup/memory.stat")))
  elif [[ -r $cgroup/memory/memory.limit_in_bytes ]]; then
    limit=$(<"$cgroup/memory/memory.limit_in_bytes")
    used=$(($(<"$cgroup/memory/memory.usage_in_bytes") - $(awk '$1 == "total_inactive_file" {print $2}' "$cgroup/memory/memory.stat")))
  fi
  if [[ $limit != max ]]; then
    within=$(((limit - used) / 1048576))
    ((within >= available)) || available=$within
  fi
  echo "$available"
}

need_memory() {
  local available needed=$((MEMORY_MIB + NODE_MIB * (${NODES:-1} - 1)))
  available=$(memory_mib)
  ((available >= needed)) ||
    die "only $available MiB of memory are free, $needed are needed" "end something else or add memory"
}

ROOM_REMEDY='free some, or choose another place with --data DIR'

free_mib() { echo $(($(df -Pk "$1" | awk 'NR == 2 {print $4}') / 1024)); }

# Where so little is left, whatever failed has failed for that.
has_no_room() { [[ -d $DATA ]] && (($(free_mib "$DATA") < 4)); }

# need_disk FOLDER MIB REMEDY
need_disk() {
  local free
  free=$(free_mib "$1")
  ((free >= $2)) || die "only $free MiB are free under $1, $2 are needed" "$3"
}

port_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# need_port NUMBER PART
need_port() {
  port_answers "$1" || return 0
  local holder=''
  if command -v ss >/dev/null; then
    holder=$(ss -Hltnp "sport = :$1" 2>/dev/null | sed -nE 's/.*users:\(\("([^"]+)",pid=([0-9]+).*/ by \1 (pid \2)/p' | head -n 1)
  fi
  die "port $1, wanted for $2, is taken$holder" "stop that, or choose other ports with --port N"
}

# http_status PORT PATH: the answer's status code, 000 when there is none within 5 seconds.
http_status() {
  local status=''
  {
    exec 3<>"/dev/tcp/127.0.0.1/$1" || { echo 000; return; }
  } 2>/dev/null
  printf 'GET %s HTTP/1.0\r\nHost: localhost:%s\r\nConnection: close\r\n\r\n' "$2" "$1" >&3
  read -r -t 5 _ status _ <&3 || true
  exec 3>&- 3<&-
  echo "${status:-000}"
}

random_hex() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }
