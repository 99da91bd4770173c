/** Who has guessed too often waits as long as the server says. */

import { type ApiError, isTooFast } from "@shared/api";
import { useEffect, useState } from "react";
import { useNow } from "../i18n/now";

const SECOND_MS = 1000;

/** Milliseconds that are left after this refusal; 0 when none are. */
export function useWait(error: unknown): number {
  const [until, setUntil] = useState(0);
  useNow(until ? SECOND_MS : 60 * SECOND_MS);
  useEffect(() => {
    const seconds = isTooFast(error) ? (error as ApiError).retryAfter : undefined;
    if (seconds) setUntil(performance.now() + seconds * SECOND_MS);
  }, [error]);
  return Math.max(0, until - performance.now());
}
