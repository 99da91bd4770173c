/** The panel's open socket, for the routes that may be asked over it. */

import type { Speak } from "@shared/api";

let lent: Speak = () => undefined;

export const speak: Speak = (asked) => lent(asked);

/** From the connection, which knows whether it is live. */
export function lendSocket(socket: Speak): void {
  lent = socket;
}
