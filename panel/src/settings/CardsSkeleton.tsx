/** Cards before they are there. */

import { Skeleton } from "@mantine/core";
import css from "./CardsSkeleton.module.css";

const WIDTHS = ["58%", "46%"];

export function CardsSkeleton() {
  return (
    <div aria-busy="true" data-testid="settings-skeleton" className={css.skeletons}>
      {WIDTHS.map((width) => (
        <div key={width} className={css.card}>
          <Skeleton height={15} width={width} />
          <Skeleton height={20} width="70%" />
          <Skeleton height={12} width="34%" />
        </div>
      ))}
    </div>
  );
}
