import { StatefulSet, type IStatefulSet } from 'kubernetes-models/apps/v1';
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
  expect(Object.keys(services)).toEqual(['postgres', 'redis', 'control-plane', 'gateway', 'functions']);
  // Where functions are called, gateways keep integrations away from by themselves.
  expect(services['gateway']!.environment['GATEHOUSE_LAMBDA_ENDPOINT']).toBe('http://functions:9100');
  expect(services['control-plane']!.environment['GATEHOUSE_FUNCTIONS_ENDPOINT']).toBe('http://functions:9100');
  expect(services['control-plane']!.environment['GATEHOUSE_TEST_INVOKE_ENDPOINT']).toBe('http://gateway:9090');
});

/** Of root's rights, what it takes to run each sandbox as a user of its own, to end it and to remove its files. */
const RIGHTS_OF_FUNCTIONS = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'SETGID', 'SETUID'];
const FIRST_USER = 10_000;
const WORKING_FOLDER = `/var/lib/gatehouse-functions-${FIRST_USER}`;

describe('the image of the functions service', () => {
  const stage = readFileSync(path.join(here, 'Dockerfile'), 'utf8')
    .split(/^FROM /m)
    .find((text) => text.includes(' AS functions\n'))!;

  it('has users that are there in containers whose root is another user of the host, and the folder that is named by the first', () => {
    const [, first, last] = /GATEHOUSE_FUNCTION_UIDS=(\d+)-(\d+)/.exec(stage)!.map(Number);
    expect(first).toBe(FIRST_USER);
    expect(last).toBeLessThan(65_534);
    expect(stage).toContain(`install -d -m 0755 ${WORKING_FOLDER}\n`);
    expect(stage).toContain(`VOLUME /var/lib/gatehouse ${WORKING_FOLDER}\n`);
    expect(readFileSync(path.join(here, '../apps/functions/src/sandbox/isolation.ts'), 'utf8')).toContain(
      "WORKING_FOLDER = '/var/lib/gatehouse-functions'",
    );
  });

  it('ends processes whose parents have gone: a user is given to the next sandbox only when nothing is left of the last', () => {
    expect(stage).toContain('ENTRYPOINT ["/usr/bin/tini", "--"]');
  });
});

it('security class: isolation of functions: compose gives their service six rights of root, no secret but its own, and no way to Postgres', () => {
  const { services } = parse(compose) as {
    services: Record<string, { environment: Record<string, string>; networks?: string[]; [member: string]: unknown }>;
  };
  const { environment, ...functions } = services['functions']!;
  expect(functions).toMatchObject({
    read_only: true,
    cap_drop: ['ALL'],
    cap_add: RIGHTS_OF_FUNCTIONS,
    security_opt: ['no-new-privileges:true'],
    volumes: ['/var/lib/gatehouse', WORKING_FOLDER],
    networks: ['functions'],
  });
  expect(functions).not.toHaveProperty('ports');
  expect(Object.keys(environment)).toEqual(['REDIS_URL', 'GATEHOUSE_DATA_PLANE_KEY', 'GATEHOUSE_CONTROL_PLANE_URL']);
  const reached = Object.keys(services).filter((name) => services[name]!.networks?.includes('functions'));
  expect(reached).toEqual(['redis', 'control-plane', 'gateway', 'functions']);
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
        'Deployment',
        'HorizontalPodAutoscaler',
        'Namespace',
        'NetworkPolicy',
        'NetworkPolicy',
        'NetworkPolicy',
        'PodDisruptionBudget',
        'PodDisruptionBudget',
        'PodDisruptionBudget',
        'Service',
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
    [
      'base/functions.yaml',
      'mountPath: /tmp\n      containers:',
      'mountPath: /tmp\n            - name: cache\n              mountPath: /cache\n      containers:',
      'container folders mounts cache, which is no volume',
    ],
    [
      'base/functions.yaml',
      '- podSelector:\n            matchLabels:\n              app.kubernetes.io/name: gatehouse-gateway',
      '- podSelector:\n            matchLabels:\n              app.kubernetes.io/name: gateway',
      'NetworkPolicy gatehouse-functions: of those who may come, its selector matches no pods',
    ],
    [
      'base/functions.yaml',
      '- port: admin',
      '- port: http',
      'NetworkPolicy gatehouse-functions: of those whom its pods may call, its pods have no port http',
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
        {
          from: [
            { namespaceSelector: {} },
            { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'gatehouse-control-plane' } } },
          ],
          ports: [{ port: 'internal' }],
        },
      ],
    });
  });

  it.each(['gateway', 'functions'])("gives %s none of the control plane's secrets, and of Secrets its own", (part) => {
    const text = JSON.stringify(readManifests(readFileSync(path.join(here, `kubernetes/base/${part}.yaml`), 'utf8')));
    expect(text).not.toMatch(/DATABASE_URL|MASTER_KEY|ROOT_/);
    const secrets = [...text.matchAll(/"secretKeyRef":\{"name":"([^"]+)"/g)].map(([, name]) => name);
    expect(secrets).toEqual([`gatehouse-${part}`, `gatehouse-${part}`]);
  });

  const podOf = (name: string) => {
    const { manifests } = checkKustomization(path.join(here, production));
    const deployment = manifests.find(({ kind, metadata }) => kind === 'Deployment' && metadata?.name === name)!;
    return (deployment.spec as { template: { spec: Record<string, unknown> } }).template.spec;
  };

  it.each(['gatehouse-control-plane', 'gatehouse-gateway'])(
    'keeps the pods of %s to what Kubernetes calls restricted',
    (name) => {
      expect(podOf(name)).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [{ securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }],
      });
    },
  );

  it('security class: isolation of functions: their service has six rights of root, no token, and folders that only root may change', () => {
    const { initContainers, containers, ...pod } = podOf('gatehouse-functions') as {
      initContainers: { command: string[]; securityContext: object }[];
      containers: { securityContext: object; volumeMounts: object[]; env: { name: string; value?: string }[] }[];
    };
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsUser: 0, seccompProfile: { type: 'RuntimeDefault' } },
    });
    for (const flag of ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace']) expect(pod).not.toHaveProperty(flag);
    const [{ securityContext, volumeMounts, env }] = containers as [(typeof containers)[number]];
    expect(securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'], add: RIGHTS_OF_FUNCTIONS },
    });
    expect(volumeMounts).toContainEqual({ name: 'working', mountPath: WORKING_FOLDER });
    expect(env).toContainEqual({ name: 'GATEHOUSE_FUNCTION_UIDS', value: `${FIRST_USER}-59999` });
    expect(initContainers[0]!.command.at(-1)).toBe(
      `chmod 0700 /var/lib/gatehouse && chmod 0755 ${WORKING_FOLDER} && chmod 1777 /tmp`,
    );
    expect(initContainers[0]!.securityContext).toMatchObject({ capabilities: { drop: ['ALL'] } });
  });

  it('security class: isolation of functions: nobody but gateways, control planes and monitoring reaches them, and they reach nothing private but Redis and the admin API', () => {
    const { manifests } = checkKustomization(path.join(here, production));
    const byName = (kind: string, name: string) =>
      manifests.find((manifest) => manifest.kind === kind && manifest.metadata?.name === name)?.spec;
    const { ingress, egress } = byName('NetworkPolicy', 'gatehouse-functions') as {
      ingress: object[];
      egress: { to?: { ipBlock?: { cidr: string; except: string[] } }[]; ports?: object[] }[];
    };
    const pods = (name: string) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } });
    expect(ingress).toEqual([
      {
        from: [
          pods('gatehouse-gateway'),
          pods('gatehouse-control-plane'),
          { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } },
        ],
        ports: [{ port: 'invocations' }],
      },
    ]);
    expect(egress.slice(0, 2)).toEqual([
      { to: [pods('gatehouse-control-plane')], ports: [{ port: 'admin' }] },
      { ports: [{ port: 6379 }] },
    ]);
    const blocks = egress.flatMap(({ to = [] }) => to).flatMap(({ ipBlock }) => (ipBlock ? [ipBlock] : []));
    expect(blocks.map(({ cidr }) => cidr)).toEqual(['0.0.0.0/0', '::/0']);
    expect(blocks[0]!.except).toEqual(
      expect.arrayContaining(['10.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16']),
    );
    expect(egress).toHaveLength(4);
    expect(byName('Service', 'gatehouse-functions')).toMatchObject({ ports: [{ port: 9100, targetPort: 'invocations' }] });
    for (const [name, variable] of [
      ['gatehouse-gateway', 'GATEHOUSE_LAMBDA_ENDPOINT'],
      ['gatehouse-control-plane', 'GATEHOUSE_FUNCTIONS_ENDPOINT'],
    ] as const) {
      const [{ env }] = podOf(name)['containers'] as [{ env: object[] }];
      expect(env).toContainEqual({ name: variable, value: 'http://gatehouse-functions:9100' });
    }
  });

  it('makes a StatefulSet of the functions service, with a volume for each pod, where the overlay has the patch of the README', () => {
    const [, text] = /```yaml\n(patches:[^`]*)```/.exec(readFileSync(path.join(here, 'README.md'), 'utf8'))!;
    const { patches } = parse(text!) as { patches: { target: { kind: string; name: string }; patch: string }[] };
    const { target, patch } = patches[0]!;
    const { manifests } = checkKustomization(path.join(here, production));
    const deployment = manifests.find(({ kind, metadata }) => kind === target.kind && metadata?.name === target.name);
    const patched = structuredClone(deployment) as unknown as IStatefulSet;
    for (const { op, path: at, value } of parse(patch) as { op: string; path: string; value?: unknown }[]) {
      const way = at.split('/').slice(1);
      const last = way.pop()!;
      const place = way.reduce<object>((found, name) => Reflect.get(found, name) as object, patched);
      expect([at, Object.hasOwn(place, last)]).toEqual([at, op !== 'add']);
      if (op !== 'remove') Reflect.set(place, last, value);
      else if (Array.isArray(place)) place.splice(Number(last), 1);
      else Reflect.deleteProperty(place, last);
    }
    new StatefulSet(patched).validate();
    const { volumes, containers } = patched.spec!.template.spec!;
    expect(volumes!.map(({ name }) => name)).toEqual(['working', 'tmp']);
    expect(containers[0]!.volumeMounts).toContainEqual({ name: 'data', mountPath: '/var/lib/gatehouse' });
    expect(patched.spec!.volumeClaimTemplates!.map(({ metadata }) => metadata!.name)).toEqual(['data']);
  });
});
