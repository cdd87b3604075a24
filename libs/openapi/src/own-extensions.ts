/**
 * Gatehouse's own extensions. An export has them only where its import would lose something that neither the specifications nor AWS's
 * extensions have a place for; other tools and AWS read past them.
 */
export const OWN_PREFIX = 'x-gatehouse-';

export const OWN = {
  /** Of a parameter: true for `method.request.multivalue...`, whose plain form AWS reads as a single one. */
  multivalue: 'x-gatehouse-multivalue',
  /** Of a path parameter, or a response header of Swagger 2.0: whether it is required, where `required` cannot say it. */
  required: 'x-gatehouse-required',
  /** Of a path parameter: true when the method does not declare it. */
  undeclared: 'x-gatehouse-undeclared',
  /** Of a body or response of Swagger 2.0: media type -> reference to its model. */
  bodies: 'x-gatehouse-bodies',
  /** Of an operation: what its integration has beside AWS's extension. */
  integration: 'x-gatehouse-integration',
  /** Of `info` and of a schema: member -> what takes its place (`by`), and what the API has there (`was`, absent when nothing). */
  replaced: 'x-gatehouse-replaced',
  /** Of a schema: the description of its model, empty for none. */
  description: 'x-gatehouse-description',
  /** Of a schema: true when it is to be taken as it is, with keywords that an import leaves out or rewrites. */
  verbatim: 'x-gatehouse-verbatim',
  /** What the document calls the validators that have no name. */
  namelessRequestValidators: 'x-gatehouse-nameless-request-validators',
  /** Models that are no JSON schemas, by name. */
  otherModels: 'x-gatehouse-other-models',
  /** Types, address type and VPC endpoints. */
  endpointConfiguration: 'x-gatehouse-endpoint-configuration',
  /** True when the descriptions that every export has are no documentation. */
  undocumented: 'x-gatehouse-undocumented',
} as const;
