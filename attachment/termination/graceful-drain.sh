#!/bin/sh
# ingress gateway preStop: 연결을 정중히 닫게 하고, 다 닫히거나 시한이 되면 끝난다.
#
#  1. healthcheck/fail           Envoy를 "health check 실패" 상태로 둔다.
#                                HTTP 응답에 Connection: close, HTTP/2에 GOAWAY가 붙기 시작한다.
#                                15021 readiness는 pilot-agent가 답하므로 이것만으로 바뀌지 않는다.
#  2. drain_listeners?graceful   drain sequence를 시작한다. 그동안 새 연결도 계속 받는다.
#                                skip_exit: drain-time-s가 지나도 listener를 닫지 않게 한다.
#  3. 최소 DRAIN_MIN_SECONDS     LB와 kube-proxy가 이 Pod를 빼는 시간.
#  4. downstream 활성 연결이 0이 되거나 DRAIN_DEADLINE_SECONDS에 이를 때까지 기다린다.
#
# preStop이 돌아오면 kubelet이 SIGTERM을 보낸다. 어떤 경우에도 0으로 끝나
# 불필요한 FailedPreStopHook을 남기지 않는다.
set -eu

DRAIN_MIN_SECONDS="${DRAIN_MIN_SECONDS:-20}"
DRAIN_DEADLINE_SECONDS="${DRAIN_DEADLINE_SECONDS:-90}"
POLL_SECONDS="${POLL_SECONDS:-2}"

# preStop의 표준출력은 버려지므로 PID 1(pilot-agent)의 출력에 쓴다. 실패해도 무시한다.
log() {
  { printf '%s graceful-drain: %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$1" >/proc/1/fd/1; } 2>/dev/null || true
}

admin() {
  # pilot-agent는 proxyv2 image에 항상 있다. admin port(기본 15000)로 요청을 보낸다.
  pilot-agent request "$1" "$2" 2>/dev/null
}

# listener별 downstream_cx_active의 합.
# worker별 통계와 Istio 내부 listener(admin, 15021 health, 15090 prometheus)는 뺀다.
# listener 통계가 하나도 없으면 -1을 내어 "0개"와 구분한다. Istio는 이 통계를 기본으로 만들지
# 않으므로 proxyStatsMatcher로 downstream_cx_active를 포함해야 한다(igw-deployment.yaml 참고).
active_connections() {
  stats="$(admin GET 'stats?usedonly&filter=downstream_cx_active$')" || { echo -1; return 0; }
  printf '%s\n' "$stats" | awk -F': ' '
    $1 !~ /^listener\./        { next }
    { seen = 1 }
    $1 ~  /worker_/            { next }
    $1 ~  /^listener\.admin\./ { next }
    $1 ~  /_15021\./           { next }
    $1 ~  /_15090\./           { next }
    { sum += $2 }
    END { if (seen) print sum + 0; else print -1 }'
}

start="$(date +%s)"
elapsed() { echo $(( $(date +%s) - start )); }

admin POST 'healthcheck/fail' >/dev/null || log 'healthcheck/fail 요청 실패'
admin POST 'drain_listeners?graceful&skip_exit' >/dev/null || log 'drain_listeners 요청 실패'
log "drain 시작 (최소 ${DRAIN_MIN_SECONDS}s, 시한 ${DRAIN_DEADLINE_SECONDS}s)"

sleep "$DRAIN_MIN_SECONDS"

while [ "$(elapsed)" -lt "$DRAIN_DEADLINE_SECONDS" ]; do
  active="$(active_connections)"
  if [ "$active" -eq 0 ]; then
    log "활성 연결 0, $(elapsed)s 만에 종료"
    exit 0
  fi
  if [ "$active" -lt 0 ]; then
    log '연결 통계를 읽지 못함: 시한까지 기다린다'
  else
    log "활성 연결 ${active}"
  fi
  sleep "$POLL_SECONDS"
done

log '시한 도달: 남은 연결을 두고 종료'
exit 0
