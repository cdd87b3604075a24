/** A header of the PROXY protocol's version 2 with these bytes for version and command, family and transport, and what follows them. */
export function proxyHeaderV2(command: number, family: number, ...parts: Buffer[]): Buffer {
  const rest = Buffer.concat(parts);
  const head = Buffer.from('\r\n\r\n\0\r\nQUIT\n\0\0\0\0', 'latin1');
  head[12] = command;
  head[13] = family;
  head.writeUInt16BE(rest.length, 14);
  return Buffer.concat([head, rest]);
}
