/** A request in the operator's name. */

import { ApiError, type RequestOptions, request } from "@shared/api";
import { expire } from "./store";
import { tokens } from "./tokens";

/** `path` under `/api/panel`. */
export const call = <Answer>(path: string, options?: RequestOptions) =>
  asOperator<Answer>(`/api/panel${path}`, options);

/** `path` under `/api/settings`: what only admins may ask. */
export const callSettings = <Answer>(path: string, options?: RequestOptions) =>
  asOperator<Answer>(`/api/settings${path}`, options);

/** A token that has run out is renewed, once; then the session has ended. */
async function asOperator<Answer>(url: string, options: RequestOptions = {}): Promise<Answer> {
  const ask = (token: string) => request<Answer>(url, { ...options, token });
  try {
    const token = tokens.access ?? (await tokens.renew(null));
    try {
      return await ask(token);
    } catch (error) {
      if (!isUnauthorized(error)) throw error;
      return await ask(await tokens.renew(token));
    }
  } catch (error) {
    if (isUnauthorized(error)) expire();
    throw error;
  }
}

export function isUnauthorized(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}
