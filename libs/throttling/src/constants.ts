/** Length of one turn of the background work, in ms. */
export const TURN_MS = 25;

/** Turns after which a lease that was not renewed gives its unused tokens back: with one turn of delay they are back within 100 ms. */
export const LEASE_TURNS = 3;

/** How much recent use a lease covers, in ms: small enough that the leases of all gateways together stay under 1 % of any 10 s. */
export const LEASE_USE_MS = 50;

/** The longest that a request waits for Redis, and the longest that an answer may take before Redis counts as away, in ms. */
export const PATIENCE_MS = 5;

/** The longest that "nothing left" is believed without asking again, in ms: by then tokens that others gave back are in Redis. */
export const DENIAL_MS = 100;
