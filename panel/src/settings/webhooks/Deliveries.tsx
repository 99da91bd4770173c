/** What was sent to a webhook, the newest first. */

import { Button, Skeleton } from "@mantine/core";
import type { Webhook } from "@shared/wire";
import { RotateCw, Send } from "lucide-react";
import { Failure } from "../../parts/Failure";
import { Empty } from "../Empty";
import { useSettingsText } from "../i18n/text";
import css from "./Deliveries.module.css";
import { DeliveryRow } from "./DeliveryRow";
import { useDeliveries } from "./data";

type Query = ReturnType<typeof useDeliveries>;

export function Deliveries({ webhook }: { webhook: Webhook }) {
  const t = useSettingsText();
  const query = useDeliveries(webhook);
  return (
    <section className={css.section} aria-label={t("deliveries.title")}>
      <div className={css.head}>
        <h2 className={css.heading}>{t("deliveries.title")}</h2>
        <Button
          variant="default"
          size="xs"
          leftSection={<RotateCw size={14} />}
          onClick={() => void query.refetch()}
          data-testid="deliveries-refresh"
        >
          {t("deliveries.refresh")}
        </Button>
      </div>
      <p className={css.lead}>{t("deliveries.lead")}</p>
      <List query={query} />
    </section>
  );
}

function List({ query }: { query: Query }) {
  const t = useSettingsText();
  const { data, error, refetch } = query;
  const items = data?.pages.flatMap((page) => page.items);
  if (items?.length) {
    return (
      <>
        <ul className={css.list} data-testid="deliveries">
          {items.map((delivery) => (
            <li key={delivery.event_id}>
              <DeliveryRow delivery={delivery} />
            </li>
          ))}
        </ul>
        <More query={query} />
      </>
    );
  }
  if (items) {
    return <Empty Icon={Send} title={t("deliveries.empty")} hint={t("deliveries.emptyHint")} />;
  }
  if (!error) return <Skeleton height={180} radius={14} />;
  return (
    <Failure title={t("deliveries.loadFailed")} error={error} onRetry={() => void refetch()} />
  );
}

function More({ query }: { query: Query }) {
  const t = useSettingsText();
  const { hasNextPage, isFetchNextPageError, isFetchingNextPage, error, fetchNextPage } = query;
  const more = () => void fetchNextPage();
  if (isFetchNextPageError) {
    return <Failure title={t("deliveries.loadFailed")} error={error} onRetry={more} />;
  }
  if (!hasNextPage) return null;
  return (
    <Button
      variant="default"
      className={css.more ?? ""}
      loading={isFetchingNextPage}
      onClick={more}
      data-testid="deliveries-more"
    >
      {t("deliveries.more")}
    </Button>
  );
}
