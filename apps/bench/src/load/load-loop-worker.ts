import http from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import type { LoadResult, LoadTarget } from './load.js';

const { port, path, connections } = workerData as LoadTarget;
const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
const began = performance.now();
let requests = 0;
let non2xx = 0;
let socketErrors = 0;
let stopped = false;

const loops = Array.from({ length: connections }, async () => {
  while (!stopped) await one();
});
parentPort?.once('message', () => {
  stopped = true;
  void Promise.all(loops).then(() => {
    const requestsPerSecond = (requests * 1000) / (performance.now() - began);
    parentPort?.postMessage({ requests, requestsPerSecond, non2xx, socketErrors } satisfies LoadResult);
  });
});

function one(): Promise<void> {
  return new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, path, agent }, (response) => {
      requests += 1;
      const status = response.statusCode ?? 0;
      if (status < 200 || status > 299) non2xx += 1;
      response.resume().once('close', resolve);
    });
    request.once('error', () => {
      socketErrors += 1;
      resolve();
    });
  });
}
