// Generated from the service models by `npm run generate`. Do not edit.
export const AuthorizationType = ['NONE', 'AWS_IAM', 'CUSTOM', 'JWT'] as const;
export type AuthorizationType = (typeof AuthorizationType)[number];

export const AuthorizerType = ['REQUEST', 'JWT'] as const;
export type AuthorizerType = (typeof AuthorizerType)[number];

export const ConnectionType = ['INTERNET', 'VPC_LINK'] as const;
export type ConnectionType = (typeof ConnectionType)[number];

export const ContentHandlingStrategy = ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] as const;
export type ContentHandlingStrategy = (typeof ContentHandlingStrategy)[number];

export const DomainNameStatus = ['AVAILABLE', 'UPDATING', 'PENDING_CERTIFICATE_REIMPORT', 'PENDING_OWNERSHIP_VERIFICATION'] as const;
export type DomainNameStatus = (typeof DomainNameStatus)[number];

export const EndpointType = ['REGIONAL', 'EDGE'] as const;
export type EndpointType = (typeof EndpointType)[number];

export const IntegrationType = ['HTTP', 'MOCK', 'AWS_PROXY', 'HTTP_PROXY', 'AWS'] as const;
export type IntegrationType = (typeof IntegrationType)[number];

export const IpAddressType = ['ipv4', 'dualstack'] as const;
export type IpAddressType = (typeof IpAddressType)[number];

export const LoggingLevel = ['ERROR', 'INFO', 'OFF'] as const;
export type LoggingLevel = (typeof LoggingLevel)[number];

export const PassthroughBehavior = ['WHEN_NO_MATCH', 'NEVER', 'WHEN_NO_TEMPLATES'] as const;
export type PassthroughBehavior = (typeof PassthroughBehavior)[number];

export const ProtocolType = ['WEBSOCKET', 'HTTP'] as const;
export type ProtocolType = (typeof ProtocolType)[number];

export const RoutingMode = ['API_MAPPING_ONLY', 'ROUTING_RULE_ONLY', 'ROUTING_RULE_THEN_API_MAPPING'] as const;
export type RoutingMode = (typeof RoutingMode)[number];

export const SecurityPolicy = ['TLS_1_0', 'TLS_1_2'] as const;
export type SecurityPolicy = (typeof SecurityPolicy)[number];

export const TryItState = ['ENABLED', 'DISABLED'] as const;
export type TryItState = (typeof TryItState)[number];
