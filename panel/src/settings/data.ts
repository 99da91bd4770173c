/** The company's settings as the screens have them, and what changes them. */

import type { OperatorList, OperatorRecord, Settings } from "@shared/wire";
import { useQuery } from "@tanstack/react-query";
import { directory, queries } from "../queries";
import { useSession } from "../session/store";
import { fetchOperators, fetchSettings } from "./api";

const COMPANY = ["settings"];
const OPERATORS = ["operators"];

/** Branches, rules and inboxes. */
export function useCompany() {
  const enabled = useSignedIn();
  return useQuery({ queryKey: COMPANY, queryFn: fetchSettings, staleTime: 0, enabled });
}

export function useOperators() {
  const enabled = useSignedIn();
  return useQuery({
    queryKey: OPERATORS,
    queryFn: fetchOperators,
    select: ({ operators }) => operators,
    staleTime: 0,
    enabled,
  });
}

/** Asked again as soon as somebody whose session had ended is back. */
export function useSignedIn(): boolean {
  return useSession((state) => state.status === "signed_in");
}

/** What the server has just said of the company. */
export function changeCompany(how: (known: Settings) => Partial<Settings>): void {
  void queries.cancelQueries({ queryKey: COMPANY });
  queries.setQueryData<Settings>(COMPANY, (known) => known && { ...known, ...how(known) });
  renewNames();
}

export function changeOperator(changed: OperatorRecord): void {
  void queries.cancelQueries({ queryKey: OPERATORS });
  queries.setQueryData<OperatorList>(
    OPERATORS,
    (known) => known && { operators: withOne(known.operators, changed) },
  );
  renewNames();
}

/** An answer was lost or refused: what stands there may be another than what is shown. */
export function fetchAgain(): void {
  void queries.invalidateQueries({ queryKey: COMPANY });
  void queries.invalidateQueries({ queryKey: OPERATORS });
}

/** The same list with one of it changed, or one more. */
export function withOne<Each extends { id: string }>(all: readonly Each[], one: Each): Each[] {
  return all.some(({ id }) => id === one.id)
    ? all.map((each) => (each.id === one.id ? one : each))
    : [...all, one];
}

export function without<Each extends { id: string }>(all: readonly Each[], id: string): Each[] {
  return all.filter((each) => each.id !== id);
}

/** The names that the rest of the panel shows. */
function renewNames(): void {
  void queries.invalidateQueries({ queryKey: directory.queryKey });
}
