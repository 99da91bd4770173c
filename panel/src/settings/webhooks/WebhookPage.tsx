/** One webhook with its deliveries. */

import { Webhook as Sign } from "lucide-react";
import { useLocation } from "wouter";
import { Empty } from "../Empty";
import { useSettingsText } from "../i18n/text";
import { Loaded } from "../Loaded";
import { PageHead } from "../PageHead";
import { Deliveries } from "./Deliveries";
import { useWebhooks } from "./data";
import { WebhookCard } from "./WebhookCard";

interface Props {
  inbox: string;
  id: string;
}

export function WebhookPage({ inbox, id }: Props) {
  const t = useSettingsText();
  const back = `/settings/webhooks/${inbox}`;
  return (
    <>
      <PageHead title={t("webhook.title")} back={{ href: back, text: t("webhooks.back") }} />
      <Found inbox={inbox} id={id} back={back} />
    </>
  );
}

function Found({ inbox, id, back }: Props & { back: string }) {
  const t = useSettingsText();
  const [, navigate] = useLocation();
  return (
    <Loaded query={useWebhooks(inbox)} failed={t("webhooks.loadFailed")}>
      {(webhooks) => {
        const webhook = webhooks.find((each) => each.id === id);
        if (!webhook) {
          return <Empty Icon={Sign} title={t("webhooks.gone")} hint={t("webhooks.goneHint")} />;
        }
        return (
          <>
            <WebhookCard
              webhook={webhook}
              onDeleted={() => navigate(back, { replace: true })}
              alone
            />
            <Deliveries webhook={webhook} />
          </>
        );
      }}
    </Loaded>
  );
}
