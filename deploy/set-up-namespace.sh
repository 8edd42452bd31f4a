#!/bin/sh
# Waits for the server, and registers the namespace where it is missing. Settings: TEMPORAL_ADDRESS,
# TEMPORAL_NAMESPACE, and RETENTION: how long the history of an ended run is kept.
set -eu

tries=60
until temporal operator cluster health >/dev/null 2>&1; do
  tries=$((tries - 1))
  if [ "$tries" -eq 0 ]; then
    echo "Temporal at $TEMPORAL_ADDRESS does not answer" >&2
    exit 1
  fi
  sleep 1
done

if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  echo "namespace $TEMPORAL_NAMESPACE is there"
else
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"
fi
