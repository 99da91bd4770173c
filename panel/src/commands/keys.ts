/** The keys of the panel, as they are written on keyboards; the same in every layout. */

import type { en } from "./i18n";

const apple = /Mac|iPhone|iPad/.test(navigator.userAgent);

export const MOD = apple ? "⌘" : "Ctrl";
export const ALT = apple ? "⌥" : "Alt";

/** What each does, by the texts of the palette or of the panel. */
export const KEYS: readonly (readonly [Exclude<keyof typeof en, "priority">, readonly string[]])[] =
  [
    ["openPalette", [MOD, "K"]],
    ["next", [ALT, "J"]],
    ["previous", [ALT, "K"]],
    ["ringing", [ALT, "O"]],
    ["transfer", [ALT, "T"]],
    ["resolve", [ALT, "E"]],
    ["send", ["Enter"]],
    ["newline", ["Shift", "Enter"]],
    ["help", ["?"]],
  ];
