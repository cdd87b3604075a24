import type { DeniedIntegration } from '@gatehouse/snapshot';
import { unenforcedError } from '../gateway-response/gateway-error.js';
import type { CompiledIntegration } from './compile-integration.js';

/** Stands for an integration whose method asks for what gateways cannot enforce: every request ends before it. */
export function denied({ settings }: DeniedIntegration): CompiledIntegration {
  const error = unenforcedError(settings);
  return {
    request: () => () => error,
    invoke: (exchange) => exchange.fail(error),
    answer: () => error,
  };
}
