import { Ajv } from 'ajv';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

interface ComposeFile {
  services?: Record<string, { build?: { context?: string; dockerfile?: string; target?: string } }>;
}

/** What is wrong with a compose file: against the public schema, and in what it says of Dockerfiles. Empty when nothing is. */
export function checkCompose(text: string, directory: string): string[] {
  const document = parse(text) as ComposeFile;
  const validate = composeValidator();
  if (!validate(document)) return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
  return Object.entries(document.services ?? {}).flatMap(([name, { build }]) => {
    if (!build?.dockerfile) return [];
    const dockerfile = path.join(directory, build.context ?? '.', build.dockerfile);
    if (!existsSync(dockerfile)) return [`service ${name}: ${dockerfile} is not there`];
    const stages = [...readFileSync(dockerfile, 'utf8').matchAll(/^FROM .* AS (\S+)$/gm)].map((match) => match[1]);
    return build.target && !stages.includes(build.target)
      ? [`service ${name}: ${build.dockerfile} has no stage ${build.target}`]
      : [];
  });
}

/** The schema as docker-compose 1.29.2 distributes it (Apache License 2.0). Its `id` keywords are of a draft that Ajv does not read. */
function composeValidator() {
  const text = readFileSync(path.join(import.meta.dirname, 'compose-spec.schema.json'), 'utf8');
  const schema = JSON.parse(text, function (this: object, key: string, value: unknown) {
    return (key === 'id' && typeof value === 'string') || key === '$schema' ? undefined : value;
  }) as object;
  return new Ajv({
    strict: false,
    allErrors: true,
    formats: { ports: true, expose: true, duration: true, subnet_ip_address: true },
  }).compile(schema);
}
