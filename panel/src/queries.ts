/** The query client: what is read once and seldom changes (the directory, the settings; later, reports). */

import { isTransient } from "@shared/api";
import { notifyManager, QueryClient, useQuery } from "@tanstack/react-query";
import { fetchDirectory, fetchTeam } from "./api/panel";

// At once, not a timer later: a form that lets go of what was saved shows it, not what stood there before.
notifyManager.setScheduler(queueMicrotask);

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5 * 60_000,
      retry: (failures, error) => failures < 3 && isTransient(error),
    },
    mutations: { networkMode: "always" },
  },
});

export const directory = { queryKey: ["directory"], queryFn: fetchDirectory };

const TEAM_MS = 5_000;

/** Everybody's presence and load: fresh while it is looked at. */
export const team = {
  queryKey: ["team"],
  queryFn: fetchTeam,
  staleTime: 0,
  refetchInterval: TEAM_MS,
};

/** Names of branches, inboxes and colleagues. */
export function useDirectory() {
  return useQuery(directory).data;
}
