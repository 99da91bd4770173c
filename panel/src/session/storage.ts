/** The refresh token of this browser, shared by its tabs. */

const KEY = "messenger:panel";

export function storedToken(): string | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    const token = (stored as { refresh_token?: unknown } | null)?.refresh_token;
    return typeof token === "string" ? token : null;
  } catch {
    return null;
  }
}

export function storeToken(refresh_token: string): void {
  localStorage.setItem(KEY, JSON.stringify({ refresh_token }));
}

export function forgetToken(): void {
  localStorage.removeItem(KEY);
}

/** One tab at a time; without Web Locks (http pages) the server's 60 seconds of grace must do. */
export function exclusively<T>(work: () => Promise<T>): Promise<T> {
  if (!navigator.locks) return work();
  return navigator.locks.request(KEY, work) as Promise<T>;
}
