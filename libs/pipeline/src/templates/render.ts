import { TemplateBodyError, TemplateOverrides, VtlError, type Template } from '@gatehouse/vtl';
import type { Exchange } from '../exchange.js';
import { ERRORS, explained, gatewayError, type GatewayError } from '../gateway-response/gateway-error.js';
import type { BrokenTemplate } from './mapping-templates.js';
import { bindingsOf } from './template-bindings.js';

/** Renders the template of a request. A body that is no JSON is the client's fault, where the template looks into it. */
export function renderRequest(template: Template | BrokenTemplate, exchange: Exchange, body: string): string | GatewayError {
  return render(template, exchange, body, (message) => gatewayError('BAD_REQUEST_BODY', message, { message }));
}

/** Renders the template of an answer. */
export function renderAnswer(template: Template | BrokenTemplate, exchange: Exchange, body: string): string | GatewayError {
  return render(template, exchange, body, (message) => explained(ERRORS.misconfigured, message));
}

function render(
  template: Template | BrokenTemplate,
  exchange: Exchange,
  body: string,
  noJson: (message: string) => GatewayError,
): string | GatewayError {
  if ('reason' in template) return explained(ERRORS.misconfigured, template.reason);
  exchange.overrides ??= new TemplateOverrides();
  try {
    return template.render(bindingsOf(exchange, exchange.overrides, body));
  } catch (error) {
    if (error instanceof TemplateBodyError) return noJson(error.message);
    if (error instanceof VtlError) return explained(ERRORS.misconfigured, error.message);
    throw error;
  }
}
