/** Coming in and going out. */

import { request } from "@shared/api";
import type { Nothing, Session, SignInRequest } from "@shared/wire";
import { call } from "./call";
import { keep, refresh } from "./refresh";
import { exclusively, forgetToken, storedToken } from "./storage";
import { expire, useSession } from "./store";
import { listenToTabs, tellTabs } from "./tabs";

const RETRY_MS = 3_000;

/** Goes on with the stored session, if there is one; without a network it waits for the network. */
export async function resumeSession(): Promise<void> {
  listenToTabs(startAfresh);
  while (useSession.getState().status === "starting") {
    if (!storedToken()) return expire();
    await refresh(null).catch(() => new Promise((resolve) => setTimeout(resolve, RETRY_MS)));
  }
}

/** Somebody else than before gets a fresh page: what is in memory is not theirs. */
export async function signIn(credentials: SignInRequest): Promise<void> {
  const before = useSession.getState().operator?.id;
  const session = await request<Session>("/api/panel/sign_in", { body: credentials });
  await exclusively(async () => keep(session));
  if (before && before !== session.operator.id) startAfresh();
}

/** Signed out here and in the other tabs, even when the server cannot be told. */
export async function signOut(): Promise<void> {
  await call<Nothing>("/sign_out", { body: {}, timeoutMs: 5_000 }).catch(() => null);
  leave();
}

export function leave(): void {
  forgetToken();
  tellTabs({ kind: "signed_out" });
  startAfresh();
}

function startAfresh(): void {
  history.replaceState(null, "", location.pathname);
  location.reload();
}
