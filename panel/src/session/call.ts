/** A request in the operator's name. */

import { ApiError, type RequestOptions, request } from "@shared/api";
import { refresh } from "./refresh";
import { expire, useSession } from "./store";

/** `path` under `/api/panel`. A token that has run out is renewed, once. */
export async function call<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
  const ask = (token: string) => request<Answer>(`/api/panel${path}`, { ...options, token });
  const token = useSession.getState().accessToken ?? (await refresh(null));
  try {
    return await ask(token);
  } catch (error) {
    if (!isUnauthorized(error)) throw error;
  }
  const renewed = await refresh(token);
  try {
    return await ask(renewed);
  } catch (error) {
    if (isUnauthorized(error)) expire();
    throw error;
  }
}

export function isUnauthorized(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}
