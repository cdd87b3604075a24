import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface Member {
  name: string;
  wire?: string;
  in: string;
  type?: string;
  ref?: string;
  of?: Omit<Member, 'name' | 'in'>;
  values?: Omit<Member, 'name' | 'in'>;
}

export interface Operation {
  group: string;
  method: string;
  uri: string;
  status: number;
  output: Member[];
}

interface Model {
  errors: Record<string, { status: number }>;
  operations: Record<string, Operation>;
  shapes: Record<string, { members: Member[] }>;
}

const file = path.resolve(import.meta.dirname, '../../../../libs/admin-contract/aws-model/apigateway.json');

/** The service model of REST APIs: what every answer is checked against. */
export const MODEL = JSON.parse(readFileSync(file, 'utf8')) as Model;
