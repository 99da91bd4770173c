/** A request in the operator's name. */

import { isUnauthorized, type RequestOptions, request } from "@shared/api";
import { expire } from "./store";
import { tokens } from "./tokens";

/** `path` under `/api/panel`. */
export const call = <Answer>(path: string, options?: RequestOptions) =>
  asOperator<Answer>(`/api/panel${path}`, options);

/** `path` under `/api/settings`: what only admins may ask. */
export const callSettings = <Answer>(path: string, options?: RequestOptions) =>
  asOperator<Answer>(`/api/settings${path}`, options);

async function asOperator<Answer>(url: string, options: RequestOptions = {}): Promise<Answer> {
  try {
    return await tokens.spend((token) => request<Answer>(url, { ...options, token }));
  } catch (error) {
    if (isUnauthorized(error)) expire();
    throw error;
  }
}
