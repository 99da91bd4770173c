/** A file on its way into storage, with its progress. */

import { NetworkError } from "../api";
import type { Upload } from "../wire";

/** Nothing moves for so long: the line is dead. */
const STALLED_MS = 30_000;

export interface Posting {
  done: Promise<void>;
  stop(): void;
}

/** Rejects with NetworkError: the form may have run out, or the line; both are tried again. */
export function post(upload: Upload, file: Blob, onProgress: (share: number) => void): Posting {
  const sending = new XMLHttpRequest();
  const done = new Promise<void>((resolve, reject) => {
    let timer = setTimeout(() => sending.abort(), STALLED_MS);
    const fail = () => reject(new NetworkError(sending.status));
    sending.upload.onprogress = ({ loaded, total }) => {
      clearTimeout(timer);
      timer = setTimeout(() => sending.abort(), STALLED_MS);
      onProgress(total ? loaded / total : 0);
    };
    sending.onload = () => (sending.status < 300 ? resolve() : fail());
    sending.onerror = sending.onabort = fail;
    sending.onloadend = () => clearTimeout(timer);
  });
  const form = new FormData();
  for (const [name, value] of Object.entries(upload.fields)) form.append(name, value);
  form.append("file", file);
  sending.open("POST", upload.url);
  sending.send(form);
  return { done, stop: () => sending.abort() };
}
