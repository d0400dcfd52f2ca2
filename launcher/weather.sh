# Weather of the simulated clouds, made through the sandbox's control port.
# shellcheck shell=bash

weather_usage() {
  cat <<'EOF'
usage: ./isthmus weather                        the weather over each simulated cloud
       ./isthmus weather CLOUD KIND [options]   makes it, in place of what was there
       ./isthmus weather CLOUD clear            fine weather again
       ./isthmus weather clear                  over all clouds

kinds:
  slow MS            every call takes MS milliseconds more
  errors RATE [N]    this share of calls, 0 to 1, fails with status N (500)
  limit N            more than N calls a second are refused with Retry-After
  lost RATE          this share of calls has its effect, and its answer is lost
  down               the whole cloud refuses connections; with an option below: 503
  dark               the whole cloud is gone: as down, and its servers are heard no more either
  hang               calls are not answered until the weather changes
  html, garbage      something else answers in the service's place
  images HOW         images that are sent to it arrive corrupted or truncated, or the connection ends in
                     their middle: broken
  no-capacity        no zone has room for one more server
  no-quota           the limits of all projects are 0
  expired            the certificate's time is over, of a cloud with "tls: true": none of the first three, but sto
                     after ./isthmus run --sandbox samples/federations/five-countries.yaml

options:
  --service S        only identity, compute, network, image, volume or load-balancer
  --region R         only this region
  --method M         only GET, POST, PUT, PATCH or DELETE
  --path REGEX       only where it is found in the path
  --times N          only the next N calls
  --add              beside what is there already
  --data DIR         where the system was started                              (default ./data)
EOF
}

weather() {
  local words=() data=() add=no filters=''
  while (($#)); do
    case $1 in
      -h | --help) weather_usage; return ;;
      --add) add=yes ;;
      --service | --region | --method | --path | --times | --data)
        (($# > 1)) || die "$1 needs a value" "$WEATHER_HELP"
        if [[ $1 == --data ]]; then data=(--data "$2"); else filters+=,$(weather_filter "$1" "$2") || exit 1; fi
        shift
        ;;
      -*) die "unknown option: $1" "$WEATHER_HELP" ;;
      *) words+=("$1") ;;
    esac
    shift
  done
  local rule=''
  if ((${#words[@]} > 1)) && [[ ${words[1]} != clear ]]; then
    rule=$(weather_rule "$filters" "${words[@]:1}") || exit 1
  elif ((${#words[@]} > 2)) || [[ ${#words[@]} == 1 && ${words[0]} != clear ]]; then
    die "which weather over ${words[0]}?" "$WEATHER_HELP"
  elif [[ -n $filters || $add == yes ]]; then
    die "options say on which calls a kind of weather falls, and no kind is named" "$WEATHER_HELP"
  fi
  find_data "${data[@]}"
  runs sandbox ||
    die "no simulated clouds run in $DATA" "./isthmus run starts them; the weather of real clouds is not ours to make"
  local cloud=/_sandbox/clouds/${words[0]:-}/weather
  if ((${#words[@]} == 0)); then
    control GET /_sandbox/weather
  elif [[ ${words[0]} == clear ]]; then
    control DELETE /_sandbox/weather
    control GET /_sandbox/weather
  elif [[ -z $rule ]]; then
    control DELETE "$cloud"
    control GET /_sandbox/weather
  elif [[ $add == yes ]]; then
    control POST "$cloud/rules" "$rule"
  else
    control PUT "$cloud" "{\"rules\": [$rule]}"
  fi
}

WEATHER_HELP='./isthmus weather --help shows kinds and options'

# weather_filter OPTION VALUE: a member of the rule.
weather_filter() {
  local key=${1#--} value=$2
  if [[ $key == times ]]; then
    [[ $value =~ ^[1-9][0-9]{0,8}$ ]] || die "--times $value is no number of calls" "give a number from 1"
    echo "\"times\": $value"
  else
    echo "\"$key\": $(json_text "$value")"
  fi
}

# weather_rule FILTERS KIND [VALUE...]: the rule as the control takes it.
weather_rule() {
  local filters=$1 kind=$2 wanted=0 most=0 rule
  shift 2
  case $kind in
    slow | limit | lost | images) wanted=1 most=1 ;;
    errors) wanted=1 most=2 ;;
  esac
  (($# >= wanted)) || die "$kind needs a value" "$WEATHER_HELP"
  (($# <= most)) || die "$kind takes no value ${*: -1}" "$WEATHER_HELP"
  case $kind in
    slow) rule="\"latency_ms\": $(weather_number "$kind" "$1" 600000)" || exit 1 ;;
    errors)
      rule="\"error_rate\": $(weather_share "$kind" "$1")" || exit 1
      (($# == 1)) || rule+=", \"error_status\": $(weather_number "$kind" "$2" 599)" || exit 1
      ;;
    limit) rule="\"per_second\": $(weather_number "$kind" "$1" 1000000), \"retry_after\": 1" || exit 1 ;;
    lost) rule="\"lose_rate\": $(weather_share "$kind" "$1")" || exit 1 ;;
    down) if [[ -z $filters ]]; then rule='"outage": "refuse"'; else rule='"outage": "unavailable"'; fi ;;
    dark) rule='"outage": "dark"' ;;
    hang) rule='"outage": "hang"' ;;
    html | garbage) rule="\"answer\": \"$kind\"" ;;
    images)
      [[ $1 =~ ^(corrupted|truncated|broken)$ ]] || die "images cannot arrive $1" "give corrupted, truncated or broken"
      rule="\"service\": \"image\", \"content\": \"$1\""
      filters=${filters//, \"service\": \"image\"/}
      ;;
    no-capacity | no-quota) rule="\"exhausted\": \"${kind#no-}\"" ;;
    expired) rule='"certificate": "expired"' ;;
    *) die "unknown kind of weather: $kind" "$WEATHER_HELP" ;;
  esac
  echo "{$rule$filters}"
}

weather_number() {
  if [[ ! $2 =~ ^[0-9]{1,7}$ ]] || ((10#$2 < 1 || 10#$2 > $3)); then
    die "$1 $2 is no usable number" "give one from 1 to $3"
  fi
  echo "$((10#$2))"
}

weather_share() {
  [[ $2 =~ ^(0?\.[0-9]{1,6}|[01](\.0+)?)$ ]] || die "$1 $2 is no share of calls" "give a number from 0 to 1, such as 0.1"
  if [[ $2 == .* ]]; then echo "0$2"; else echo "$2"; fi
}

# A JSON string; control characters are not for the command line.
json_text() {
  local text=${1//[[:cntrl:]]/}
  text=${text//\\/\\\\}
  echo "\"${text//\"/\\\"}\""
}

# control METHOD PATH [BODY]: prints the answer, which is text; ends the command with what the control refuses.
control() {
  local answer body length
  [[ $2 =~ ^[A-Za-z0-9_./-]+$ ]] || die "no such cloud: ${words[0]}" "./isthmus weather lists them"
  length=$(printf '%s' "${3:-}" | wc -c)
  {
    exec 3<>"/dev/tcp/127.0.0.1/$SANDBOX_CONTROL_PORT" ||
      die "the simulated clouds' control does not answer on port $SANDBOX_CONTROL_PORT" "./isthmus logs sandbox --data $DATA"
  } 2>/dev/null
  printf '%s %s HTTP/1.0\r\nHost: localhost\r\nAccept: text/plain\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s' \
    "$1" "$2" "$length" "${3:-}" >&3
  answer=$(timeout 30 cat <&3 | tr -d '\r')
  exec 3>&- 3<&-
  body=${answer#*$'\n\n'}
  case $answer in
    'HTTP/1.'?' 2'*) [[ $answer == "$body" || -z $body ]] || printf '%s\n' "$body" ;;
    'HTTP/1.'?' 4'*) die "the simulated clouds refuse that: $body" "$WEATHER_HELP" ;;
    *) die "the simulated clouds' control answers: ${answer%%$'\n'*}" "./isthmus logs sandbox --data $DATA" ;;
  esac
}
