/** The webhooks of an inbox: all of them, another one, and how a receiver checks what comes. */

import { Button, NativeSelect } from "@mantine/core";
import type { InboxEntry, Webhook } from "@shared/wire";
import { useQuery } from "@tanstack/react-query";
import { Inbox, Plus, Webhook as Sign } from "lucide-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { directory } from "../../queries";
import { Empty } from "../Empty";
import { useSettingsText } from "../i18n/text";
import { Loaded } from "../Loaded";
import { PageHead } from "../PageHead";
import { focusHeading } from "../useArrival";
import { AddDialog } from "./AddDialog";
import { useWebhooks } from "./data";
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
  return (
    <>
      <PageHead title={t("webhooks.title")} lead={t("webhooks.lead")} />
      <Loaded query={useQuery(directory)} failed={t("webhooks.loadFailed")}>
        {({ inboxes }) => <Chosen inboxes={inboxes} chosen={inbox} />}
      </Loaded>
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
  const query = useWebhooks(inbox.id);
  const full = query.data !== undefined && query.data.length >= MOST;
  return (
    <>
      <div className={css.head}>
        <InboxChoice inbox={inbox} inboxes={inboxes} />
        <Button
          leftSection={<Plus size={17} />}
          onClick={() => setAdding(true)}
          disabled={!query.data || full}
          data-testid="webhook-add"
        >
          {t("webhooks.add")}
        </Button>
      </div>
      {full && <p className={css.hint}>{t("webhooks.full")}</p>}
      <Loaded query={query} failed={t("webhooks.loadFailed")}>
        {(webhooks) => <List webhooks={webhooks} />}
      </Loaded>
      <Verifying />
      <AddDialog inbox={inbox.id} opened={adding} onClose={() => setAdding(false)} />
    </>
  );
}

function List({ webhooks }: { webhooks: Webhook[] }) {
  const t = useSettingsText();
  if (!webhooks.length) {
    return <Empty Icon={Sign} title={t("webhooks.empty")} hint={t("webhooks.emptyHint")} />;
  }
  return (
    <ul className={css.list}>
      {webhooks.map((webhook) => (
        <li key={webhook.id}>
          <WebhookCard webhook={webhook} onDeleted={focusHeading} />
        </li>
      ))}
    </ul>
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
