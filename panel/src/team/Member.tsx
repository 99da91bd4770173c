/** One colleague: presence, and how much of what they can have they have. */

import { Face } from "../parts/Face";
import { PresenceDot } from "../parts/PresenceDot";
import { being, type Person } from "./crew";
import { useTeamText } from "./i18n";
import css from "./Member.module.css";

interface Props {
  member: Person;
  /** Instead of the presence. */
  words?: string | undefined;
}

export function Member({ member, words }: Props) {
  const t = useTeamText();
  const { id, name, presence, open, capacity } = member;
  const how = being(member);
  const dot = how === "disconnected" || how === "invited" ? "offline" : presence;
  return (
    <span className={css.member} data-being={how} data-testid="team-member" data-operator={id}>
      <span className={css.face}>
        <Face id={id} name={name} size={34} />
        <PresenceDot presence={dot} className={css.dot} />
      </span>
      <span className={css.words}>
        <span className={css.name}>{name}</span>
        <span className={css.how}>{words ?? t(how)}</span>
      </span>
      <Load open={open} capacity={capacity} />
    </span>
  );
}

function Load({ open, capacity }: { open: number; capacity: number }) {
  const t = useTeamText();
  const share = capacity ? Math.min(1, open / capacity) : 1;
  return (
    <span
      className={css.load}
      role="img"
      aria-label={t("load", { open, capacity })}
      title={t("load", { open, capacity })}
    >
      <span className={css.bar} data-full={open >= capacity || undefined}>
        <span style={{ width: `${share * 100}%` }} />
      </span>
      <span className={css.figures}>
        {open}/{capacity}
      </span>
    </span>
  );
}
