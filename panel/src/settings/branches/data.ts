/** What changes branches. */

import type { BranchRequest, BranchSettings, Settings } from "@shared/wire";
import { deleteBranch, patchBranch, postBranch, postDefaultBranch } from "../api";
import { changeCompany, fetchAgain, withOne, without } from "../data";

/** `id` null adds it; the first branch is the default one. */
export async function saveBranch(id: string | null, facts: BranchRequest): Promise<BranchSettings> {
  try {
    const { branch } = await (id ? patchBranch(id, facts) : postBranch(facts));
    changeCompany(({ branches, default_branch_id }) => ({
      branches: withOne(branches, branch),
      default_branch_id: default_branch_id || branch.id,
    }));
    return branch;
  } catch (error) {
    fetchAgain();
    throw error;
  }
}

export async function removeBranch(id: string): Promise<void> {
  try {
    await deleteBranch(id);
    changeCompany(({ branches }) => ({ branches: without(branches, id) }));
  } catch (error) {
    fetchAgain();
    throw error;
  }
}

export async function chooseDefault(id: string): Promise<void> {
  try {
    await postDefaultBranch(id);
    changeCompany(() => ({ default_branch_id: id }));
  } catch (error) {
    fetchAgain();
    throw error;
  }
}

/** The branches in the order of their names. */
export function branchesOf({ branches }: Settings): BranchSettings[] {
  return [...branches].sort((one, other) => one.name.localeCompare(other.name));
}

export function branchName({ branches }: Settings, id: string | null): string | null {
  return branches.find((each) => each.id === id)?.name ?? null;
}
