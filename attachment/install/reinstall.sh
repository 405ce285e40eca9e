#!/bin/sh
# Istio Helm 스택을 base -> istiod -> gateway 순서로 (재)설치한다.
# 이미 설치된 release에는 upgrade로 동작하므로 여러 번 실행해도 된다.
#
# 전제: 공식 chart 저장소가 "istio"라는 helm repo alias로 등록되어 있다.
# 사용: ISTIO_VERSION=<chart 버전> sh reinstall.sh
set -eu

: "${ISTIO_VERSION:?ISTIO_VERSION 을 지정한다 (chart 버전)}"
CHART_ALIAS="${CHART_ALIAS:-istio}"
SYSTEM_NS="${SYSTEM_NS:-istio-system}"
GATEWAY_NS="${GATEWAY_NS:-istio-ingress}"
GATEWAY_RELEASE="${GATEWAY_RELEASE:-istio-ingressgateway}"
TIMEOUT="${TIMEOUT:-5m}"
HERE=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

step() { printf '\n== %s\n' "$*"; }

step "context 확인"
kubectl config current-context

step "CA secret 확인 (없으면 istiod가 새 root를 만든다)"
if kubectl -n "$SYSTEM_NS" get secret cacerts >/dev/null 2>&1; then
  echo "cacerts 사용 (plug-in CA)"
elif kubectl -n "$SYSTEM_NS" get secret istio-ca-secret >/dev/null 2>&1; then
  echo "istio-ca-secret 사용 (self-signed)"
else
  echo "기존 CA 없음: 새 root가 만들어진다. 실행 중인 sidecar가 있으면 중단하고 확인한다."
fi

step "1/3 base (CRD, cluster 범위 자원)"
helm upgrade --install istio-base "$CHART_ALIAS/base" \
  --namespace "$SYSTEM_NS" --create-namespace \
  --version "$ISTIO_VERSION" \
  --wait --timeout "$TIMEOUT"
kubectl wait --for=condition=Established --timeout=60s \
  crd/virtualservices.networking.istio.io \
  crd/destinationrules.networking.istio.io \
  crd/gateways.networking.istio.io \
  crd/sidecars.networking.istio.io

step "2/3 istiod (xDS, CA, webhook)"
helm upgrade --install istiod "$CHART_ALIAS/istiod" \
  --namespace "$SYSTEM_NS" \
  --version "$ISTIO_VERSION" \
  --values "$HERE/values-istiod.yaml" \
  --wait --timeout "$TIMEOUT"
kubectl -n "$SYSTEM_NS" rollout status deployment/istiod --timeout="$TIMEOUT"

step "3/3 gateway (injector가 준비된 뒤)"
helm upgrade --install "$GATEWAY_RELEASE" "$CHART_ALIAS/gateway" \
  --namespace "$GATEWAY_NS" --create-namespace \
  --version "$ISTIO_VERSION" \
  --values "$HERE/values-gateway.yaml" \
  --wait --timeout "$TIMEOUT"

step "설치된 release"
helm list --namespace "$SYSTEM_NS"
helm list --namespace "$GATEWAY_NS"
