import { gatewayFrom, restApiModel } from '@gatehouse/testing';
import { expect, it } from 'vitest';
import http from 'node:http';
it('smoke', async () => {
  const server = http.createServer((req, res) => {
    res.setHeader('x-a', 'b');
    res.end(JSON.stringify({ url: req.url, headers: req.rawHeaders }));
  });
  await new Promise<void>((r) => server.listen(0, '127.0.0.1', r));
  const port = (server.address() as { port: number }).port;
  const g = gatewayFrom(
    restApiModel({
      'GET /mock': {},
      'GET /p/{proxy+}': {
        requestParameters: { 'method.request.path.proxy': true },
        integration: {
          type: 'HTTP_PROXY',
          uri: `http://127.0.0.1:${port}/b/{proxy}`,
          httpMethod: 'ANY',
          requestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
        },
      },
    }),
  );
  console.log(await g.call({ path: '/mock' }));
  console.log(await g.call({ path: '/p/a/b?x=1', headers: ['X-Foo', 'bar'] }));
  console.log((await g.call({ path: '/nix' })).body);
  server.close();
  await g.close();
  expect(1).toBe(1);
});
