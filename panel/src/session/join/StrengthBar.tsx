/** How good a password is, in three steps; the words beside it say the same. */

import css from "./Join.module.css";
import { type Strength, strengthOf } from "./strength";

const STEPS: Record<Strength, number> = { none: 0, short: 1, fine: 2, strong: 3 };

export function StrengthBar({ password }: { password: string }) {
  const reached = STEPS[strengthOf(password)];
  return (
    <span className={css.strength} aria-hidden="true">
      {[1, 2, 3].map((step) => (
        <span key={step} className={`${css.step} ${step <= reached ? css.reached : ""}`} />
      ))}
    </span>
  );
}
