/** The query client: what is read once and seldom changes (the directory, the settings; later, reports). */

import { isTransient } from "@shared/api";
import { QueryClient, useQuery } from "@tanstack/react-query";
import { fetchDirectory } from "./api/panel";

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

/** Names of branches, inboxes and colleagues. */
export function useDirectory() {
  return useQuery(directory).data;
}
