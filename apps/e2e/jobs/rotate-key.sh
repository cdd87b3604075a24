#!/usr/bin/env bash
# Replaces a key by a new one of the same name in the same usage plans, disables the old one, and prints the new one's value.
# rotate-key.sh [--endpoint-url ADDRESS] KEY
. "$(dirname "$0")/gateway.sh"
old=$1

name=$(gateway get-api-key --api-key "$old" --query name)
read -r new value < <(gateway create-api-key --name "$name" --enabled --query '[id, value]')
for plan in $(gateway get-usage-plans --key-id "$old" --query 'items[].[id]'); do
  # A key may have one plan for a stage, and so may the two of them, each.
  gateway create-usage-plan-key --usage-plan-id "$plan" --key-id "$new" --key-type API_KEY > /dev/null
done
gateway update-api-key --api-key "$old" --patch-operations op=replace,path=/enabled,value=false > /dev/null
echo "$value"
