/** One request to the API: JSON in, JSON out, and only two kinds of failure. */

import type { AnswerFrame, Call, ErrorAnswer, ErrorDetail } from "./wire";

const TIMEOUT_MS = 15_000;

/** The server answered, and refused. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: ErrorDetail["code"];
  readonly field: string | undefined;
  /** Seconds to wait, where the server told (429, 503). */
  readonly retryAfter: number | undefined;
  /** What is to be solved before the same request is asked again (captcha_required). */
  readonly challenge: ErrorDetail["challenge"];

  constructor(status: number, detail: ErrorDetail, retryAfter?: number) {
    super(detail.message);
    this.status = status;
    this.code = detail.code;
    this.field = detail.field;
    this.retryAfter = detail.retry_after ?? retryAfter;
    this.challenge = detail.challenge;
  }
}

/** No answer: offline, blocked, timed out. What was asked may or may not have happened. */
export class NetworkError extends Error {
  constructor(cause?: unknown) {
    super("No answer from the server", { cause });
  }
}

export type Asked = Pick<Call, "path" | "token" | "body">;

/** Asks over the open socket; undefined when there is none, or when it did not answer. */
export type Speak = (asked: Asked) => Promise<AnswerFrame | undefined> | undefined;

export interface RequestOptions {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  token?: string | null | undefined;
  timeoutMs?: number;
  /** For routes that may be asked so (`x-socket`): cheaper than a request, which is made when it fails. */
  speak?: Speak | undefined;
  /** Hears every answer, with the moment at which it was asked for. */
  heard?: (response: Response, askedAt: number) => void;
}

/** The parsed answer, or `ApiError` or `NetworkError`. POST when there is a body, else GET. */
export async function request<Answer>(url: string, options: RequestOptions = {}): Promise<Answer> {
  const { body, token, speak, timeoutMs = TIMEOUT_MS } = options;
  const path = url.replace(/^.*\/api\b/, "");
  const told = token && (await speak?.({ path, token, body: body ?? {} }));
  // Too large for a socket, as what was asked or as the answer.
  if (told && told.status !== 413) {
    if (told.status < 400) return told.body as Answer;
    throw new ApiError(told.status, (told.body as ErrorAnswer).error);
  }
  const headers: Record<string, string> = {};
  // Without a token it is a request that browsers call simple: it needs no preflight.
  if (token) {
    headers["Content-Type"] = "application/json";
    headers.Authorization = `Bearer ${token}`;
  }
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeoutMs);
  const askedAt = Date.now();
  try {
    const response = await fetch(url, {
      method: options.method ?? (body === undefined ? "GET" : "POST"),
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      signal: stop.signal,
      credentials: "omit",
      cache: "no-store",
    });
    options.heard?.(response, askedAt);
    const answer: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw refusal(response, answer);
    if (answer === undefined) throw new NetworkError("not JSON");
    return answer as Answer;
  } catch (error) {
    throw error instanceof ApiError || error instanceof NetworkError
      ? error
      : new NetworkError(error);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether the same request may succeed later without a change: no answer, overload, a server's fault. */
export function isTransient(error: unknown): boolean {
  if (error instanceof NetworkError) return true;
  return (
    error instanceof ApiError && (error.status >= 500 || [408, 425, 429].includes(error.status))
  );
}

export const isUnauthorized = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 401;

export const isTooFast = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 429;

function refusal(response: Response, answer: unknown): ApiError {
  const detail = (answer as Partial<ErrorAnswer> | null | undefined)?.error;
  const wait = Number(response.headers.get("Retry-After") ?? Number.NaN);
  return new ApiError(
    response.status,
    detail?.code ? detail : { code: codeOf(response.status), message: `HTTP ${response.status}` },
    Number.isFinite(wait) ? wait : undefined,
  );
}

/** Gateways answer without our body. */
function codeOf(status: number): ErrorDetail["code"] {
  if (status >= 500) return "unavailable";
  const codes: Record<number, ErrorDetail["code"]> = {
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    413: "too_large",
    429: "too_many_requests",
  };
  return codes[status] ?? "invalid";
}
