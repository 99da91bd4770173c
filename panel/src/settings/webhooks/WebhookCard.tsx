/** One webhook: where to, what about, whether it is on, and what may be done with it. */

import { Button, Switch } from "@mantine/core";
import { fullMoment } from "@shared/time";
import type { Webhook } from "@shared/wire";
import { ListChecks, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { Link } from "wouter";
import { useLanguage } from "../../i18n/language";
import { useSettingsText } from "../i18n/text";
import { DeleteDialog } from "./DeleteDialog";
import { useSwitching } from "./data";
import { EditDialog } from "./EditDialog";
import css from "./WebhookCard.module.css";
import { eventNames } from "./words";

interface Props {
  webhook: Webhook;
  onDeleted: () => void;
  /** On its own page: without the way there. */
  alone?: boolean;
}

export function WebhookCard({ webhook, onDeleted, alone = false }: Props) {
  const t = useSettingsText();
  const language = useLanguage((state) => state.language);
  const { url, events, enabled, created_at } = webhook;
  return (
    <article className={css.card} data-testid="webhook" data-enabled={enabled}>
      <div className={css.top}>
        <h2 className={css.url}>{url}</h2>
        <OnOff webhook={webhook} />
      </div>
      <ul className={css.events} aria-label={t("webhooks.events")}>
        {eventNames(t, events).map((name) => (
          <li key={name} className={css.event}>
            {name}
          </li>
        ))}
      </ul>
      {!enabled && <p className={css.hint}>{t("webhooks.offHint")}</p>}
      <div className={css.foot}>
        <time className={css.hint} dateTime={created_at}>
          {t("webhooks.created", { when: fullMoment(created_at, language) })}
        </time>
        <Actions webhook={webhook} onDeleted={onDeleted} alone={alone} />
      </div>
    </article>
  );
}

function OnOff({ webhook }: { webhook: Webhook }) {
  const t = useSettingsText();
  const switching = useSwitching(webhook);
  const on = switching.isPending ? switching.variables : webhook.enabled;
  return (
    <div className={css.onOff}>
      <span aria-hidden="true">{t(on ? "webhooks.on" : "webhooks.off")}</span>
      <Switch
        checked={on}
        onChange={({ currentTarget }) => switching.mutate(currentTarget.checked)}
        aria-label={t("webhooks.switch", { url: webhook.url })}
        withThumbIndicator={false}
        size="md"
        data-testid="webhook-switch"
      />
    </div>
  );
}

function Actions({ webhook, onDeleted, alone }: Required<Props>) {
  const t = useSettingsText();
  const [dialog, setDialog] = useState<"edit" | "delete" | null>(null);
  const close = () => setDialog(null);
  const named = (action: string) => t("webhooks.of", { action, url: webhook.url });
  return (
    <div className={css.actions}>
      {!alone && (
        <Button
          component={Link}
          href={`/settings/webhooks/${webhook.inbox_id}/${webhook.id}`}
          variant="default"
          size="xs"
          leftSection={<ListChecks size={15} />}
          aria-label={named(t("webhooks.deliveries"))}
          data-testid="webhook-deliveries"
        >
          {t("webhooks.deliveries")}
        </Button>
      )}
      <Button
        variant="default"
        size="xs"
        leftSection={<Pencil size={14} />}
        onClick={() => setDialog("edit")}
        aria-label={named(t("webhooks.edit"))}
        data-testid="webhook-edit"
      >
        {t("webhooks.edit")}
      </Button>
      <Button
        variant="default"
        size="xs"
        leftSection={<Trash2 size={14} />}
        onClick={() => setDialog("delete")}
        aria-label={named(t("webhooks.delete"))}
        data-testid="webhook-delete"
      >
        {t("webhooks.delete")}
      </Button>
      <EditDialog webhook={webhook} opened={dialog === "edit"} onClose={close} />
      <DeleteDialog
        webhook={webhook}
        opened={dialog === "delete"}
        onClose={close}
        onDeleted={onDeleted}
      />
    </div>
  );
}
