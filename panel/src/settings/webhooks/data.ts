/** Webhooks and their deliveries as the screen has them, and what changes them. */

import type { Webhook, WebhookList } from "@shared/wire";
import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { errorText } from "../../i18n/errors";
import { text } from "../../i18n/language";
import { notify } from "../../parts/notify";
import { queries } from "../../queries";
import { useSession } from "../../session/store";
import {
  deleteWebhook,
  fetchDeliveries,
  fetchWebhooks,
  patchWebhook,
  postWebhook,
  type WebhookFacts,
} from "./api";

const WATCH_MS = 5_000;

const listKey = (inbox: string) => ["webhooks", inbox];

export function useWebhooks(inbox: string) {
  const enabled = useSignedIn();
  return useQuery({
    queryKey: listKey(inbox),
    queryFn: () => fetchWebhooks(inbox),
    select: ({ webhooks }) => webhooks,
    staleTime: 0,
    enabled,
  });
}

/** The newest are watched while they are all that is shown; who has paged back reads in peace. */
export function useDeliveries(webhook: Webhook) {
  const enabled = useSignedIn();
  return useInfiniteQuery({
    queryKey: ["deliveries", webhook.inbox_id, webhook.id],
    queryFn: ({ pageParam }) => fetchDeliveries(webhook, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) => (state.data?.pages.length === 1 ? WATCH_MS : false),
    staleTime: 0,
    enabled,
  });
}

/** The answer was lost → the list tells whether the webhook is there. */
export function useAdding(inbox: string) {
  return useMutation({
    mutationFn: (facts: WebhookFacts) => postWebhook(inbox, facts),
    gcTime: 0, // the secret does not outlive its dialog
    onSuccess: ({ webhook }) => change(inbox, (all) => [...all, webhook]),
    onError: () => fetchAgain(inbox),
  });
}

export function useChanging(webhook: Webhook) {
  return useMutation({
    mutationFn: (facts: WebhookFacts) => patchWebhook(webhook, facts),
    onSuccess: (answer) => replace(answer.webhook),
  });
}

/** The switch moves at once, and back when the server refuses. */
export function useSwitching(webhook: Webhook) {
  return useMutation({
    mutationFn: (enabled: boolean) => patchWebhook(webhook, { enabled }),
    onSuccess: (answer) => replace(answer.webhook),
    onError: (error) => {
      notify(errorText(text(), error));
      return fetchAgain(webhook.inbox_id);
    },
  });
}

export function useDeleting(webhook: Webhook) {
  const { inbox_id, id } = webhook;
  return useMutation({
    mutationFn: () => deleteWebhook(webhook),
    onSuccess: () => change(inbox_id, (all) => all.filter((each) => each.id !== id)),
    onError: () => fetchAgain(inbox_id),
  });
}

/** Asked again as soon as somebody whose session had ended is back. */
function useSignedIn(): boolean {
  return useSession((state) => state.status === "signed_in");
}

function replace(changed: Webhook): void {
  change(changed.inbox_id, (all) => all.map((each) => (each.id === changed.id ? changed : each)));
}

function change(inbox: string, how: (all: Webhook[]) => Webhook[]): void {
  const queryKey = listKey(inbox);
  void queries.cancelQueries({ queryKey });
  queries.setQueryData<WebhookList>(
    queryKey,
    (known) => known && { webhooks: how(known.webhooks) },
  );
}

function fetchAgain(inbox: string): Promise<void> {
  return queries.invalidateQueries({ queryKey: listKey(inbox) });
}
