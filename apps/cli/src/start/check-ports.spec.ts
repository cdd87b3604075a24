import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { checkPorts } from './check-ports.js';

const occupy = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
};
const listener = (port: number, variable = 'GATEHOUSE_ADMIN_PORT') => ({ host: '127.0.0.1', port, variable });

describe('checkPorts', () => {
  it('names the port in use and the variable that changes it', async () => {
    const { server, port } = await occupy();
    await expect(checkPorts([listener(port)], 0)).rejects.toThrow(
      `port ${port} on 127.0.0.1 is in use; GATEHOUSE_ADMIN_PORT chooses another`,
    );
    server.close();
    await once(server, 'close');
    await checkPorts([listener(port)], 0);
  });

  it('waits for a port that is being given up', async () => {
    const { server, port } = await occupy();
    const checked = checkPorts([listener(port)], 10_000);
    server.close();
    await checked;
  });

  it('refuses one port for two purposes, and ports that do not exist', async () => {
    const twice = checkPorts([listener(8080), listener(8080, 'GATEHOUSE_GATEWAY_PORT')], 0);
    await expect(twice).rejects.toThrow('port 8080 is wanted twice: by GATEHOUSE_ADMIN_PORT and by GATEHOUSE_GATEWAY_PORT');
    await expect(checkPorts([listener(65_536)], 0)).rejects.toThrow(
      'port 65536 does not exist; choose a lower GATEHOUSE_ADMIN_PORT',
    );
  });
});
