/** How far the clocks of client and server may be apart. */
export const MAX_SKEW_MS = 5 * 60_000;

const FORMAT = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

/** `YYYYMMDDTHHMMSSZ`, the only form of time in a signature. */
export function formatAmzDate(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** Milliseconds since the epoch, or undefined when the text is not a time in the form `YYYYMMDDTHHMMSSZ`. */
export function parseAmzDate(text: string): number | undefined {
  const iso = FORMAT.test(text) ? text.replace(FORMAT, '$1-$2-$3T$4:$5:$6Z') : '';
  const time = Date.parse(iso);
  // A day such as 30 February is read as one in March: only a time that is written back the same way was one.
  return !Number.isNaN(time) && formatAmzDate(time) === text ? time : undefined;
}
