import { Deadlines } from './deadlines.js';

/** Those of all calls of backends and functions. */
export const callDeadlines = new Deadlines();
