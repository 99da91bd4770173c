/** The tokens of this browser: the refresh token is shared by its tabs, the access token stays in memory. */

import { ApiError, request } from "@shared/api";
import { type TokenPair, Tokens } from "@shared/tokens";
import type { Session } from "@shared/wire";
import { admit } from "./store";

export const tokens = new Tokens({ key: "messenger:panel", exchange });

async function exchange(refresh_token: string | null): Promise<TokenPair> {
  if (!refresh_token) throw new ApiError(401, { code: "unauthorized", message: "Not signed in" });
  const session = await request<Session>("/api/panel/refresh", { body: { refresh_token } });
  admit(session.operator);
  return pairOf(session);
}

export function pairOf({ access_token, refresh_token }: Session): TokenPair {
  return { access: access_token, refresh: refresh_token };
}
