/**
 * What Gatehouse's own processes say beside an invocation. The functions service heeds these only under a signature of the data plane's key, which must cover them.
 */

/** On whose behalf the call is made: `ADMITTED_CALLER`, or the principal of a service, whom the function's policy has to allow it. */
export const CALLER_HEADER = 'x-gatehouse-caller';
/** The control plane has asked the caller's own policies already. */
export const ADMITTED_CALLER = 'admitted';
/** An API of Amazon API Gateway calls, as its principal is named in policies. */
export const API_GATEWAY_CALLER = 'apigateway.amazonaws.com';
/** ARN of what calls: `arn:aws:execute-api:{region}:{account}:{api}/{stage}/{VERB}/{resource path}`, or `.../authorizers/{id}`. */
export const SOURCE_ARN_HEADER = 'x-gatehouse-source-arn';
/** The revision of the function's document that has to be there before the call is served: a caller sees what it has written. */
export const REVISION_HEADER = 'x-gatehouse-function-revision';
