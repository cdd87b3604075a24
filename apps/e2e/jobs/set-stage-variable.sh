#!/usr/bin/env bash
# Sets a variable of a stage; what the stage serves stays what it is.
# set-stage-variable.sh [--endpoint-url ADDRESS] API STAGE NAME VALUE
. "$(dirname "$0")/gateway.sh"

gateway update-stage --rest-api-id "$1" --stage-name "$2" --query "variables.$3" \
  --patch-operations "op=replace,path=/variables/$3,value=$4"
