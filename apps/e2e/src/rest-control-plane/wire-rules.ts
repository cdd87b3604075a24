import { MODEL, type Member } from './service-model.js';

/** An answer as it came over the wire. */
export interface WireAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What every answer of an operation keeps to, whatever it was asked: the status of the model, the headers that SDKs read, no member that
 * the model does not know, no null, dates as whole epoch seconds, lists under `item`. Throws an error that names everything that is wrong.
 */
export function checkAnswer(operation: string, answer: WireAnswer): void {
  const faults = answer.status < 400 ? faultsOfSuccess(operation, answer) : faultsOfError(answer);
  if (!UUID.test(answer.headers['x-amzn-requestid'] ?? '')) faults.push('x-amzn-requestid is no UUID');
  if (faults.length > 0) throw new Error(`${operation} ${answer.status} ${answer.body}: ${faults.join('; ')}`);
}

function faultsOfSuccess(operation: string, { status, headers, body }: WireAnswer): string[] {
  const model = MODEL.operations[operation]!;
  const faults: string[] = [];
  if (status !== model.status) faults.push(`the status of the model is ${model.status}`);
  const members = model.output.filter((member) => member.in === 'body');
  const raw = model.output.some((member) => member.in === 'payload');
  if (raw) return faults;
  if (members.length === 0) return body === '' ? faults : [...faults, 'the answer has no members'];
  if (!headers['content-type']?.startsWith('application/json')) faults.push(`content-type is ${headers['content-type']}`);
  return [...faults, ...faultsOfMembers('', members, JSON.parse(body))];
}

function faultsOfError({ headers, body }: WireAnswer): string[] {
  const faults: string[] = [];
  if (!/^[A-Za-z]+Exception$/.test(headers['x-amzn-errortype'] ?? '')) faults.push('x-amzn-errortype is missing');
  const value = JSON.parse(body) as object;
  if (typeof (value as { message?: unknown }).message !== 'string') faults.push('there is no message');
  return faults;
}

function faultsOfMembers(at: string, members: Member[], value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at || 'the answer'} is no object`];
  const known = new Map(members.map((member) => [member.wire ?? member.name, member]));
  return Object.entries(value).flatMap(([name, each]) => {
    const member = known.get(name);
    return member ? faultsOfValue(`${at}.${name}`, member, each) : [`${at}.${name} is not in the model`];
  });
}

/** A mapping template without text is the one thing that AWS answers as null. */
const mayBeNull = (at: string) => /\.(request|response)Templates\./.test(at);

function faultsOfValue(at: string, member: Omit<Member, 'name' | 'in'>, value: unknown): string[] {
  if (value === null) return mayBeNull(at) ? [] : [`${at} is null`];
  if (member.ref) return faultsOfMembers(at, MODEL.shapes[member.ref]!.members, value);
  switch (member.type) {
    case 'list':
      if (!Array.isArray(value)) return [`${at} is no list`];
      return value.flatMap((each, index) => faultsOfValue(`${at}[${index}]`, member.of!, each));
    case 'map':
      if (typeof value !== 'object' || Array.isArray(value)) return [`${at} is no map`];
      return Object.entries(value).flatMap(([name, each]) => faultsOfValue(`${at}.${name}`, member.values!, each));
    case 'timestamp':
      return Number.isInteger(value) ? [] : [`${at} is no whole number of seconds`];
    case 'integer':
    case 'long':
      return Number.isInteger(value) ? [] : [`${at} is no whole number`];
    case 'double':
      return typeof value === 'number' ? [] : [`${at} is no number`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${at} is no boolean`];
    default:
      return typeof value === 'string' ? [] : [`${at} is no text`];
  }
}
