/** Ctrl/⌘ K and `/` open the palette, `?` the list of shortcuts; by the key's place, so in Russian layouts too. */

import { useEffect } from "react";
import { show } from "./opening";

export function useCommandKeys(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const what = asked(event);
      if (!what || event.defaultPrevented) return;
      event.preventDefault();
      show(what);
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}

/** What a key asks for; one that writes something asks for nothing. */
export function asked(event: KeyboardEvent): "palette" | "shortcuts" | null {
  const { code, key, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (code === "KeyK" && (ctrlKey || metaKey) && !altKey && !shiftKey) return "palette";
  if (ctrlKey || metaKey || altKey || isWriting(event.target)) return null;
  if (key === "?" || (code === "Slash" && shiftKey)) return "shortcuts";
  return code === "Slash" ? "palette" : null;
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]")
  );
}
