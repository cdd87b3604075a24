import type { ExecutionSentence } from '../logs/execution-log.js';

/** What an execution log tells of keys and plans comes before this; a test has none. */
const BEGINNING = /^Starting (?:execution|authorizer: \S+) for request: /;

/** An execution log as test invocations give it: `EEE MMM dd HH:mm:ss UTC yyyy : {sentence}`. Source: recorded behaviour of AWS. */
export function testLog(requestId: string, sentences: readonly ExecutionSentence[]): string {
  const start = sentences.findIndex(({ text }) => BEGINNING.test(text));
  const told = sentences.slice(Math.max(start, 0)).map(({ at, text }) => `${javaDate(at)} : ${text}\n`);
  return `Execution log for request ${requestId}\n${told.join('')}`;
}

/** `Tue Nov 14 22:13:20 UTC 2023`, as Java prints a date. @param at milliseconds since 1970 */
function javaDate(at: number): string {
  const [weekday = '', day, month, year, time] = new Date(at).toUTCString().split(' ');
  return `${weekday.slice(0, 3)} ${month} ${day} ${time} UTC ${year}`;
}
