/** The webhooks of an inbox: all of them, another one, and how a receiver checks what comes. */

import { Button, NativeSelect } from "@mantine/core";
import type { InboxEntry } from "@shared/wire";
import { useQuery } from "@tanstack/react-query";
import { Inbox, Plus, Webhook as Sign } from "lucide-react";
import { useRef, useState } from "react";
import { useLocation } from "wouter";
import { Failure } from "../../parts/Failure";
import { directory } from "../../queries";
import { Empty } from "../Empty";
import { useSettingsText } from "../i18n/text";
import { useArrival } from "../useArrival";
import { AddDialog } from "./AddDialog";
import { useWebhooks } from "./data";
import { Rows } from "./Rows";
import { Verifying } from "./Verifying";
import { WebhookCard } from "./WebhookCard";
import css from "./WebhooksPage.module.css";

/** As many as an inbox may have; the server holds to it. */
const MOST = 10;

interface Props {
  /** From the URL; null: the first one. */
  inbox: string | null;
}

export function WebhooksPage({ inbox }: Props) {
  const t = useSettingsText();
  const heading = useArrival();
  const { data, error, refetch } = useQuery(directory);
  return (
    <>
      <h1 className={css.title} ref={heading} tabIndex={-1}>
        {t("settings.title")}
      </h1>
      <section className={css.section} aria-label={t("webhooks.title")}>
        {data ? (
          <Chosen inboxes={data.inboxes} chosen={inbox} />
        ) : error ? (
          <Failure title={t("webhooks.loadFailed")} error={error} onRetry={() => void refetch()} />
        ) : (
          <Rows />
        )}
      </section>
    </>
  );
}

function Chosen({ inboxes, chosen }: { inboxes: InboxEntry[]; chosen: string | null }) {
  const t = useSettingsText();
  const inbox = inboxes.find(({ id }) => id === chosen) ?? inboxes[0];
  if (!inbox) {
    return (
      <Empty Icon={Inbox} title={t("webhooks.noInboxes")} hint={t("webhooks.noInboxesHint")} />
    );
  }
  return <OfInbox key={inbox.id} inbox={inbox} inboxes={inboxes} />;
}

function OfInbox({ inbox, inboxes }: { inbox: InboxEntry; inboxes: InboxEntry[] }) {
  const t = useSettingsText();
  const [adding, setAdding] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const { data: webhooks, error, refetch } = useWebhooks(inbox.id);
  const full = webhooks !== undefined && webhooks.length >= MOST;
  return (
    <>
      <div className={css.head}>
        <h2 className={css.heading} ref={heading} tabIndex={-1}>
          {t("webhooks.title")}
        </h2>
        <Button
          leftSection={<Plus size={17} />}
          onClick={() => setAdding(true)}
          disabled={!webhooks || full}
          data-testid="webhook-add"
        >
          {t("webhooks.add")}
        </Button>
      </div>
      <p className={css.lead}>{t("webhooks.lead")}</p>
      <InboxChoice inbox={inbox} inboxes={inboxes} />
      {full && <p className={css.lead}>{t("webhooks.full")}</p>}
      {webhooks ? (
        webhooks.length ? (
          <ul className={css.list}>
            {webhooks.map((webhook) => (
              <li key={webhook.id}>
                <WebhookCard webhook={webhook} onDeleted={() => heading.current?.focus()} />
              </li>
            ))}
          </ul>
        ) : (
          <Empty Icon={Sign} title={t("webhooks.empty")} hint={t("webhooks.emptyHint")} />
        )
      ) : error ? (
        <Failure title={t("webhooks.loadFailed")} error={error} onRetry={() => void refetch()} />
      ) : (
        <Rows />
      )}
      <Verifying />
      <AddDialog inbox={inbox.id} opened={adding} onClose={() => setAdding(false)} />
    </>
  );
}

function InboxChoice({ inbox, inboxes }: { inbox: InboxEntry; inboxes: InboxEntry[] }) {
  const t = useSettingsText();
  const [, navigate] = useLocation();
  if (inboxes.length < 2) return null;
  return (
    <NativeSelect
      className={css.choice ?? ""}
      label={t("webhooks.inbox")}
      value={inbox.id}
      data={inboxes.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={({ currentTarget }) => navigate(`/settings/webhooks/${currentTarget.value}`)}
      data-testid="webhook-inbox"
    />
  );
}
