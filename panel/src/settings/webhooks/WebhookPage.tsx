/** One webhook with its deliveries. */

import { ArrowLeft, Webhook as Sign } from "lucide-react";
import { Link, useLocation } from "wouter";
import { Failure } from "../../parts/Failure";
import { Empty } from "../Empty";
import { useSettingsText } from "../i18n/text";
import { useArrival } from "../useArrival";
import { Deliveries } from "./Deliveries";
import { useWebhooks } from "./data";
import { Rows } from "./Rows";
import { WebhookCard } from "./WebhookCard";
import css from "./WebhookPage.module.css";

interface Props {
  inbox: string;
  id: string;
}

export function WebhookPage({ inbox, id }: Props) {
  const t = useSettingsText();
  const heading = useArrival();
  const back = `/settings/webhooks/${inbox}`;
  return (
    <>
      <div>
        <Link href={back} className={css.back} data-testid="webhooks-back">
          <ArrowLeft size={17} aria-hidden="true" /> {t("webhooks.back")}
        </Link>
        <h1 className={css.title} ref={heading} tabIndex={-1}>
          {t("webhook.title")}
        </h1>
      </div>
      <Found inbox={inbox} id={id} back={back} />
    </>
  );
}

function Found({ inbox, id, back }: Props & { back: string }) {
  const t = useSettingsText();
  const [, navigate] = useLocation();
  const { data, error, refetch } = useWebhooks(inbox);
  const webhook = data?.find((each) => each.id === id);
  if (webhook) {
    return (
      <>
        <WebhookCard webhook={webhook} onDeleted={() => navigate(back, { replace: true })} alone />
        <Deliveries webhook={webhook} />
      </>
    );
  }
  if (data) return <Empty Icon={Sign} title={t("webhooks.gone")} hint={t("webhooks.goneHint")} />;
  if (!error) return <Rows />;
  return <Failure title={t("webhooks.loadFailed")} error={error} onRetry={() => void refetch()} />;
}
