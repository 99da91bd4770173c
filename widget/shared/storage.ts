/** localStorage that never throws: where it is blocked or full, values live as long as the page. */

const fallback = new Map<string, string>();

export function readItem(key: string): string | null {
  try {
    return fallback.get(key) ?? localStorage.getItem(key);
  } catch {
    return fallback.get(key) ?? null;
  }
}

/** Whether it will survive the page. */
export function writeItem(key: string, value: string): boolean {
  try {
    localStorage.setItem(key, value);
    fallback.delete(key);
    return true;
  } catch {
    fallback.set(key, value);
    return false;
  }
}

export function removeItem(key: string): void {
  fallback.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // Blocked: it was only in the fallback.
  }
}

/** All keys that begin so. */
export function keysWith(prefix: string): string[] {
  const keys = new Set(fallback.keys());
  try {
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index);
      if (key !== null) keys.add(key);
    }
  } catch {
    // Blocked: the fallback is all there is.
  }
  return [...keys].filter((key) => key.startsWith(prefix));
}
