/**
 * Values that the view follows. The widget is small enough to be drawn anew as a whole, so a signal need not know who
 * reads it: any change asks for one drawing, after all the changes of this moment.
 */

type Listener = () => void;

const listeners = new Set<Listener>();
let asked = false;

export interface Signal<T> {
  value: T;
}

export function signal<T>(initial: T): Signal<T> {
  let current = initial;
  return {
    get value() {
      return current;
    },
    set value(next: T) {
      if (Object.is(current, next)) return;
      current = next;
      if (asked) return;
      asked = true;
      queueMicrotask(tell);
    },
  };
}

/** Calls `listener` after changes; returns how to stop. */
export function onChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  asked = false;
  for (const listener of [...listeners]) listener();
}
