/** Files that are not sent yet, in IndexedDB: a reload takes up where this tab was. */

import { uuid } from "../ids";
import type { Attachment } from "../wire";
import type { FileType } from "./kinds";

const DATABASE = "messenger-files";
const STORE = "files";
/** As long as the server waits for what was uploaded. */
const LIFE_MS = 24 * 3_600_000;

export interface Kept {
  key: string;
  /** Where it is to be sent. */
  scope: string;
  tab: string;
  at: number;
  name: string;
  type: FileType;
  /** null: taken back from a message, of which only the server has it. */
  file: Blob | null;
  thumbnail: Blob | null;
  /** Uploaded and checked. */
  attachment: Attachment | null;
}

/** The name of this tab; it outlives a reload. */
function tab(): string {
  try {
    sessionStorage["messenger:tab"] ??= uuid();
    return sessionStorage["messenger:tab"];
  } catch {
    return "";
  }
}

export function keep(record: Omit<Kept, "tab">): Promise<unknown> {
  return within("readwrite", (files) => files.put({ ...record, tab: tab() }));
}

export function forget(key: string): Promise<unknown> {
  return within("readwrite", (files) => files.delete(key));
}

/** What this tab has left, oldest first; what nobody came back for is thrown away. */
export async function recall(scope: string): Promise<Kept[]> {
  const all = ((await within("readonly", (files) => files.getAll())) ?? []) as Kept[];
  const old = all.filter(({ at }) => at < Date.now() - LIFE_MS);
  for (const { key } of old) void forget(key);
  return all
    .filter((each) => each.scope === scope && each.tab === tab() && !old.includes(each))
    .sort((a, b) => a.at - b.at);
}

/** One request; undefined where there is no such storage, or it is full. */
async function within<T>(
  mode: IDBTransactionMode,
  ask: (files: IDBObjectStore) => IDBRequest<T>,
): Promise<T | undefined> {
  try {
    const database = await settled(opened());
    const answer = await settled(ask(database.transaction(STORE, mode).objectStore(STORE)));
    database.close();
    return answer;
  } catch {
    return undefined;
  }
}

function opened(): IDBOpenDBRequest {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "key" });
  return opening;
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
