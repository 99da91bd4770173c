/** Wears the company's colour, in the corner it chose: first as the page's author wrote it, then as the settings say. */

import { shades } from "@shared/look";
import { addStyles } from "./styles";

export interface Look {
  accent?: string | null;
  side?: string;
}

export function wear({ accent, side }: Look): void {
  let css = side === "left" ? ".root{--start:20px;--end:auto}" : ".root{--start:auto;--end:20px}";
  if (accent && /^#[0-9a-f]{6}$/i.test(accent)) {
    const { on, strong } = shades(accent, false);
    css += `.root{--accent:${accent};--on-accent:${on};--accent-strong:${strong};--launcher:${accent};--launcher-hover:color-mix(in srgb,${accent} 88%,#000)}@media(prefers-color-scheme:dark){.root{--accent-strong:${shades(accent, true).strong}}}`;
  }
  addStyles(css);
}
