/** A time of minutes and seconds as it is typed. */

export interface Duration {
  minutes: string;
  seconds: string;
}

export function durationOf(seconds: number): Duration {
  return {
    minutes: String(Math.floor(seconds / 60)),
    seconds: String(seconds % 60).padStart(2, "0"),
  };
}

/** Null: not a time. An empty field counts as nothing. */
export function secondsOf({ minutes, seconds }: Duration): number | null {
  const parts = [minutes, seconds].map((part) => part.trim());
  if (parts.every((part) => !part) || !parts.every((part) => /^\d{0,5}$/.test(part))) return null;
  return Number(parts[0]) * 60 + Number(parts[1]);
}
