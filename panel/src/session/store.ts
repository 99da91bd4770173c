/** Who is signed in. */

import type { Operator } from "@shared/wire";
import { create } from "zustand";

/** `starting`: a stored session is being resumed. `expired`: the screen is kept, a dialog asks to sign in again. */
export type SessionStatus = "starting" | "signed_out" | "signed_in" | "expired";

export interface SessionState {
  status: SessionStatus;
  operator: Operator | null;
}

export const useSession = create<SessionState>(() => ({ status: "starting", operator: null }));

export function admit(operator: Operator): void {
  useSession.setState({ status: "signed_in", operator });
}

/** The session ended without the person's will: keep the screen if there is one. */
export function expire(): void {
  useSession.setState(({ operator }) => ({ status: operator ? "expired" : "signed_out" }));
}

export function setOperator(operator: Operator): void {
  useSession.setState({ operator });
}

/** The id that rules about "mine" are asked with. */
export const operatorId = (): string => useSession.getState().operator?.id ?? "";

/** The signed-in operator inside the signed-in screens. */
export function useOperator(): Operator {
  const operator = useSession((state) => state.operator);
  if (!operator) throw new Error("Rendered without a session");
  return operator;
}
