/** What happened to a conversation, in words. */

import type { HistoryEntry } from "@shared/wire";
import type { Text } from "../i18n/language";
import { scoreWords } from "../ratings/words";
import type { Priority } from "../threads/actions";

/** How a branch is called. */
export type BranchName = (id: string | null) => string;

export function eventWords(t: Text, entry: HistoryEntry, branch: BranchName): string {
  const by = entry.actor?.name ?? t("history.system");
  const to = entry.to_operator?.name ?? "";
  const { cause } = entry;
  switch (entry.action) {
    case "assigned":
      if (cause === "transferred") return t("history.transferred", { by, to });
      if (cause === "claimed" || cause === "escalated" || cause === "taken_over") {
        return t(`history.${cause}`, { to });
      }
      return t("history.routed", { to });
    case "queued":
      if (cause === "transferred") {
        return t("history.toBranch", { by, branch: branch(entry.to_branch_id) });
      }
      if (cause === "released") {
        return t("history.released", { from: entry.from_operator?.name ?? "" });
      }
      if (cause === "requested") return t("history.requested");
      return t(cause === "nobody_left" ? "history.nobody_left" : "history.reopened");
    case "answered":
      return t("history.answered", { by });
    case "ended":
      return t("history.ended");
    case "rated":
      return t("history.rated", { score: entry.score ? scoreWords(t, entry.score) : "" });
    case "resolved":
      return t("history.resolved", { by });
    case "prioritised":
      return t("history.prioritised", {
        by,
        priority: t(`priority.${cause as Priority}`).toLowerCase(),
      });
    case "corrected":
      return t("history.corrected", { by, facts: factNames(t, cause) });
    case "looked":
      return t("history.looked", { by });
    case "alerted":
      return t(cause === "nobody_left" ? "history.alert_nobody_left" : "history.alert_unanswered");
  }
}

function factNames(t: Text, cause: string | null): string {
  const facts = (cause ?? "").split(",") as ("name" | "email" | "phone")[];
  return facts.map((each) => t(`contact.${each}`).toLowerCase()).join(", ");
}

/** Whether it changed branches on the way, without the words saying so. */
export function changedBranch({ action, cause, from_branch_id, to_branch_id }: HistoryEntry) {
  const named = action === "queued" && cause === "transferred";
  return !named && to_branch_id !== null && from_branch_id !== null
    ? from_branch_id !== to_branch_id
    : false;
}

/** Looks are for supervisors to know of. */
export function shownTo(oversees: boolean, history: readonly HistoryEntry[]): HistoryEntry[] {
  return history.filter(({ action }) => oversees || action !== "looked");
}

/** The causes that pass a note on: nobody has had the conversation before their eyes since. */
const ON_THE_WAY = new Set(["routed", "escalated", "nobody_left", "released"]);

/** The note that came with the present holder's conversation, if a colleague left one. */
export function noteFor(history: readonly HistoryEntry[]): HistoryEntry | null {
  for (const entry of history) {
    if (entry.action !== "assigned" && entry.action !== "queued") continue;
    if (entry.note) return entry;
    if (!ON_THE_WAY.has(entry.cause ?? "")) return null;
  }
  return null;
}
