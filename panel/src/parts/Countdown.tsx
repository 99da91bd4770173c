/** A ring that empties until a deadline of the server's, and the time that is left; the last minute is red. */

import { useText } from "../i18n/language";
import { useServerNow } from "../realtime/clock";
import css from "./Countdown.module.css";
import { clockOf, LAST_MS, shareLeft } from "./remaining";

const RADIUS = 8;
const LENGTH = 2 * Math.PI * RADIUS;
const TICK_MS = 500;

interface Props {
  from: string | null;
  until: string;
  size: number;
}

export function Countdown({ from, until, size }: Props) {
  const t = useText();
  const now = useServerNow(TICK_MS);
  const end = Date.parse(until);
  const left = end - now;
  const share = shareLeft(from ? Date.parse(from) : now, end, now);
  const time = clockOf(left);
  const over = left <= 0;
  return (
    <span
      className={css.countdown}
      data-urgent={left < LAST_MS || undefined}
      data-testid="countdown"
      role="img"
      aria-label={over ? t("ring.over") : t("ring.left", { time })}
    >
      <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
        <circle className={css.track} cx="10" cy="10" r={RADIUS} />
        <circle
          className={css.left}
          cx="10"
          cy="10"
          r={RADIUS}
          strokeDasharray={LENGTH}
          strokeDashoffset={LENGTH * (1 - share)}
        />
      </svg>
      <span className={css.time} aria-hidden="true">
        {time}
      </span>
    </span>
  );
}
