/**
 * Mapping templates of API Gateway: the Velocity Template Language 1.7 with `$input`, `$context`, `$stageVariables` and `$util`.
 *
 *     const template = new Template(text);                        // once; throws TemplateSyntaxError (reason, line, column)
 *     const overrides = new TemplateOverrides();                  // one for each request, given to the templates of request and response
 *     const output = template.render({                            // throws TemplateBodyError (the body is no JSON: 400), TemplateRuntimeError (500)
 *       body,                                                     // text; empty for none
 *       params: { path, querystring, header },                    // Maps, or anything that is a NamedTexts
 *       context: { value: (name) => ..., members: (group) => ... },
 *       stageVariables,
 *       overrides,
 *     });
 *     overrides.requestHeaders; overrides.responseStatus;         // what the templates have set so far
 *
 * Every error is a VtlError, and its message is a sentence for the execution log. A rendering is bounded by RenderLimits; a template by 300 KB.
 */
export type { ContextSource, NamedTexts, TemplateBindings } from './bindings/bindings.js';
export { TemplateBodyError } from './bindings/body-error.js';
export { type OverriddenTexts, TemplateOverrides } from './bindings/overrides.js';
export { type Position, TemplateRuntimeError, TemplateSyntaxError, VtlError } from './errors.js';
export { DEFAULT_LIMITS, type RenderLimits } from './limits.js';
export { Template } from './template.js';
