/** How often the clock of a server of clients moves and its connections look for deadlines that have passed, in milliseconds. */
export const TICK = 500;
