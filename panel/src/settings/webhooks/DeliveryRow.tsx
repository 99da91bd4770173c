/** One event on its way to a webhook; opened, all that was tried. */

import { exactMoment, shortMoment } from "@shared/time";
import type { Delivery } from "@shared/wire";
import { CheckCircle2, ChevronDown, CircleX, Clock3 } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useLanguage } from "../../i18n/language";
import { useNow } from "../../i18n/now";
import { useSettingsText } from "../i18n/text";
import { Attempts } from "./Attempts";
import css from "./Deliveries.module.css";
import { outcome } from "./words";

const ICONS = { delivered: CheckCircle2, pending: Clock3, dead: CircleX };

interface Props {
  delivery: Delivery;
}

export function DeliveryRow({ delivery }: Props) {
  return (
    <details className={css.delivery} data-testid="delivery" data-status={delivery.status}>
      <Summary delivery={delivery} />
      <div className={css.body}>
        <Facts delivery={delivery} />
        <Attempts delivery={delivery} />
      </div>
    </details>
  );
}

function Summary({ delivery }: Props) {
  const t = useSettingsText();
  const language = useLanguage((state) => state.language);
  const now = useNow();
  const { status, type, attempts, created_at } = delivery;
  const Icon = ICONS[status];
  const last = attempts.at(-1);
  const state = status === "pending" && last ? "retrying" : status;
  return (
    <summary className={css.summary}>
      <span className={css.status} data-status={status}>
        <Icon size={16} aria-hidden="true" /> {t(`delivery.${state}`)}
      </span>
      <span className={css.what}>
        <span className={css.event}>{t(`event.${type}`)}</span>
        {status !== "delivered" && last && <span className={css.last}>{outcome(t, last)}</span>}
      </span>
      <time className={css.when} dateTime={created_at}>
        {shortMoment(created_at, language, now)}
      </time>
      <ChevronDown size={16} className={css.chevron} aria-hidden="true" />
    </summary>
  );
}

function Facts({ delivery }: Props) {
  const t = useSettingsText();
  const language = useLanguage((state) => state.language);
  const { conversation_id, seq, event_id, type, created_at, next_attempt_at } = delivery;
  return (
    <dl className={css.facts}>
      <Fact name={t("webhooks.event")}>
        <code className={css.code}>{type}</code>
      </Fact>
      <Fact name={t("delivery.created")}>{exactMoment(created_at, language)}</Fact>
      <Fact name={t("delivery.conversation")}>
        <code className={css.code}>{conversation_id}</code>{" "}
        <Link href={`/conversations/${conversation_id}`} className={css.link}>
          {t("delivery.open")}
        </Link>
      </Fact>
      <Fact name={t("delivery.seq")}>{seq}</Fact>
      <Fact name={t("delivery.id")}>
        <code className={css.code}>{event_id}</code>
      </Fact>
      {next_attempt_at && (
        <Fact name={t("delivery.next")}>{exactMoment(next_attempt_at, language)}</Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={css.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
