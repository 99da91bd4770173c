/** A score at a glance; its words stand beside it, or are read out. */

import type { Score } from "@shared/wire";
import { Star } from "lucide-react";
import { useText } from "../i18n/language";
import css from "./Stars.module.css";
import { isLow, scoreWords } from "./words";

const STARS = [1, 2, 3, 4, 5];

interface Props {
  score: Score;
  size?: number;
}

export function Stars({ score, size = 15 }: Props) {
  const t = useText();
  const words = scoreWords(t, score);
  if (score.scale === "nps") {
    return (
      <span className={css.nps} data-low={isLow(score) || undefined} data-testid="score">
        {words}
      </span>
    );
  }
  return (
    <span className={css.stars} role="img" aria-label={words} data-testid="score">
      {STARS.map((star) => (
        <Star
          key={star}
          size={size}
          aria-hidden="true"
          data-on={star <= score.score || undefined}
        />
      ))}
    </span>
  );
}
