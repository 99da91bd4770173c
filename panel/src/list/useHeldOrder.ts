/** No reordering under the pointer: while it moves over the list, rows stay where they are. */

import { useEffect, useMemo, useRef, useState } from "react";
import { keepOrder } from "./held";

/** A pointer that rests this long is not choosing. */
const REST_MS = 3_000;

export function useHeldOrder<R extends { id: string }>(rows: R[]) {
  const [held, setHeld] = useState<readonly string[] | null>(null);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { shown, waiting } = useMemo(
    () => (held ? keepOrder(rows, held) : { shown: rows, waiting: 0 }),
    [rows, held],
  );
  const release = () => {
    clearTimeout(rest.current);
    setHeld(null);
  };
  const grip = (event: React.PointerEvent) => {
    if (event.pointerType !== "mouse") return;
    clearTimeout(rest.current);
    rest.current = setTimeout(() => setHeld(null), REST_MS);
    setHeld((before) => before ?? shown.map(({ id }) => id));
  };
  useEffect(() => () => clearTimeout(rest.current), []);
  return { shown, waiting, release, hold: { onPointerMove: grip, onPointerLeave: release } };
}
