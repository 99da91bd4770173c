/** Messages before they are there. */

import { Skeleton } from "@mantine/core";
import css from "./ThreadSkeleton.module.css";

const BUBBLES = [
  ["start", "46%", 56],
  ["end", "38%", 40],
  ["end", "52%", 72],
  ["start", "34%", 40],
] as const;

export function ThreadSkeleton() {
  return (
    <div className={css.bubbles} aria-busy="true" data-testid="thread-skeleton">
      {BUBBLES.map(([side, width, height]) => (
        <Skeleton
          key={width}
          width={width}
          height={height}
          radius={14}
          style={{ alignSelf: side }}
        />
      ))}
    </div>
  );
}
