/** Why this operator: a sentence, and everybody who was considered. */

import type { Assignment } from "@shared/wire";
import { useText } from "../i18n/language";
import { Face } from "./Face";
import css from "./Why.module.css";
import { inOrder, whySentence } from "./why";

interface Props {
  assignment: Assignment;
  /** Who handed it over, where that is known. */
  by?: string | undefined;
}

export function Why({ assignment, by }: Props) {
  const t = useText();
  const considered = inOrder(assignment);
  return (
    <div className={css.why}>
      <p>{whySentence(t, assignment, by)}</p>
      {considered.length > 0 && (
        <ul className={css.people}>
          {considered.map(({ id, name, open, standing }) => (
            <li
              key={id}
              data-chosen={id === assignment.operator.id || undefined}
              data-standing={standing}
            >
              <Face id={id} name={name} size={24} />
              <span className={css.name}>{name}</span>
              {standing !== "eligible" && (
                <span className={css.standing}>{t(`standing.${standing}`)}</span>
              )}
              <span className={css.open} title={t("why.openThen", { count: open })}>
                <span aria-hidden="true">{open}</span>
                <span className={css.spoken}>{t("why.openThen", { count: open })}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
