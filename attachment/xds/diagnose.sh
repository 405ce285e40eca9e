#!/bin/sh
# 한 workload의 xDS 상태를 읽기만 하는 진단 스크립트. 아무것도 바꾸지 않는다.
# 사용: sh diagnose.sh <pod> <namespace> [host] [port]
#   host: 조사할 목적지 FQDN, 예) reviews.default.svc.cluster.local
#   port: 목적지의 Service port, 예) 9080
set -eu

if [ "$#" -lt 2 ]; then
  echo "usage: $0 <pod> <namespace> [host] [port]" >&2
  exit 2
fi
POD=$1
NS=$2
HOST=${3:-}
PORT=${4:-}
SYSTEM_NS="${SYSTEM_NS:-istio-system}"

section() { printf '\n===== %s\n' "$*"; }
# 하나가 실패해도 나머지 정보는 계속 모은다.
try() { "$@" || echo "(실패: $*)" >&2; }

section "1. control plane"
try kubectl -n "$SYSTEM_NS" get pods -l app=istiod -o wide

section "2. proxy 동기화 상태"
try istioctl proxy-status "$POD.$NS"

section "3. proxy 준비 상태 (istio-proxy 컨테이너)"
try kubectl -n "$NS" get pod "$POD" -o wide
try kubectl -n "$NS" exec "$POD" -c istio-proxy -- \
  pilot-agent request GET /server_info

section "4. listener 요약"
if [ -n "$PORT" ]; then
  try istioctl proxy-config listeners "$POD" -n "$NS" --port "$PORT"
else
  try istioctl proxy-config listeners "$POD" -n "$NS"
fi

section "5. route 요약"
if [ -n "$PORT" ]; then
  try istioctl proxy-config routes "$POD" -n "$NS" --name "$PORT"
else
  try istioctl proxy-config routes "$POD" -n "$NS"
fi

if [ -n "$HOST" ]; then
  section "6. cluster: $HOST"
  try istioctl proxy-config clusters "$POD" -n "$NS" --fqdn "$HOST"
fi

if [ -n "$HOST" ] && [ -n "$PORT" ]; then
  section "7. endpoint: outbound|$PORT||$HOST"
  try istioctl proxy-config endpoints "$POD" -n "$NS" \
    --cluster "outbound|$PORT||$HOST"
fi

section "8. 인증서"
try istioctl proxy-config secret "$POD" -n "$NS"

section "9. xDS 통계 (rejected, connected_state)"
try kubectl -n "$NS" exec "$POD" -c istio-proxy -- \
  pilot-agent request GET "stats?filter=update_rejected|control_plane.connected_state"

section "10. 정적 분석"
try istioctl analyze -n "$NS"
