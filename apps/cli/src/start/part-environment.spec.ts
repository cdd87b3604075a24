import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../environment.js';
import { controlPlaneEnvironment, functionsEnvironment, gatewayEnvironment } from './part-environment.js';

const env = {
  PATH: '/bin',
  DATABASE_URL: 'postgres://user:pg-hidden@db.example/gatehouse',
  GATEHOUSE_MASTER_KEY: 'master-hidden',
  GATEHOUSE_ROOT_ACCESS_KEY_ID: 'id-hidden',
  GATEHOUSE_ROOT_SECRET_ACCESS_KEY: 'secret-hidden',
  GATEHOUSE_BLOCKED_TARGETS: '10.0.0.0/8',
  GATEHOUSE_DATA_DIR: '/data',
};
const environment = readEnvironment(env);
const services = { databaseUrl: env.DATABASE_URL, redisUrl: 'redis://:r@127.0.0.1:6390' };
const fleet = { size: 2, services, dataPlaneKey: 'k' };

describe('gatewayEnvironment', () => {
  it('security class: secrets: a gateway gets none of the control plane', () => {
    expect(JSON.stringify(gatewayEnvironment(env, environment, fleet, 0))).not.toContain('hidden');
  });

  it('security class: the gateway as a way to its own internals: Postgres, the admin API and internal ports are blocked', () => {
    expect(gatewayEnvironment(env, environment, fleet, 0).GATEHOUSE_BLOCKED_TARGETS).toBe(
      '10.0.0.0/8,db.example:5432,127.0.0.1:4600,127.0.0.1:9100,127.0.0.1:9090,127.0.0.1:9091',
    );
  });

  it('gives every gateway ports and an access log of its own', () => {
    expect(gatewayEnvironment(env, environment, fleet, 1)).toMatchObject({
      PATH: '/bin',
      REDIS_URL: services.redisUrl,
      GATEHOUSE_GATEWAY_PORT: '8081',
      GATEHOUSE_INTERNAL_PORT: '9091',
      GATEHOUSE_ACCESS_LOG: '/data/logs/access-8081.log',
      GATEHOUSE_DATA_DIR: '/data',
    });
  });
});

it('a port for TLS is for the first gateway, and those after it are for the others', () => {
  const given = { ...env, GATEHOUSE_TLS_PORT: '8443' };
  expect(gatewayEnvironment(env, environment, fleet, 0)).not.toHaveProperty('GATEHOUSE_TLS_PORT');
  expect(gatewayEnvironment(given, environment, fleet, 1)).toMatchObject({ GATEHOUSE_TLS_PORT: '8444' });
  expect(gatewayEnvironment({ ...env, GATEHOUSE_TLS_PORT: 'tls' }, environment, fleet, 1)).toMatchObject({
    GATEHOUSE_TLS_PORT: 'tls',
  });
});

describe('settings that gateways of one start cannot share', () => {
  const given = { ...env, GATEHOUSE_GATEWAY_ID: 'edge', GATEHOUSE_ACCESS_LOG: '/logs/access.log' };

  it('get the port of each gateway', () => {
    expect(gatewayEnvironment(given, readEnvironment(given), fleet, 1)).toMatchObject({
      GATEHOUSE_GATEWAY_ID: 'edge-8081',
      GATEHOUSE_ACCESS_LOG: '/logs/access.log-8081',
    });
  });

  it('are taken as they are by a single gateway, and stdout by all', () => {
    expect(gatewayEnvironment(given, readEnvironment(given), { ...fleet, size: 1 }, 0)).toMatchObject({
      GATEHOUSE_GATEWAY_ID: 'edge',
      GATEHOUSE_ACCESS_LOG: '/logs/access.log',
    });
    for (const name of ['stdout', '/dev/stdout']) {
      const stdout = { ...given, GATEHOUSE_ACCESS_LOG: name };
      expect(gatewayEnvironment(stdout, readEnvironment(stdout), fleet, 1).GATEHOUSE_ACCESS_LOG).toBe(name);
    }
  });
});

describe('functionsEnvironment', () => {
  it('security class: secrets: the functions service gets none of the control plane', () => {
    expect(JSON.stringify(functionsEnvironment(env, environment, fleet))).not.toContain('hidden');
  });

  it('says where the control plane is, and everyone else where the functions service is', () => {
    expect(functionsEnvironment(env, environment, fleet)).toMatchObject({
      REDIS_URL: services.redisUrl,
      GATEHOUSE_CONTROL_PLANE_URL: 'http://127.0.0.1:4600',
      GATEHOUSE_FUNCTIONS_PORT: '9100',
    });
    const endpoint = 'http://127.0.0.1:9100';
    expect(controlPlaneEnvironment(env, environment, services)).toMatchObject({ GATEHOUSE_FUNCTIONS_ENDPOINT: endpoint });
    expect(controlPlaneEnvironment(env, environment, services)).toMatchObject({
      GATEHOUSE_TEST_INVOKE_ENDPOINT: 'http://127.0.0.1:9090',
    });
    expect(gatewayEnvironment(env, environment, fleet, 0)).toMatchObject({ GATEHOUSE_LAMBDA_ENDPOINT: endpoint });
  });

  it('leaves functions to AWS where the gateways are told so', () => {
    const given = { ...env, GATEHOUSE_LAMBDA_ENDPOINT: 'https://lambda.us-east-1.amazonaws.com' };
    expect(gatewayEnvironment(given, environment, fleet, 0)).toMatchObject({
      GATEHOUSE_LAMBDA_ENDPOINT: 'https://lambda.us-east-1.amazonaws.com',
    });
  });
});

describe('controlPlaneEnvironment', () => {
  it('adds services and address to what the caller set', () => {
    expect(controlPlaneEnvironment(env, environment, services)).toMatchObject({
      GATEHOUSE_MASTER_KEY: 'master-hidden',
      REDIS_URL: services.redisUrl,
      GATEHOUSE_ADMIN_PORT: '4600',
    });
  });
});
