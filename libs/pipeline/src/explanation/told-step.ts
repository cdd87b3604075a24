import type { GatewayError } from '../gateway-response/gateway-error.js';

/** How one step of a road went. */
export interface ToldStep {
  /** As `rest-pipeline.ts` calls it. */
  readonly step: string;
  readonly milliseconds: number;
  readonly outcome: 'passed' | 'refused' | 'answered';
  readonly error?: ToldError;
}

/** An error as it is, and not as a client is told of it. */
export interface ToldError {
  readonly responseType: string;
  readonly status: number;
  readonly reason: string;
}

export function toldError({ responseType, status, reason }: GatewayError): ToldError {
  return { responseType, status, reason };
}

/** To the microsecond. */
export const rounded = (milliseconds: number) => Math.round(milliseconds * 1000) / 1000;
