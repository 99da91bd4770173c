/** Where the reader is: kept at the bottom if there, left alone if not, steady while history is added above. */

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { loadOlder } from "../threads/load";
import type { Thread } from "../threads/store";
import type { linesOf } from "./lines";

const NEAR_PX = 80;
const AHEAD_PX = 400;

export type OlderState = "idle" | "loading" | "failed";

export function useThreadScroll(id: string, thread: Thread, lines: ReturnType<typeof linesOf>) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const height = useRef(0);
  const [atBottom, setAtBottom] = useState(true);
  const [older, setOlder] = useState<OlderState>("idle");
  const newest = lines.at(-1)?.line;
  const [seen, setSeen] = useState(newest?.key);

  const toBottom = useCallback(() => {
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight;
    setAtBottom(true);
  }, []);

  const load = useCallback(() => {
    setOlder("loading");
    loadOlder(id).then(
      () => setOlder("idle"),
      () => setOlder("failed"),
    );
  }, [id]);

  // History came in above: what was read stays where it was.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the window grows upwards
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box && height.current) box.scrollTop += box.scrollHeight - height.current;
    height.current = box?.scrollHeight ?? 0;
  }, [thread.base]);

  // A new line: stay at the bottom, and always follow one's own words.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when a line is added below
  useLayoutEffect(() => {
    if (atBottom || newest?.state === "pending") toBottom();
    height.current = scroller.current?.scrollHeight ?? 0;
  }, [newest?.key]);

  useLayoutEffect(() => {
    const divider = scroller.current?.querySelector("[data-testid=unread-divider]");
    if (divider) divider.scrollIntoView({ block: "center" });
  }, []);

  // The composer grows, fonts arrive: the bottom stays the bottom.
  useEffect(() => {
    const watch = new ResizeObserver(() => {
      if (atBottom) toBottom();
      height.current = scroller.current?.scrollHeight ?? 0;
    });
    for (const box of [scroller.current, content.current]) if (box) watch.observe(box);
    return () => watch.disconnect();
  }, [atBottom, toBottom]);

  useEffect(() => {
    if (atBottom) setSeen(newest?.key);
  }, [atBottom, newest?.key]);

  const onScroll = () => {
    const box = scroller.current;
    if (!box) return;
    setAtBottom(box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX);
    if (box.scrollTop < AHEAD_PX && thread.base > 0 && older === "idle") load();
  };

  const below = lines.length - 1 - lines.findLastIndex(({ line }) => line.key === seen);
  return { scroller, content, atBottom, below, older, onScroll, toBottom, loadOlder: load };
}
