/** The list before it is there. */

import { Skeleton } from "@mantine/core";
import css from "./ListSkeleton.module.css";

const ROWS = ["70%", "55%", "62%", "48%", "66%", "58%"];

export function ListSkeleton() {
  return (
    <div aria-busy="true" data-testid="list-skeleton">
      {ROWS.map((width) => (
        <div key={width} className={css.row}>
          <Skeleton circle height={40} width={40} />
          <div className={css.words}>
            <Skeleton height={13} width={width} />
            <Skeleton height={11} width="92%" />
            <Skeleton height={10} width="40%" />
          </div>
        </div>
      ))}
    </div>
  );
}
