import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { answerMessages } from '../processes/helper.js';
import type { LogQuestion } from './log-reader.js';

/** Enough for what comes while this process waits for its core. */
const RECEIVE_BUFFER = 16 * 1024 * 1024;
const LINE_END = 0x0a;

let lines = 0;
const socket = createSocket({ type: 'udp4', recvBufferSize: RECEIVE_BUFFER }, (message) => {
  // A datagram is one line; the end of it is looked for as a program would that stores lines.
  if (message.lastIndexOf(LINE_END) !== 0) lines += 1;
});
const listening = once(socket, 'listening');
socket.bind(0, '127.0.0.1');

answerMessages(async (question: LogQuestion) => {
  await listening;
  return question === 'port' ? socket.address().port : lines;
});
