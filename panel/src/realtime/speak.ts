/** The panel's open socket, for the routes that may be asked over it, and for what needs no answer. */

import type { Speak } from "@shared/api";
import type { ClientFrame } from "@shared/wire";

interface Socket {
  speak: Speak;
  say(frame: ClientFrame): boolean;
}

let lent: Socket = { speak: () => undefined, say: () => false };

export const speak: Speak = (asked) => lent.speak(asked);

/** Whether it could be said. */
export const say = (frame: ClientFrame): boolean => lent.say(frame);

/** From the connection, which knows whether it is live. */
export function lendSocket(socket: Socket): void {
  lent = socket;
}
