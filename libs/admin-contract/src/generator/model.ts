import { readFileSync } from 'node:fs';
import type { ServiceName } from '../operation.js';

/** A type as the service model writes it. Source of the format: the README beside the model files. */
export interface ModelType {
  type?: 'string' | 'integer' | 'long' | 'double' | 'boolean' | 'timestamp' | 'blob' | 'list' | 'map';
  ref?: string;
  of?: ModelType;
  values?: ModelType;
  enum?: string[];
  min?: number;
  max?: number;
  pattern?: string;
}

export interface ModelMember extends ModelType {
  name: string;
  wire?: string;
  in?: 'uri' | 'query' | 'header' | 'body' | 'payload' | 'status';
  required?: boolean;
}

export interface ModelOperation {
  group: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  uri: string;
  status: number;
  input: ModelMember[];
  outputShape?: string;
  output: ModelMember[];
}

export interface ServiceModel {
  service: ServiceName;
  operations: Record<string, ModelOperation>;
  shapes: Record<string, { members: ModelMember[] }>;
}

export const SERVICES: ServiceName[] = ['apigateway', 'apigatewayv2', 'apigatewaymanagementapi'];

export function readModel(directory: string, service: ServiceName): ServiceModel {
  return JSON.parse(readFileSync(`${directory}/${service}.json`, 'utf8')) as ServiceModel;
}
