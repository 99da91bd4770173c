/** Up and down walk the rows, also those that are not mounted yet. */

import type { RefObject } from "react";
import type { VirtualizerHandle } from "virtua";

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

export function useRowKeys(list: RefObject<VirtualizerHandle | null>, rows: { id: string }[]) {
  return (event: React.KeyboardEvent) => {
    const step = STEPS[event.key];
    const from = (event.target as HTMLElement).dataset.conversationId;
    const at = rows.findIndex(({ id }) => id === from);
    const next = step && at >= 0 ? rows[at + step] : undefined;
    if (!next) return;
    event.preventDefault();
    list.current?.scrollToIndex(at + (step ?? 0), { align: "nearest" });
    requestAnimationFrame(() => focusRow(next.id));
  };
}

export function focusRow(id: string): void {
  document.querySelector<HTMLElement>(`[data-conversation-id="${CSS.escape(id)}"]`)?.focus();
}
