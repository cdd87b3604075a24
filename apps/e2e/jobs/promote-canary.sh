#!/usr/bin/env bash
# Gives all traffic of a stage to its canary, variables included, and ends the canary.
# promote-canary.sh [--endpoint-url ADDRESS] API STAGE
. "$(dirname "$0")/gateway.sh"

gateway update-stage --rest-api-id "$1" --stage-name "$2" --query deploymentId --patch-operations \
  op=copy,from=/canarySettings/stageVariableOverrides,path=/variables \
  op=copy,from=/canarySettings/deploymentId,path=/deploymentId \
  op=remove,path=/canarySettings
