/**
 * Altcha's proof of work: the number for which the SHA-256 of the salt followed by it is the challenge. Pages without
 * TLS have no WebCrypto, and a worker would need a place in the host page's policy: so it is done here, in slices.
 */

import type { Altcha } from "@shared/wire";
import { sha256 } from "./sha256";

const SLICE_MS = 12;

/** null when there is none, or when somebody has lost interest. */
export async function prove(work: Altcha, wanted: () => boolean): Promise<number | null> {
  const hash = sha256(work.salt);
  let number = 0;
  while (wanted()) {
    const until = performance.now() + SLICE_MS;
    while (performance.now() < until) {
      if (number > work.maxnumber) return null;
      if (hash(String(number)) === work.challenge) return number;
      number += 1;
    }
    await new Promise((resolve) => setTimeout(resolve));
  }
  return null;
}
