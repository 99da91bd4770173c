/** What changes operators. */

import type { OperatorChange, OperatorRecord, OperatorRequest } from "@shared/wire";
import { deletePhoto, patchOperator, postInvitation, postOperator, postPhoto } from "../api";
import { changeOperator, fetchAgain } from "../data";

export type State = "active" | "invited" | "inactive";

export function stateOf({ active, invited }: OperatorRecord): State {
  if (!active) return "inactive";
  return invited ? "invited" : "active";
}

/** The link is in this answer only. */
export async function addOperator(facts: OperatorRequest) {
  try {
    const added = await postOperator(facts);
    changeOperator(added.operator);
    return added;
  } catch (error) {
    fetchAgain();
    throw error;
  }
}

export async function changeFacts(id: string, changes: OperatorChange): Promise<void> {
  try {
    const { operator } = await patchOperator(id, changes);
    changeOperator(operator);
  } catch (error) {
    fetchAgain();
    throw error;
  }
}

/** A square picture in base64; null takes away the one there is. */
export async function showPhoto(id: string, image: string | null): Promise<void> {
  const { operator } = await (image === null ? deletePhoto(id) : postPhoto(id, { image }));
  changeOperator(operator);
}

export async function newLink(id: string): Promise<string> {
  const { invitation_url } = await postInvitation(id);
  return invitation_url;
}

/** Whose name or address contains what is typed, in one branch (null: the whole company's) or in all. */
export function found(
  all: readonly OperatorRecord[],
  typed: string,
  branch: string | null | undefined,
): OperatorRecord[] {
  const wanted = typed.trim().toLowerCase();
  return all.filter(
    ({ name, email, branch_id }) =>
      (branch === undefined || branch_id === branch) &&
      `${name} ${email}`.toLowerCase().includes(wanted),
  );
}
