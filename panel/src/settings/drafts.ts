/** What was changed in a form and not saved: it waits in memory while one looks elsewhere. */

import { useSession } from "../session/store";

const drafts = new Map<string, unknown>();

export const readDraft = <Values>(key: string) => drafts.get(key) as Values | undefined;

export function keepDraft(key: string, values: unknown): void {
  drafts.set(key, values);
  addEventListener("beforeunload", askFirst);
}

export function dropDraft(key: string): void {
  drafts.delete(key);
  if (!drafts.size) removeEventListener("beforeunload", askFirst);
}

/** The browser asks in its own words whether to leave the page. */
function askFirst(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

useSession.subscribe(({ status }) => {
  if (status === "signed_out") for (const key of [...drafts.keys()]) dropDraft(key);
});
