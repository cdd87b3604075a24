import { existsSync, readFileSync } from 'node:fs';
import type { ServiceName } from '../operation.js';
import { lowerFirst, wireProperty } from './names.js';

/** A type as the service model writes it. Source of the format: the README beside the model files. */
export interface ModelType {
  type?: 'string' | 'integer' | 'long' | 'double' | 'boolean' | 'timestamp' | 'blob' | 'stream' | 'list' | 'map';
  ref?: string;
  of?: ModelType;
  keys?: ModelType;
  values?: ModelType;
  enum?: string[];
  min?: number;
  max?: number;
  pattern?: string;
  sensitive?: boolean;
}

export interface ModelMember extends ModelType {
  /** Of the property in generated classes of requests. */
  name: string;
  /** On the wire, where that is another one. */
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

export interface ModelShape {
  members: ModelMember[];
  /** One event of a stream. */
  event?: true;
  /** What an answer is whose body is a stream of events. */
  eventstream?: true;
}

export interface ServiceModel {
  service: ServiceName;
  operations: Record<string, ModelOperation>;
  shapes: Record<string, ModelShape>;
}

/** What the file `{service}-additions.json` says beside the model of its service. */
interface ModelAdditions extends Omit<ServiceModel, 'service'> {
  /** Groups of operations of the model that have another one there. */
  groups: Record<string, string>;
}

export const SERVICES: ServiceName[] = ['apigateway', 'apigatewayv2', 'apigatewaymanagementapi', 'lambda'];

export function readModel(directory: string, service: ServiceName): ServiceModel {
  const model = read<ServiceModel>(`${directory}/${service}.json`);
  const additions = `${directory}/${service}-additions.json`;
  if (existsSync(additions)) add(model, read<ModelAdditions>(additions));
  passEventsThrough(model);
  // Members of Lambda have upper-case names on the wire and in every SDK.
  if (service !== 'lambda') Object.values(model.operations).forEach(nameInLowerCamelCase);
  return model;
}

const read = <T>(file: string) => JSON.parse(readFileSync(file, 'utf8')) as T;

function add(model: ServiceModel, { groups, operations, shapes }: ModelAdditions): void {
  for (const [name, group] of Object.entries(groups)) model.operations[name]!.group = group;
  Object.assign(model.operations, operations);
  Object.assign(model.shapes, shapes);
}

/** Streams of events are not taken apart here. */
function passEventsThrough({ operations, shapes }: ServiceModel): void {
  const streams = new Set(Object.keys(shapes).filter((name) => shapes[name]!.eventstream));
  for (const operation of Object.values(operations)) {
    operation.output = operation.output.map(({ ref, ...member }) =>
      ref === undefined ? member : streams.has(ref) ? { ...member, type: 'stream' } : { ...member, ref },
    );
  }
  for (const [name, { event, eventstream }] of Object.entries(shapes)) if (event || eventstream) delete shapes[name];
}

/** As SDKs name them: two members of a request may share a name on the wire. */
function nameInLowerCamelCase(operation: ModelOperation): void {
  const renamed = (member: ModelMember) => ({ ...member, name: lowerFirst(member.name), wire: wireProperty(member) });
  operation.input = operation.input.map(renamed);
  operation.output = operation.output.map(renamed);
}
