import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Namespace, Service } from 'kubernetes-models/v1';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { parse, parseAllDocuments } from 'yaml';

/** A manifest as it was read; its form is what is checked. */
export interface Manifest {
  apiVersion?: string;
  kind?: string;
  metadata?: { name?: string };
  [member: string]: unknown;
}

const MODELS = new Map<string, new (data: never) => { validate(): void }>([
  ['apps/v1 Deployment', Deployment],
  ['autoscaling/v2 HorizontalPodAutoscaler', HorizontalPodAutoscaler],
  ['networking.k8s.io/v1 NetworkPolicy', NetworkPolicy],
  ['policy/v1 PodDisruptionBudget', PodDisruptionBudget],
  ['v1 Namespace', Namespace],
  ['v1 Service', Service],
]);

/** The documents of one YAML file. Throws when it is not YAML. */
export function readManifests(text: string): Manifest[] {
  return parseAllDocuments(text).map((document) => {
    if (document.errors.length > 0) throw document.errors[0]!;
    return document.toJS() as Manifest;
  });
}

/** What is wrong with manifests: values and members against Kubernetes' API, and what they say of one another. */
export function checkManifests(manifests: Manifest[]): string[] {
  const faults = manifests.flatMap(checkValues);
  return faults.length > 0 ? faults : [...checkMembers(manifests), ...checkReferences(manifests)];
}

const nameOf = ({ kind, metadata }: Manifest) => `${kind} ${metadata?.name}`;

function checkValues(manifest: Manifest): string[] {
  const Model = MODELS.get(`${manifest.apiVersion} ${manifest.kind}`);
  if (!Model) return [`${nameOf(manifest)}: ${manifest.apiVersion} ${manifest.kind} is not a kind that is checked here`];
  try {
    new Model(manifest as never).validate();
    return [];
  } catch (error) {
    return [`${nameOf(manifest)}: ${(error as Error).message}`];
  }
}

/** The models' validation passes over members that it does not know; the type checker does not: a misspelt one is an excess property. */
function checkMembers(manifests: Manifest[]): string[] {
  const virtual = path.join(import.meta.dirname, 'manifests-as-types.ts');
  const source = manifests
    .map(({ apiVersion, kind, ...rest }, index) => {
      const from = apiVersion === 'v1' ? 'v1' : apiVersion;
      return `import type { I${kind} as Type${index} } from 'kubernetes-models/${from}';\nexport const manifest${index}: Type${index} = ${JSON.stringify({ apiVersion, kind, ...rest })};`;
    })
    .join('\n');
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, ...rest) =>
    name === virtual ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2023) : getSourceFile(name, ...rest);
  host.fileExists = (name) => name === virtual || fileExists(name);
  host.readFile = (name) => (name === virtual ? source : readFile(name));
  const program = ts.createProgram([virtual], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

interface Probe {
  httpGet?: { port: string | number };
}
interface Container {
  name: string;
  ports?: { name?: string }[];
  volumeMounts?: { name: string }[];
  startupProbe?: Probe;
  readinessProbe?: Probe;
  livenessProbe?: Probe;
}
interface PodTemplate {
  metadata?: { labels?: Record<string, string> };
  spec?: {
    initContainers?: Container[];
    containers?: Container[];
    volumes?: { name: string }[];
  };
}
interface Peer {
  namespaceSelector?: object;
  podSelector?: { matchLabels?: Record<string, string> };
}
interface Spec {
  selector?: Record<string, string> & { matchLabels?: Record<string, string> };
  template?: PodTemplate;
  ports?: { targetPort?: string | number }[];
  scaleTargetRef?: { kind: string; name: string };
  podSelector?: { matchLabels?: Record<string, string> };
  ingress?: { from?: Peer[]; ports?: { port?: string | number }[] }[];
  egress?: { to?: Peer[]; ports?: { port?: string | number }[] }[];
}

/** Selectors that match no pod, ports, volumes and targets that do not exist: all of it valid for the API and dead in a cluster. */
function checkReferences(manifests: Manifest[]): string[] {
  const deployments = manifests.filter(({ kind }) => kind === 'Deployment');
  const specOf = (manifest: Manifest) => manifest.spec as Spec;
  const selected = (labels: Record<string, string>) =>
    deployments.filter((deployment) => {
      const own = specOf(deployment).template?.metadata?.labels ?? {};
      return Object.entries(labels).every(([name, value]) => own[name] === value);
    });
  const checkPorts = (labels: Record<string, string> = {}, asked: (string | number | undefined)[] = []) => {
    const pods = selected(labels);
    if (pods.length === 0) return ['its selector matches no pods'];
    const ports = pods.flatMap((pod) => specOf(pod).template?.spec?.containers ?? []).flatMap(({ ports = [] }) => ports);
    const unknown = asked.filter((port) => !ports.some(({ name }) => name === port));
    return unknown.map((port) => `its pods have no port ${port}`);
  };
  return manifests.flatMap((manifest) => {
    const spec = specOf(manifest);
    const fault = (what: string) => `${nameOf(manifest)}: ${what}`;
    switch (manifest.kind) {
      case 'Deployment':
        return [
          ...(selected(spec.selector?.matchLabels ?? {}).includes(manifest)
            ? []
            : [fault('its selector does not match its own pods')]),
          ...checkContainers(spec.template).map(fault),
        ];
      case 'Service':
        return checkPorts(
          spec.selector,
          spec.ports?.map(({ targetPort }) => targetPort),
        ).map(fault);
      case 'NetworkPolicy': {
        const ports = spec.ingress?.flatMap(({ ports = [] }) => ports.map(({ port }) => port));
        const callers = ownPods(spec.ingress?.flatMap(({ from = [] }) => from));
        const called = spec.egress?.flatMap(({ to, ports = [] }) =>
          ownPods(to).flatMap((labels) =>
            checkPorts(
              labels,
              ports.map(({ port }) => port),
            ),
          ),
        );
        return [
          ...checkPorts(spec.podSelector?.matchLabels, ports).map(fault),
          ...callers.flatMap((labels) => checkPorts(labels)).map((what) => fault(`of those who may come, ${what}`)),
          ...(called ?? []).map((what) => fault(`of those whom its pods may call, ${what}`)),
        ];
      }
      case 'PodDisruptionBudget':
        return selected(spec.selector?.matchLabels ?? {}).length === 0 ? [fault('its selector matches no pods')] : [];
      case 'HorizontalPodAutoscaler': {
        const { kind, name } = spec.scaleTargetRef!;
        const found = manifests.some((target) => target.kind === kind && target.metadata?.name === name);
        return found ? [] : [fault(`there is no ${kind} ${name} to scale`)];
      }
      default:
        return [];
    }
  });
}

/** Labels of the pods of the same namespace that a network policy names. */
function ownPods(peers: Peer[] = []): Record<string, string>[] {
  return peers.flatMap(({ namespaceSelector, podSelector }) =>
    !namespaceSelector && podSelector?.matchLabels ? [podSelector.matchLabels] : [],
  );
}

function checkContainers(template: PodTemplate | undefined): string[] {
  const volumes = new Set(template?.spec?.volumes?.map(({ name }) => name));
  const containers = [...(template?.spec?.initContainers ?? []), ...(template?.spec?.containers ?? [])];
  return containers.flatMap(({ name, ports = [], volumeMounts = [], ...container }) => {
    const lost = volumeMounts.filter((mount) => !volumes.has(mount.name));
    const probes = [container.startupProbe, container.readinessProbe, container.livenessProbe].filter((probe) => probe);
    const portless = probes.filter((probe) => !ports.some((port) => port.name === probe?.httpGet?.port));
    return [
      ...lost.map((mount) => `container ${name} mounts ${mount.name}, which is no volume`),
      ...portless.map((probe) => `container ${name} has no port ${probe?.httpGet?.port} to probe`),
    ];
  });
}

interface Kustomization {
  resources?: string[];
  images?: { name: string }[];
  secretGenerator?: { name: string; envs?: string[]; literals?: string[] }[];
}

/** A Kustomization with everything that it pulls in. */
export interface KustomizationCheck {
  faults: string[];
  manifests: Manifest[];
}

/**
 * Follows a Kustomization: its resources must exist, its image names must be used by a container, the files of its Secrets must be kept out
 * of the repository, and every Secret that a container reads must be generated.
 */
export function checkKustomization(directory: string): KustomizationCheck {
  const { faults, manifests, kustomization } = collect(directory);
  const text = JSON.stringify(manifests);
  for (const { name } of kustomization.images ?? []) {
    if (!text.includes(`"image":"${name}"`)) faults.push(`no container uses the image ${name}`);
  }
  const generated = new Set(kustomization.secretGenerator?.map(({ name }) => name));
  for (const [, name] of text.matchAll(/"secretKeyRef":\{"name":"([^"]+)"/g)) {
    if (!generated.has(name!)) faults.push(`nothing generates the Secret ${name}`);
  }
  const ignored = existsSync(path.join(directory, '.gitignore')) ? readFileSync(path.join(directory, '.gitignore'), 'utf8') : '';
  for (const { name, envs = [], literals = [] } of kustomization.secretGenerator ?? []) {
    if (literals.length > 0) faults.push(`the Secret ${name} holds values that are in the repository`);
    const kept = envs.filter((file) => !(file.endsWith('.env') && ignored.includes('*.env')));
    faults.push(...kept.map((file) => `${file} of the Secret ${name} is not ignored by git`));
  }
  return { faults, manifests };
}

function collect(directory: string): KustomizationCheck & { kustomization: Kustomization } {
  const kustomization = parse(readFileSync(path.join(directory, 'kustomization.yaml'), 'utf8')) as Kustomization;
  const result: KustomizationCheck = { faults: [], manifests: [] };
  for (const resource of kustomization.resources ?? []) {
    const target = path.join(directory, resource);
    if (!existsSync(target)) result.faults.push(`${path.basename(directory)}: there is no ${resource}`);
    else if (resource.endsWith('.yaml')) result.manifests.push(...readManifests(readFileSync(target, 'utf8')));
    else {
      const inner = collect(target);
      result.faults.push(...inner.faults);
      result.manifests.push(...inner.manifests);
    }
  }
  return { ...result, kustomization };
}
