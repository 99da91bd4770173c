/** A text field as tall as its text; the style sheet caps it. */

import { type RefObject, useLayoutEffect } from "react";

export function useGrowing(area: RefObject<HTMLTextAreaElement | null>, body: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again whenever the text changes
  useLayoutEffect(() => {
    const field = area.current;
    if (!field) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  }, [body, area]);
}
