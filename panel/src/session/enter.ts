/** Coming in and going out, in all tabs of this browser. */

import { isUnauthorized, request } from "@shared/api";
import { Tabs } from "@shared/tabs";
import type { JoinRequest, Nothing, Operator, Session, SignInRequest } from "@shared/wire";
import { call } from "./call";
import { dropInvitation } from "./invitation";
import { admit, expire, operatorId, useSession } from "./store";
import { pairOf, tokens } from "./tokens";

const RETRY_MS = 3_000;

/** Who has come in, or null: everybody has left. */
const tabs = new Tabs<Operator | null>("messenger:panel:session", (operator) => {
  if (operator === null || isSomebodyElse(operator)) startAfresh();
  else admit(operator);
});

/** Goes on with the stored session, if there is one; without a network it waits for the network. */
export async function resumeSession(): Promise<void> {
  while (useSession.getState().status === "starting") {
    try {
      await tokens.renew(null);
    } catch (error) {
      if (isUnauthorized(error)) expire();
      else await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

export async function signIn(credentials: SignInRequest): Promise<void> {
  begin(await request<Session>("/api/panel/sign_in", { body: credentials }));
}

/** Comes in by a link, which is spent with it. */
export async function join(wanted: JoinRequest): Promise<void> {
  begin(await request<Session>("/api/panel/join", { body: wanted }));
  dropInvitation();
}

/** Somebody else than before gets a fresh page: what is in memory is not theirs. */
function begin(session: Session): void {
  const changed = isSomebodyElse(session.operator);
  tokens.adopt(pairOf(session));
  tabs.tell(session.operator);
  if (changed) startAfresh();
  else admit(session.operator);
}

/** Signed out here and in the other tabs, even when the server cannot be told. */
export async function signOut(): Promise<void> {
  await call<Nothing>("/sign_out", { body: {}, timeoutMs: 5_000 }).catch(() => null);
  leave();
}

export function leave(): void {
  tokens.clear();
  tabs.tell(null);
  startAfresh();
}

function isSomebodyElse(operator: Operator): boolean {
  return operatorId() !== "" && operatorId() !== operator.id;
}

function startAfresh(): void {
  history.replaceState(null, "", location.pathname);
  location.reload();
}
