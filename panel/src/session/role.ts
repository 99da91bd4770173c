/** What the signed-in operator is here for. */

import { useSession } from "./store";

/** Supervisors and admins watch over everybody's conversations. */
export function oversees(): boolean {
  const role = useSession.getState().operator?.role;
  return role === "supervisor" || role === "admin";
}

export const useOversees = (): boolean =>
  useSession(({ operator }) => operator !== null && operator.role !== "operator");
