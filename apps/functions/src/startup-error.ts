/** Why the functions process cannot start, as one line for whoever started it: it names the setting and never holds a secret. The process ends with code 1. */
export class StartupError extends Error {}
