/** A part of a form or page under a heading of its own. */

import { type ReactNode, useId } from "react";
import css from "./Section.module.css";

interface Props {
  title: string;
  hint?: string;
  children: ReactNode;
}

export function Section({ title, hint, children }: Props) {
  const id = useId();
  return (
    <section className={css.section} aria-labelledby={id}>
      <div>
        <h2 className={css.title} id={id}>
          {title}
        </h2>
        {hint && <p className={css.hint}>{hint}</p>}
      </div>
      {children}
    </section>
  );
}
