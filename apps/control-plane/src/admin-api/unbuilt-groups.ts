import { GROUPS as REST_GROUPS } from '@gatehouse/admin-contract/apigateway';
import { GROUPS as HTTP_AND_WEBSOCKET_GROUPS } from '@gatehouse/admin-contract/apigatewayv2';
import { GROUPS as FUNCTION_GROUPS } from '@gatehouse/admin-contract/lambda';
import type { DynamicModule, Type } from '@nestjs/common';

/** Serves the groups of operations that none of `built` serves: each of their operations answers 501. */
export function unbuiltGroups(built: readonly Type[]): DynamicModule {
  const served = new Set(built.flatMap(controllersOf));
  const rest = [...REST_GROUPS, ...HTTP_AND_WEBSOCKET_GROUPS, ...FUNCTION_GROUPS].filter(
    ({ controller }) => !served.has(controller),
  );
  return {
    module: UnbuiltGroups,
    controllers: rest.map(({ controller }) => controller),
    providers: rest.map(({ operations }) => operations),
  };
}

class UnbuiltGroups {}

/** The controllers that a module declares. */
export const controllersOf = (module: Type): Type[] => (Reflect.getMetadata('controllers', module) as Type[] | undefined) ?? [];
