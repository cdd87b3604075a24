import {
  GetApiKeysCommand,
  GetClientCertificatesCommand,
  GetDomainNamesCommand,
  GetRestApisCommand,
  GetUsagePlansCommand,
  GetVpcLinksCommand,
} from '@aws-sdk/client-api-gateway';
import { ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { createArchive } from '@gatehouse/function-archive';
import { issueCertificate } from '@gatehouse/testing';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Product, ROOT_KEY } from './product.js';

/**
 * Every aws_api_gateway_* resource of the AWS provider, and functions with aliases and permissions (../terraform), through Terraform itself. It needs `terraform` on the PATH, and the
 * provider: from a mirror that TF_CLI_CONFIG_FILE names, from the plug-in cache, or from the registry.
 */
let product: Product;
let directory: string;
/** Why there is nothing to run, if there is. */
let missing: string | undefined;

const SECOND = 1000;
const NO_DIFFERENCE = 0;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'gatehouse-terraform-'));
  await cp(path.resolve(import.meta.dirname, '../terraform'), directory, { recursive: true });
  missing = await install();
  if (missing) {
    // The reporter keeps the reason of a skipped test to itself.
    console.warn(`Skipped: ${missing}`);
    return;
  }
  for (const word of ['first', 'changed']) {
    const content = `exports.handler = exports.changed = async () => ({ statusCode: 200, body: '${word}' });`;
    await writeFile(path.join(directory, `${word}.zip`), await createArchive([{ path: 'index.js', content }]));
  }
  product = await Product.start({ controlPlanes: 1, gateways: 0 }, { GATEHOUSE_UNENFORCED: 'deny' });
  const root = issueCertificate({ commonName: 'root', ca: true, domainNames: [] });
  const leaf = issueCertificate({ issuer: root, domainNames: ['*.example.com'] });
  const variables = {
    endpoint: product.controlPlanes[0]!.endpoint,
    access_key: ROOT_KEY.accessKeyId,
    secret_key: ROOT_KEY.secretAccessKey,
    certificate: { body: leaf.certificate, chain: root.certificate, key: leaf.privateKey },
  };
  await writeFile(path.join(directory, 'terraform.tfvars.json'), JSON.stringify(variables), { mode: 0o600 });
});
afterAll(async () => {
  await product?.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Installs the provider; answers why it could not. */
async function install(): Promise<string | undefined> {
  const { code, printed } = await terraform(['init', '-input=false', '-backend=false'], 60 * SECOND);
  if (code === 'ENOENT') return 'there is no terraform on the PATH';
  return code === 0 ? undefined : `terraform init could not install the AWS provider: ${printed.trim().slice(-500)}`;
}

function terraform(args: string[], timeout = 150 * SECOND): Promise<{ code: number | string; printed: string }> {
  const [command, ...options] = args;
  // Of the caller's environment only where plug-ins come from: no address, no credentials.
  const kept = Object.entries(process.env).filter(([name]) =>
    /^(PATH|HOME|HTTPS?_PROXY|NO_PROXY|TF_CLI_CONFIG_FILE|TF_PLUGIN_CACHE_DIR)$/i.test(name),
  );
  const env = { ...Object.fromEntries(kept), CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
  return new Promise((resolve) => {
    execFile(
      'terraform',
      [command!, '-no-color', ...options],
      { cwd: directory, env, timeout, maxBuffer: 2 ** 26 },
      (error, out, err) => resolve({ code: error ? (error.code ?? error.signal ?? 'killed') : 0, printed: out + err }),
    );
  });
}

/** Runs a command that has to end well. */
async function run(...args: string[]): Promise<void> {
  const { code, printed } = await terraform(args);
  if (code !== 0) throw new Error(`terraform ${args.join(' ')} ended with ${code}:\n${printed.slice(-6000)}`);
}

/** Throws with the differences that a plan finds. */
async function expectNoDifference(...args: string[]): Promise<void> {
  const { code, printed } = await terraform(['plan', '-input=false', '-detailed-exitcode', ...args]);
  if (code !== NO_DIFFERENCE) throw new Error(`terraform plan ${args.join(' ')} ended with ${code}:\n${printed.slice(-6000)}`);
}

it(
  'Terraform applies, finds no difference, changes, finds none again, and destroys',
  { timeout: 600 * SECOND },
  async (context) => {
    if (missing) return context.skip(missing);
    // What was refreshed by the plan right before is not refreshed again.
    await run('apply', '-input=false', '-auto-approve');
    await expectNoDifference();
    await run('apply', '-input=false', '-auto-approve', '-refresh=false', '-var=changed=true');
    await expectNoDifference('-var=changed=true');
    await run('destroy', '-input=false', '-auto-approve', '-refresh=false', '-var=changed=true');

    const client = product.controlPlanes[0]!.client();
    const left = await Promise.all([
      client.send(new GetRestApisCommand({})),
      client.send(new GetApiKeysCommand({})),
      client.send(new GetUsagePlansCommand({})),
      client.send(new GetVpcLinksCommand({})),
      client.send(new GetClientCertificatesCommand({})),
      client.send(new GetDomainNamesCommand({})),
    ]);
    expect(left.flatMap(({ items }) => items)).toEqual([]);
    const { Functions } = await product.controlPlanes[0]!.lambda().send(new ListFunctionsCommand({}));
    expect(Functions).toEqual([]);
  },
);
