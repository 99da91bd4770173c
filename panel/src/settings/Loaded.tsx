/** What a query brought; until then its shape, or why there is nothing. */

import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failure } from "../parts/Failure";
import { CardsSkeleton } from "./CardsSkeleton";

interface Props<Data> {
  query: UseQueryResult<Data>;
  /** What is said when it failed. */
  failed: string;
  children: (data: Data) => ReactNode;
}

export function Loaded<Data>({ query, failed, children }: Props<Data>) {
  const { data, error, refetch } = query;
  if (data !== undefined) return children(data);
  if (!error) return <CardsSkeleton />;
  return <Failure title={failed} error={error} onRetry={() => void refetch()} />;
}
