/** Who is signed in. The access token lives here, in memory only; the refresh token lives in `storage`. */

import type { Operator, Session } from "@shared/wire";
import { create } from "zustand";

/** `starting`: a stored session is being resumed. `expired`: the screen is kept, a dialog asks to sign in again. */
export type SessionStatus = "starting" | "signed_out" | "signed_in" | "expired";

export interface SessionState {
  status: SessionStatus;
  operator: Operator | null;
  accessToken: string | null;
}

export const useSession = create<SessionState>(() => ({
  status: "starting",
  operator: null,
  accessToken: null,
}));

export function admit({ access_token, operator }: Pick<Session, "access_token" | "operator">) {
  useSession.setState({ status: "signed_in", accessToken: access_token, operator });
}

/** The session ended without the person's will: keep the screen if there is one. */
export function expire(): void {
  useSession.setState((state) => ({
    status: state.operator ? "expired" : "signed_out",
    accessToken: null,
  }));
}

export function setOperator(operator: Operator): void {
  useSession.setState({ operator });
}

/** The signed-in operator inside the signed-in screens. */
export function useOperator(): Operator {
  const operator = useSession((state) => state.operator);
  if (!operator) throw new Error("Rendered without a session");
  return operator;
}
