import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkCompose } from './check-compose.js';
import { checkKustomization, checkManifests, readManifests } from './check-kubernetes.js';

const here = import.meta.dirname;
const compose = readFileSync(path.join(here, 'compose.yaml'), 'utf8');
const production = 'kubernetes/overlays/production';

describe('compose.yaml', () => {
  it('is a compose file whose images can be built', () => {
    expect(checkCompose(compose, here)).toEqual([]);
  });

  it.each([
    [
      'a misspelt member',
      (text: string) => text.replace('stop_grace_period', 'stop_grace'),
      'must NOT have additional properties',
    ],
    ['a wrong type', (text: string) => text.replace('replicas: 2', 'replicas: two'), 'must be integer'],
    [
      'an unknown condition',
      (text: string) => text.replace('service_healthy', 'service_well'),
      'must be equal to one of the allowed values',
    ],
    [
      'a missing build stage',
      (text: string) => text.replace('target: gateway', 'target: gate'),
      'deploy/Dockerfile has no stage gate',
    ],
  ])('would not be accepted with %s', (_, break_, fault) => {
    expect(break_(compose)).not.toBe(compose);
    expect(checkCompose(break_(compose), here).join('\n')).toContain(fault);
  });

  it('holds no secret: passwords and keys come from the environment and have no default', () => {
    for (const [, name, otherwise] of compose.matchAll(/\$\{(\w+)([^}]*)\}/g)) {
      if (/PASSWORD|KEY/.test(name!)) expect(`${name}${otherwise}`).toMatch(/(:\?set it in \.env|:-)$/);
    }
    expect(compose).toMatch(/- 127\.0\.0\.1:4600:4600/); // the admin API is not opened to the network
  });
});

/** Every target that the gateways of a deployment must block; their own Redis they block by themselves. */
const blocked = (targets: string | undefined) => targets?.split(',').sort();

it("security class: the gateway as a way to its own internals: compose blocks Postgres, the admin API and gateways' internal ports", () => {
  const { services } = parse(compose) as { services: Record<string, { environment: Record<string, string> }> };
  expect(blocked(services['gateway']!.environment['GATEHOUSE_BLOCKED_TARGETS'])).toEqual([
    'control-plane:4600',
    'gateway:9090',
    'postgres:5432',
  ]);
  expect(services['control-plane']!.environment['DATABASE_URL']).toContain('@postgres:5432/');
  expect(Object.keys(services)).toEqual(['postgres', 'redis', 'control-plane', 'gateway']);
});

describe('kubernetes', () => {
  let copy: string;
  beforeEach(() => {
    copy = mkdtempSync(path.join(os.tmpdir(), 'gatehouse-test-'));
    cpSync(path.join(here, 'kubernetes'), path.join(copy, 'kubernetes'), { recursive: true });
  });
  afterEach(() => rmSync(copy, { recursive: true }));

  const edit = (file: string, from: string, to: string) => {
    const target = path.join(copy, 'kubernetes', file);
    const text = readFileSync(target, 'utf8');
    expect(text).toContain(from);
    writeFileSync(target, text.replace(from, to));
  };
  const check = () => {
    const { faults, manifests } = checkKustomization(path.join(copy, production));
    return [...faults, ...checkManifests(manifests)].join('\n');
  };

  it('has manifests that the API accepts and that fit together', () => {
    const { faults, manifests } = checkKustomization(path.join(here, production));
    expect(faults).toEqual([]);
    expect(manifests.map(({ kind }) => kind).sort()).toEqual(
      [
        'Deployment',
        'Deployment',
        'HorizontalPodAutoscaler',
        'Namespace',
        'NetworkPolicy',
        'NetworkPolicy',
        'PodDisruptionBudget',
        'PodDisruptionBudget',
        'Service',
        'Service',
        'Service',
      ].sort(),
    );
    expect(checkManifests(manifests)).toEqual([]);
  });

  it.each([
    ['base/gateway.yaml', 'containerPort: 8080', 'containerPort: http', 'containerPort'],
    ['base/gateway.yaml', 'terminationGracePeriodSeconds', 'terminationGraceSeconds', 'terminationGraceSeconds'],
    ['base/gateway.yaml', 'kind: HorizontalPodAutoscaler', 'kind: HorizontalAutoscaler', 'not a kind that is checked here'],
    [
      'base/gateway.yaml',
      '    name: gatehouse-gateway\n  minReplicas',
      '    name: gateway\n  minReplicas',
      'no Deployment gateway to scale',
    ],
    ['base/gateway.yaml', '- name: internal\n', '- name: metrics\n', 'has no port internal to probe'],
    [
      'base/gateway.yaml',
      '- name: data\n          emptyDir',
      '- name: copy\n          emptyDir',
      'mounts data, which is no volume',
    ],
    ['base/control-plane.yaml', 'targetPort: admin', 'targetPort: http', 'its pods have no port http'],
    [
      'base/control-plane.yaml',
      'selector:\n    app.kubernetes.io/name: gatehouse-control-plane',
      'selector:\n    app: x',
      'matches no pods',
    ],
    [
      'base/control-plane.yaml',
      'name: gatehouse-control-plane\n                  key: REDIS_URL',
      'name: other\n                  key: REDIS_URL',
      'nothing generates the Secret other',
    ],
    [
      'base/gateway.yaml',
      '- port: internal\n',
      '- port: metrics\n',
      'NetworkPolicy gatehouse-gateway: its pods have no port metrics',
    ],
    [
      'base/control-plane.yaml',
      'podSelector:\n    matchLabels:\n      app.kubernetes.io/name: gatehouse-control-plane',
      'podSelector:\n    matchLabels:\n      app.kubernetes.io/name: control-plane',
      'NetworkPolicy gatehouse-control-plane: its selector matches no pods',
    ],
    ['overlays/production/kustomization.yaml', '../../base', '../../bases', 'there is no ../../bases'],
    [
      'overlays/production/kustomization.yaml',
      'envs: [gateway.env]',
      'literals: [A=b]',
      'holds values that are in the repository',
    ],
    ['overlays/production/.gitignore', '*.env', '', 'gateway.env of the Secret gatehouse-gateway is not ignored by git'],
  ])('would not be accepted with %s: %j as %j', (file, from, to, fault) => {
    edit(file, from, to);
    expect(check()).toContain(fault);
  });

  it("security class: the gateway as a way to its own internals: blocks Postgres, the admin API and gateways' internal ports", () => {
    const { manifests } = checkKustomization(path.join(here, production));
    const byName = (kind: string, name: string) =>
      manifests.find((manifest) => manifest.kind === kind && manifest.metadata?.name === name)?.spec;
    const { template } = byName('Deployment', 'gatehouse-gateway') as {
      template: { spec: { containers: { env: { name: string; value?: string }[] }[] } };
    };
    const { value } = template.spec.containers[0]!.env.find(({ name }) => name === 'GATEHOUSE_BLOCKED_TARGETS')!;
    expect(blocked(value)).toEqual(['gatehouse-admin:4600', 'gatehouse-gateway-internal:9090', 'postgres:5432']);
    expect(readFileSync(path.join(here, 'README.md'), 'utf8')).toContain('@postgres:5432/');
    expect(byName('Service', 'gatehouse-admin')).toMatchObject({ ports: [{ port: 4600 }] });
    // Headless: the name stands for the pods' own addresses, which is where the port is reached.
    expect(byName('Service', 'gatehouse-gateway-internal')).toMatchObject({ clusterIP: 'None', ports: [{ port: 9090 }] });
    expect(byName('NetworkPolicy', 'gatehouse-control-plane')).toMatchObject({
      ingress: [{ from: [{ podSelector: { matchExpressions: [{ operator: 'NotIn', values: ['gatehouse-gateway'] }] } }] }],
    });
    expect(byName('NetworkPolicy', 'gatehouse-gateway')).toMatchObject({
      ingress: [
        { ports: [{ port: 'http' }, { port: 'https' }] },
        { from: [{ namespaceSelector: {} }], ports: [{ port: 'internal' }] },
      ],
    });
  });

  it("gives gateways none of the control plane's secrets", () => {
    const gateway = readManifests(readFileSync(path.join(here, 'kubernetes/base/gateway.yaml'), 'utf8'));
    expect(JSON.stringify(gateway)).not.toMatch(/DATABASE_URL|MASTER_KEY|ROOT_/);
  });
});
