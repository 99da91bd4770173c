/** The routes of webhooks, one function each. */

import type {
  DeliveryList,
  Nothing,
  Webhook,
  WebhookAnswer,
  WebhookCreated,
  WebhookList,
} from "@shared/wire";
import { call } from "../../session/call";

/** What a person fills in. */
export type WebhookFacts = Pick<Webhook, "url" | "events">;

export type EventType = Webhook["events"][number];

const of = (inbox: string) => `/inboxes/${encodeURIComponent(inbox)}/webhooks`;

const one = ({ inbox_id, id }: Pick<Webhook, "inbox_id" | "id">) =>
  `${of(inbox_id)}/${encodeURIComponent(id)}`;

export const fetchWebhooks = (inbox: string) => call<WebhookList>(of(inbox));

export const postWebhook = (inbox: string, facts: WebhookFacts) =>
  call<WebhookCreated>(of(inbox), { body: facts });

export const patchWebhook = (
  webhook: Webhook,
  changes: Partial<WebhookFacts & Pick<Webhook, "enabled">>,
) => call<WebhookAnswer>(one(webhook), { method: "PATCH", body: changes });

export const deleteWebhook = (webhook: Webhook) =>
  call<Nothing>(one(webhook), { method: "DELETE" });

export function fetchDeliveries(webhook: Webhook, next: string | null): Promise<DeliveryList> {
  const query = next ? `?${new URLSearchParams({ next })}` : "";
  return call(`${one(webhook)}/deliveries${query}`);
}
