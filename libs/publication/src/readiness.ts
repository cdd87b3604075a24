/** Whether a gateway serves a complete configuration, where it came from and how old it is: what `readyz` tells. */
export interface Readiness {
  ready: boolean;
  /** `none` until a complete configuration is served. */
  source: 'redis' | 'disk' | 'none';
  /** Seconds since Redis last confirmed that what is served is the newest; null before the first time. */
  ageSeconds: number | null;
  /** Highest revision among the documents that were taken in; grows over every epoch. */
  revision: number;
}
