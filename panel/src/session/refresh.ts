/** A new access token for an old one: once, however many requests of however many tabs ask. */

import { ApiError, request } from "@shared/api";
import type { Session } from "@shared/wire";
import { exclusively, storedToken, storeToken } from "./storage";
import { admit, expire, useSession } from "./store";
import { tellTabs } from "./tabs";

let underWay: Promise<string> | null = null;

/**
 * The access token to use instead of `rejected`. A 401 means that nobody is signed in any more: the session is then
 * marked as expired.
 */
export function refresh(rejected: string | null): Promise<string> {
  underWay ??= exclusively(() => exchange(rejected)).finally(() => {
    underWay = null;
  });
  return underWay;
}

async function exchange(rejected: string | null): Promise<string> {
  const current = useSession.getState().accessToken;
  if (current && current !== rejected) return current;
  const stored = storedToken();
  try {
    if (!stored) throw new ApiError(401, { code: "unauthorized", message: "Not signed in" });
    const session = await request<Session>("/api/panel/refresh", {
      body: { refresh_token: stored },
    });
    return keep(session);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 401)) throw error;
    expire();
    throw error;
  }
}

/** Makes `session` the session of this browser. */
export function keep(session: Session): string {
  storeToken(session.refresh_token);
  admit(session);
  const { access_token, operator } = session;
  tellTabs({ kind: "session", session: { access_token, operator } });
  return access_token;
}
